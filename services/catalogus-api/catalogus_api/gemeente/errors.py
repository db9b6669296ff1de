from gemeengoed_kit.errors import NotFound


class GemeenteNietGevonden(NotFound):
    type, title = "gemeente-niet-gevonden", "Gemeente niet gevonden"
