from gemeengoed_kit.errors import NotFound


class BoekingsopdrachtNietGevonden(NotFound):
    type, title = "boekingsopdracht-niet-gevonden", "Boekingsopdracht niet gevonden"
