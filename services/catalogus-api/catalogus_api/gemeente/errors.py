from gemeengoed_kit.errors import NotFound


class GemeenteNietGevonden(NotFound):
    type, title = "gemeente-niet-gevonden", "Gemeente niet gevonden"
    meaning = "Er is geen gemeente met deze code, ook geen opgeheven."
    remedy = "Zoek de code op met `GET /v1/gemeenten`."
