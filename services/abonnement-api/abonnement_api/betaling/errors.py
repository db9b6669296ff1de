from gemeengoed_kit.errors import Conflict, Invalid, NotFound


class OngeldigAfschrift(Invalid):
    type, title = "ongeldig-bankafschrift", "Ongeldig bankafschrift"
    meaning = "Het bankafschrift is niet leesbaar of is van een andere rekening."
    remedy = "Stuur een bestand met afschriften (camt.053 of MT940) van de eigen rekening; `invalidParams` noemt de fouten."


class AfschriftGewijzigd(Conflict):
    type, title = "bankafschrift-gewijzigd", "Bankafschrift is eerder met andere inhoud ingelezen"
    meaning = "Een afschrift met dit nummer is over dezelfde dagen eerder met andere inhoud ingelezen."
    remedy = "Vraag de bank welk afschrift goed is; wat is geboekt, wijzigt niet."


class BankreferentieHergebruikt(Conflict):
    type, title = "bankreferentie-hergebruikt", "Bankreferentie is eerder met een ander bedrag of andere dag ingelezen"
    meaning = "Een eerder afschrift over dezelfde dagen gaf bij dezelfde bankreferentie een ander bedrag of een andere dag."
    remedy = "Vraag de bank welk afschrift goed is."


class BankafschriftNietGevonden(NotFound):
    type, title = "bankafschrift-niet-gevonden", "Bankafschrift niet gevonden"
    meaning = "Er is geen bankafschrift met deze identificatie."
    remedy = "Zoek het op met `GET /v1/bankafschriften`."


class BetalingNietGevonden(NotFound):
    type, title = "betaling-niet-gevonden", "Betaling niet gevonden"
    meaning = "Er is geen ontvangst met deze identificatie."
    remedy = "Zoek haar op met `GET /v1/betalingen`."


class AfschrijvingNietGevonden(NotFound):
    type, title = "afschrijving-niet-gevonden", "Afschrijving niet gevonden"
    meaning = "Er is geen afschrijving met deze identificatie."
    remedy = "Zoek haar op met `GET /v1/afschrijvingen`."


class KoppelingNietGevonden(NotFound):
    type, title = "koppeling-niet-gevonden", "Koppeling niet gevonden"
    meaning = "Er is geen koppeling met deze identificatie."
    remedy = "Zoek haar op met `GET /v1/koppelingen`."


class OnbekendeFactuur(Conflict):
    type, title = "onbekende-factuur", "Onbekende factuur"
    meaning = "Een genoemde factuur bestaat niet."
    remedy = "Zoek het nummer op met `GET /v1/facturen`; `invalidParams` noemt welke."


class OnbekendeBetaling(Conflict):
    type, title = "onbekende-betaling", "Onbekende ontvangst"
    meaning = "Een genoemde ontvangst bestaat niet, of is van een andere rekening."
    remedy = "Zoek haar op met `GET /v1/betalingen`; `invalidParams` noemt welke."


class PastNiet(Conflict):
    type, title = "koppeling-past-niet", "Koppeling past niet"
    meaning = "Er wordt meer gekoppeld dan van de ontvangst over is, dan op een factuur openstaat of dan is afgeschreven."
    remedy = "Noem een lager bedrag, of maak eerst een andere koppeling ongedaan; `invalidParams` noemt waar."


class NietsTeVerrekenen(Conflict):
    type, title = "niets-te-verrekenen", "Niets te verrekenen"
    meaning = "Van de factuur is niet meer betaald dan haar bedrag zonder wat is gecrediteerd."
    remedy = "Wat van een ontvangst over is, koppelt u met `POST /v1/betalingen/{id}/koppelingen` of betaalt u terug."


class NietGekoppeld(Conflict):
    type, title = "niet-gekoppeld", "Niet gekoppeld"
    meaning = "De ontvangst betaalt nu niets van deze factuur."
    remedy = "Bekijk met `GET /v1/betalingen/{id}` wat de ontvangst betaalt."
