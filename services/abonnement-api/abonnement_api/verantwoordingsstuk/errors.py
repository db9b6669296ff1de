from gemeengoed_kit.errors import Conflict, Forbidden, NotFound, Refusal


class VerantwoordingsdocumentNietGevonden(NotFound):
    type, title = "verantwoordingsdocument-niet-gevonden", "Document niet gevonden"
    meaning = "Er is geen document met deze identificatie, of het is niet voor u."
    remedy = "Stuur het eerst in met `POST /v1/aanbieders/{code}/verantwoordingsdocumenten`."


class VerantwoordingsstukNietGevonden(NotFound):
    type, title = "verantwoordingsstuk-niet-gevonden", "Verantwoordingsstuk niet gevonden"
    meaning = "Er is geen verantwoordingsstuk met deze identificatie, of het is (nog) niet voor u."
    remedy = "Zoek het op met `GET /v1/verantwoordingsstukken`."


class VerantwoordendeAanbiederNietGevonden(NotFound):
    type, title = "verantwoordende-aanbieder-niet-gevonden", "Aanbieder niet gevonden"
    meaning = "Er is geen aanbieder met deze code."
    remedy = "Zoek hem op met `GET /v1/aanbieders`."


class AndereAanbieder(Forbidden):
    type, title = "andere-aanbieder", "Dit is een andere aanbieder"
    meaning = "Een aanbieder dient alleen eigen stukken in, en beantwoordt alleen eigen verzoeken."
    remedy = "Noem de aanbieder van uw contract, of vraag de administratie het namens u te doen."


class GeenPdf(Refusal):
    status, type, title = 400, "geen-pdf", "Geen leesbare pdf"
    meaning = "Het bestand is leeg, begint of eindigt niet zoals een pdf, of is versleuteld."
    remedy = "Bewaar het document opnieuw als pdf, bij voorkeur pdf/a, zonder wachtwoord."


class OnbekendDocument(Conflict):
    type, title = "onbekend-verantwoordingsdocument", "Onbekend document"
    meaning = "De indiening noemt een document dat deze aanbieder niet heeft ingestuurd."
    remedy = "Stuur het eerst in met `POST /v1/aanbieders/{code}/verantwoordingsdocumenten`."


class OnbekendeAanbieder(Conflict):
    type, title = "onbekende-aanbieder", "Onbekende aanbieder"
    meaning = "De aanvraag noemt een aanbieder die er niet is."
    remedy = "Zoek de code op met `GET /v1/aanbieders`."


class BedragenKloppenNiet(Conflict):
    type, title = "bedragen-kloppen-niet", "Bedragen kloppen niet"
    meaning = "Er is geen bedrag, een dienst staat er twee keer in, of is niet van deze aanbieder; `invalidParams` noemt alles."
    remedy = "Geef een bedrag voor eigen diensten; zie `GET /v1/aanbieders`."


class AlBesloten(Conflict):
    type, title = "al-besloten", "Hierover is al besloten"
    meaning = "Over dit stuk is al besloten; een besluit wijzigt niet."
    remedy = "De aanbieder dient een nieuwe versie in; neem daarover een besluit."


class NieuwereVersie(Conflict):
    type, title = "nieuwere-versie", "Er is een nieuwere versie"
    meaning = "De aanbieder heeft na dit stuk een nieuwe versie ingediend; alleen over de laatste wordt besloten."
    remedy = "Lees de laatste versie en neem daarover een besluit."


class OnmogelijkeBesluitdatum(Conflict):
    type, title = "onmogelijke-besluitdatum", "Onmogelijke datum van het besluit"
    meaning = "Het besluit is genomen vóór de indiening, of ligt in de toekomst."
    remedy = "Geef de dag waarop de commissie besloot."


class RedenOntbreekt(Conflict):
    type, title = "reden-ontbreekt", "Reden ontbreekt"
    meaning = "Wie een stuk terugstuurt, zegt waarom."
    remedy = "Geef `reden`."
