from gemeengoed_kit.errors import NotFound


class OnbekendeGemeente(NotFound):
    type, title = "onbekende-gemeente", "Onbekende gemeente"
