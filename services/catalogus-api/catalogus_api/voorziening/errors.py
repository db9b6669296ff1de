from gemeengoed_kit.errors import NotFound


class OnbekendeVoorziening(NotFound):
    type, title = "onbekende-voorziening", "Onbekende voorziening"
    meaning = "Er is geen voorziening met deze code."
    remedy = "Zoek de code op met `GET /v1/voorzieningen`."
