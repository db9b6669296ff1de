from gemeengoed_kit.errors import Conflict, Invalid, NotFound


class OngeldigAfschrift(Invalid):
    type, title = "ongeldig-bankafschrift", "Ongeldig bankafschrift"
    meaning = "Het bankafschrift is niet leesbaar, bevat meer dan één afschrift of is van een andere rekening."
    remedy = "Stuur één camt.053-afschrift van de eigen rekening; `invalidParams` noemt de fouten."


class AfschriftGewijzigd(Conflict):
    type, title = "bankafschrift-gewijzigd", "Bankafschrift is eerder met andere inhoud ingelezen"
    meaning = "Een afschrift met dit nummer is eerder met andere inhoud ingelezen."
    remedy = "Vraag de bank welk afschrift goed is; wat is geboekt, wijzigt niet."


class BankreferentieHergebruikt(Conflict):
    type, title = "bankreferentie-hergebruikt", "Bankreferentie is eerder met een ander bedrag of andere dag ingelezen"
    meaning = "Een eerder afschrift gaf bij dezelfde bankreferentie een ander bedrag of een andere dag."
    remedy = "Vraag de bank welk afschrift goed is."


class BankafschriftNietGevonden(NotFound):
    type, title = "bankafschrift-niet-gevonden", "Bankafschrift niet gevonden"
    meaning = "Er is geen bankafschrift met deze identificatie."
    remedy = "Zoek het op met `GET /v1/bankafschriften`."


class BetalingNietGevonden(NotFound):
    type, title = "betaling-niet-gevonden", "Betaling niet gevonden"
    meaning = "Er is geen ontvangst met deze identificatie."
    remedy = "Zoek haar op met `GET /v1/betalingen`."
