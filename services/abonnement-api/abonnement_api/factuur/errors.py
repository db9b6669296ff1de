from gemeengoed_kit.errors import NotFound


class OnbekendeFactuur(NotFound):
    type, title = "onbekende-factuur", "Onbekende factuur"
    meaning = "Er is geen factuur met dit nummer, of zij is niet van u."
    remedy = "Zoek haar op met `GET /v1/facturen`."
