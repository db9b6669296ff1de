from gemeengoed_kit.errors import Conflict, Invalid, NotFound


class OngeldigAfschrift(Invalid):
    type, title = "ongeldig-bankafschrift", "Ongeldig bankafschrift"


class AfschriftGewijzigd(Conflict):
    type, title = "bankafschrift-gewijzigd", "Bankafschrift is eerder met andere inhoud ingelezen"


class BankreferentieHergebruikt(Conflict):
    type, title = "bankreferentie-hergebruikt", "Bankreferentie is eerder met een ander bedrag of andere dag ingelezen"


class BankafschriftNietGevonden(NotFound):
    type, title = "bankafschrift-niet-gevonden", "Bankafschrift niet gevonden"


class BetalingNietGevonden(NotFound):
    type, title = "betaling-niet-gevonden", "Betaling niet gevonden"
