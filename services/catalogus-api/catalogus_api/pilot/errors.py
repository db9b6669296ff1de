from gemeengoed_kit.errors import Conflict, NotFound


class PilotNietGevonden(NotFound):
    type, title = "pilot-niet-gevonden", "Pilot niet gevonden"
    meaning = "Er is geen pilot met deze identificatie."
    remedy = "Zoek hem op met `GET /v1/pilots`."


class PilotKanNiet(Conflict):
    type, title = "pilot-kan-niet", "Pilot kan zo niet"
    meaning = "Zoals de pilot zou worden, is hij in strijd met een regel."
    remedy = "Verbeter wat `invalidParams` noemt; een pilot die voorbij is, verandert niet meer."


class VoorzieningNietOpenbaar(Conflict):
    type, title = "voorziening-niet-openbaar", "Voorziening niet openbaar"
    meaning = "Er is geen gepubliceerde voorziening met deze code."
    remedy = "Zoek de code op met `GET /v1/voorzieningen`, of publiceer eerst de voorziening."


class DeelnameKanNiet(Conflict):
    type, title = "deelname-kan-niet", "Deelname kan niet"
    meaning = "Meedoen en stoppen kan zolang een pilot gepland is of loopt; wie stopt, moet meedoen."
    remedy = "Bekijk de status van de pilot met `GET /v1/pilots/{id}`, en wie meedoet met `GET /v1/pilots/{id}/deelnemers`."
