from gemeengoed_kit.errors import Conflict, NotFound


class BetalerNietGevonden(NotFound):
    type, title = "betaler-niet-gevonden", "Betaler niet gevonden"
    meaning = "Er is geen betaler met deze code."
    remedy = "Zoek hem op met `GET /v1/betalers`, of leg hem vast met `PUT /v1/betalers/{code}`."


class BetalerKloptNiet(Conflict):
    type, title = "betaler-klopt-niet", "Betaler klopt niet"
    meaning = "De betaler heeft geen kenmerk en geen ordernummer; zonder een van beide is er geen geldige e-factuur."
    remedy = "Geef een kenmerk van de afnemer, een ordernummer, of beide."


class OnbekendeBetaler(Conflict):
    type, title = "onbekende-betaler", "Onbekende betaler"
    meaning = "De afspraak noemt een betaler die niet is vastgelegd."
    remedy = "Leg hem eerst vast met `PUT /v1/betalers/{code}`."


class BetaalafspraakPastNiet(Conflict):
    type, title = "betaalafspraak-past-niet", "Betaalafspraak past niet"
    meaning = "Een gemeente staat er dubbel in, of heeft al een afspraak van die dag of daarna."
    remedy = "Zoek op wat er geldt met `GET /v1/betaalafspraken?gemeentecode=`, en kies een latere dag."
