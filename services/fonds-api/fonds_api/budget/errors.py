from gemeengoed_kit.errors import Conflict, NotFound


class VastgesteldeBegrotingNietGevonden(NotFound):
    type, title = "vastgestelde-begroting-niet-gevonden", "Vastgestelde begroting niet gevonden"
    meaning = "Van dit fonds en jaar is geen begroting vastgesteld, of het fonds is niet voor uw rol."
    remedy = "Zoek op wat is vastgesteld met `GET /v1/begrotingen?status=vastgesteld`."


class OnbekendeBegrotingspost(Conflict):
    type, title = "onbekende-begrotingspost", "Onbekende begrotingspost"
    meaning = "De vastgestelde begroting van een jaar heeft deze post niet, of er is van dat jaar geen vastgestelde begroting."
    remedy = "Zoek de posten op met `GET /v1/fondsen/{code}/vrije-ruimte`; verplichten kan alleen op wat is vastgesteld."


class BudgetOntoereikend(Conflict):
    type, title = "budget-ontoereikend", "Budget ontoereikend"
    meaning = "Een begrotingspost heeft niet genoeg vrije ruimte, of de btw-regel niet. Er is niets vastgelegd."
    remedy = "Verlaag de bedragen, laat andere verplichtingen vrijvallen of stel een wijziging vast; `posten` noemt wat er mist."
