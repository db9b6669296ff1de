from gemeengoed_kit.errors import NotFound


class OnbekendeFactuur(NotFound):
    type, title = "onbekende-factuur", "Onbekende factuur"
