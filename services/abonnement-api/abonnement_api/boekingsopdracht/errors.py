from gemeengoed_kit.errors import NotFound


class OnbekendeBoekingsopdracht(NotFound):
    type, title = "onbekende-boekingsopdracht", "Onbekende boekingsopdracht"
