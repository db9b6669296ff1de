from gemeengoed_kit.errors import Conflict, Invalid, NotFound


class OngeldigAfschrift(Invalid):
    type, title = "ongeldig-bankafschrift", "Ongeldig bankafschrift"


class AfschriftGewijzigd(Conflict):
    type, title = "bankafschrift-gewijzigd", "Bankafschrift is eerder met andere inhoud ingelezen"


class BankreferentieHergebruikt(Conflict):
    type, title = "bankreferentie-hergebruikt", "Bankreferentie is eerder met een ander bedrag of andere dag ingelezen"


class OnbekendBankafschrift(NotFound):
    type, title = "onbekend-bankafschrift", "Onbekend bankafschrift"


class OnbekendeBetaling(NotFound):
    type, title = "onbekende-betaling", "Onbekende betaling"
