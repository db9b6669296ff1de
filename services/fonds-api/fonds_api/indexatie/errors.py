from gemeengoed_kit.errors import Conflict, NotFound


class IndexreeksNietGevonden(NotFound):
    type, title = "indexreeks-niet-gevonden", "Indexreeks niet gevonden"
    meaning = "Er is geen indexreeks met deze code."
    remedy = "Zoek de reeksen op met `GET /v1/indexreeksen`."


class OnbekendeIndexreeks(Conflict):
    type, title = "onbekende-indexreeks", "Onbekende indexreeks"
    meaning = "De aanvraag noemt een indexreeks die er niet is."
    remedy = "Leg de reeks eerst vast met `POST /v1/indexreeksen`."


class CodeVergeven(Conflict):
    type, title = "code-vergeven", "Code vergeven"
    meaning = "Deze code heeft al een andere inhoud; wat is vastgelegd, verandert niet."
    remedy = "Kies een andere code."


class IndexcijferNietGevonden(NotFound):
    type, title = "indexcijfer-niet-gevonden", "Indexcijfer niet gevonden"
    meaning = "Er is geen indexcijfer met deze identificatie."
    remedy = "Zoek het op met `GET /v1/indexcijfers`."


class IndexcijferPastNiet(Conflict):
    type, title = "indexcijfer-past-niet", "Indexcijfer past niet"
    meaning = "Een niveau is meer dan nul, en na een definitief cijfer komt geen raming of voorlopig cijfer."
    remedy = "Leg een beter cijfer vast als volgende versie, met een stand die niet lager is."


class IndexclausuleNietGevonden(NotFound):
    type, title = "indexclausule-niet-gevonden", "Indexclausule niet gevonden"
    meaning = "Er is geen indexclausule met deze code."
    remedy = "Zoek de clausules op met `GET /v1/indexclausules`."


class OnbekendeIndexclausule(Conflict):
    type, title = "onbekende-indexclausule", "Onbekende indexclausule"
    meaning = "De aanvraag noemt een indexclausule die er niet is."
    remedy = "Zoek de clausules op met `GET /v1/indexclausules`."


class ClausuleTegenstrijdig(Conflict):
    type, title = "clausule-tegenstrijdig", "Clausule tegenstrijdig"
    meaning = "De delen van de clausule kunnen niet samengaan, zodat er geen percentage uit volgt."
    remedy = "Verbeter wat `invalidParams` noemt."


class IndexatieNietGevonden(NotFound):
    type, title = "indexatie-niet-gevonden", "Indexatie niet gevonden"
    meaning = "Er is geen indexatie met deze identificatie."
    remedy = "Zoek haar op met `GET /v1/indexaties`."


class OnbekendeIndexatie(Conflict):
    type, title = "onbekende-indexatie", "Onbekende indexatie"
    meaning = "De aanvraag noemt een indexatie die er niet is."
    remedy = "Zoek haar op met `GET /v1/indexaties`."


class IndexcijfersOntbreken(Conflict):
    type, title = "indexcijfers-ontbreken", "Indexcijfers ontbreken"
    meaning = "De clausule rekent met cijfers die niet zijn vastgelegd; `ontbreekt` noemt ze."
    remedy = "Leg ze vast met `POST /v1/indexcijfers`, met hun publicatie."


class TeLaatAangekondigd(Conflict):
    type, title = "te-laat-aangekondigd", "Te laat aangekondigd"
    meaning = "De clausule vraagt een eerdere aankondiging; dit jaar wordt niet meer geïndexeerd."
    remedy = "Kijk in `uiterlijk` wat de laatste dag was."


class IndexatieAchterhaald(Conflict):
    type, title = "indexatie-achterhaald", "Indexatie achterhaald"
    meaning = "Een later jaar is al geïndexeerd; een verschil wordt daarna verrekend."
    remedy = "Laat nieuwe cijfers meetellen in het eerstvolgende jaar, als de clausule nacalculeert."


class ToepassingNietGevonden(NotFound):
    type, title = "indexatietoepassing-niet-gevonden", "Toepassing niet gevonden"
    meaning = "Er is geen toepassing met deze identificatie."
    remedy = "Zoek haar op met `GET /v1/indexatietoepassingen`."


class KetenSluitNietAan(Conflict):
    type, title = "keten-sluit-niet-aan", "Keten sluit niet aan"
    meaning = "Een bedrag gaat elk jaar verder met de uitkomst van het jaar ervoor; later is er niets meer tussen te voegen."
    remedy = "Laat `oud` weg of geef `verwacht`; kijk in de laatste toepassing op hetzelfde onderwerp."


class UitkomstOnmogelijk(Conflict):
    type, title = "uitkomst-onmogelijk", "Uitkomst onmogelijk"
    meaning = "Een percentage ligt boven -100 en ten hoogste op 1000, en een bedrag is minder dan tien biljoen euro."
    remedy = "Controleer de cijfers; zij staan in `detail`."
