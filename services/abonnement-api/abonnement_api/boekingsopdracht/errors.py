from gemeengoed_kit.errors import NotFound


class BoekingsopdrachtNietGevonden(NotFound):
    type, title = "boekingsopdracht-niet-gevonden", "Boekingsopdracht niet gevonden"
    meaning = "Er is geen boekingsopdracht met deze identificatie."
    remedy = "Zoek haar op met `GET /v1/boekingsopdrachten`."
