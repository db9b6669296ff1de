from gemeengoed_kit.errors import NotFound


class FactuurNietGevonden(NotFound):
    type, title = "factuur-niet-gevonden", "Factuur niet gevonden"
    meaning = "Er is geen factuur met dit nummer, of zij is niet van u."
    remedy = "Zoek haar op met `GET /v1/facturen`."
