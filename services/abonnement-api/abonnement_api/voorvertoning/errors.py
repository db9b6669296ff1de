from gemeengoed_kit.errors import Conflict, NotFound


class VoorvertoningNietGevonden(NotFound):
    type, title = "voorvertoning-niet-gevonden", "Voorvertoning niet gevonden"
    meaning = "Er is geen voorvertoning met deze identificatie."
    remedy = "Zoek haar op met `GET /v1/voorvertoningen`."


class OnbekendeVoorvertoning(Conflict):
    type, title = "onbekende-voorvertoning", "Onbekende voorvertoning"
    meaning = "Er is geen voorvertoning van dit jaar met deze identificatie, of zij is niet berekend."
    remedy = "Noem een voorvertoning van dit jaar met status `berekend`, of laat haar weg."


class GeenAbonnementen(Conflict):
    type, title = "geen-abonnementen", "Niemand heeft een abonnement"
    meaning = "In dit jaar heeft geen gemeente een abonnement."
    remedy = "Meld gemeenten eerst aan met `POST /v1/collectieve-aanmeldingen`."


class GemeenteOnbekendOfLeeg(Conflict):
    type, title = "gemeente-zonder-inwoners", "Gemeente onbekend of zonder inwoners"
    meaning = "De catalogus kent van gemeenten met een abonnement geen inwoners op de peildatum."
    remedy = "Laat de catalogus aanvullen en vraag het opnieuw aan."


class PakketZonderTarief(Conflict):
    type, title = "pakket-zonder-tarief", "Pakket zonder tarief"
    meaning = "Het tariefbesluit heeft geen tarief voor het pakket van een abonnement."
    remedy = "Leg een besluit vast met alle pakketten en vraag het opnieuw aan."
