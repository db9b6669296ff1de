from gemeengoed_kit.errors import Conflict, NotFound


class VerrekeningNietGevonden(NotFound):
    type, title = "verrekening-niet-gevonden", "Verrekening niet gevonden"
    meaning = "Er is geen verrekening met deze identificatie, of zij is niet van u."
    remedy = "Zoek haar op met `GET /v1/verrekeningen`."


class VerrekeningHerroepen(Conflict):
    type, title = "verrekening-herroepen", "Verrekening herroepen"
    meaning = "De verrekening is herroepen, of herroept zelf een andere; daar verandert niets meer aan."
    remedy = "Leg zo nodig een nieuwe verrekening vast."


class NietTeVerrekenen(Conflict):
    type, title = "niet-te-verrekenen", "Niet te verrekenen"
    meaning = "De ene nota heeft minder tegoed, of de andere minder open, dan het bedrag; `invalidParams` zegt hoeveel."
    remedy = "Verreken hoogstens wat de een tegoed en de ander open heeft; zie `openCent` van de nota's."
