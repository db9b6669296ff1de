from gemeengoed_kit.errors import Conflict, NotFound


class VoorzieningNietGevonden(NotFound):
    type, title = "voorziening-niet-gevonden", "Voorziening niet gevonden"
    meaning = "Er is geen voorziening met deze code, of op de gevraagde dag nog niet."
    remedy = "Zoek de code op met `GET /v1/voorzieningen`."


class VoorzieningBestaatAl(Conflict):
    type, title = "voorziening-bestaat-al", "Voorziening bestaat al"
    meaning = "Er is al een voorziening met deze code, of de code is een woord van de API zelf."
    remedy = "Wijzig de bestaande voorziening met PATCH, of kies een andere code."


class VoorzieningKloptNiet(Conflict):
    type, title = "voorziening-klopt-niet", "Voorziening klopt niet"
    meaning = "Zoals de voorziening zou worden, is zij in strijd met een regel."
    remedy = "Verbeter wat `invalidParams` noemt."
