from gemeengoed_kit.errors import Conflict, NotFound


class FactuurgegevensNietGevonden(NotFound):
    type, title = "factuurgegevens-niet-gevonden", "Factuurgegevens niet gevonden"
    meaning = "Van deze gemeente is niet vastgelegd wat zij op haar factuur wil, of zij is niet de uwe."
    remedy = "Leg het vast met `PUT /v1/factuurgegevens/{gemeentecode}`."


class FactuurgegevensKloppenNiet(Conflict):
    type, title = "factuurgegevens-kloppen-niet", "Factuurgegevens kloppen niet"
    meaning = "Een kenmerk ontbreekt of een gemeente staat er meer dan eens in; `detail` noemt alles."
    remedy = "Geef elke gemeente één keer, met een kenmerk van de afnemer, een ordernummer, of beide."
