from gemeengoed_kit.errors import NotFound


class OnbekendeBoekingsopdracht(NotFound):
    type, title = "onbekende-boekingsopdracht", "Onbekende boekingsopdracht"
    meaning = "Er is geen boekingsopdracht met deze identificatie."
    remedy = "Zoek haar op met `GET /v1/boekingsopdrachten`."
