from gemeengoed_kit.errors import Conflict, NotFound


class FactsheetNietGevonden(NotFound):
    type, title = "factsheet-niet-gevonden", "Factsheet niet gevonden"
    meaning = "Deze voorziening heeft geen factsheet, of niet op die dag, of niet in die versie, of u mag haar niet zien."
    remedy = "Kijk met `GET /v1/voorzieningen/{code}/factsheets` welke er zijn."


class FactsheetKloptNiet(Conflict):
    type, title = "factsheet-klopt-niet", "Factsheet klopt niet"
    meaning = "De factsheet is in strijd met een regel; er is niets vastgelegd."
    remedy = "Verbeter wat `invalidParams` noemt."
