from gemeengoed_kit.errors import NotFound


class OnbekendeGemeente(NotFound):
    type, title = "onbekende-gemeente", "Onbekende gemeente"
    meaning = "Er is geen gemeente met deze code, ook geen opgeheven."
    remedy = "Zoek de code op met `GET /v1/gemeenten`."
