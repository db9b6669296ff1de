from gemeengoed_kit.errors import NotFound


class FactuurgegevensNietGevonden(NotFound):
    type, title = "factuurgegevens-niet-gevonden", "Factuurgegevens niet gevonden"
    meaning = "Van deze gemeente is niet vastgelegd wat zij op haar factuur wil, of zij is niet de uwe."
    remedy = "Leg het vast met `PUT /v1/factuurgegevens/{gemeentecode}`."
