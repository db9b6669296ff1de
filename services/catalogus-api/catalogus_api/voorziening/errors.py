from gemeengoed_kit.errors import NotFound


class VoorzieningNietGevonden(NotFound):
    type, title = "voorziening-niet-gevonden", "Voorziening niet gevonden"
    meaning = "Er is geen voorziening met deze code."
    remedy = "Zoek de code op met `GET /v1/voorzieningen`."
