from gemeengoed_kit.errors import NotFound


class FactuurNietGevonden(NotFound):
    type, title = "factuur-niet-gevonden", "Factuur niet gevonden"
