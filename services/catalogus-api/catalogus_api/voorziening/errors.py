from gemeengoed_kit.errors import NotFound


class OnbekendeVoorziening(NotFound):
    type, title = "onbekende-voorziening", "Onbekende voorziening"
