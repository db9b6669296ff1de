from gemeengoed_kit.errors import Conflict, NotFound


class OntvangstNietGevonden(NotFound):
    type, title = "ontvangst-niet-gevonden", "Ontvangst niet gevonden"
    meaning = "Er is geen ontvangst met deze identificatie, of zij is niet van u."
    remedy = "Zoek haar op met `GET /v1/ontvangsten`."


class OntvangstAlVastgelegd(Conflict):
    type, title = "ontvangst-al-vastgelegd", "Ontvangst al vastgelegd"
    meaning = "In dit fonds is al een ontvangst met dit kenmerk, die niet is herroepen."
    remedy = "Er hoeft niets te gebeuren; is het een andere ontvangst, geef haar dan een eigen kenmerk."


class OntvangstHerroepen(Conflict):
    type, title = "ontvangst-herroepen", "Ontvangst herroepen"
    meaning = "De ontvangst is herroepen, of herroept zelf een andere; daar verandert niets meer aan."
    remedy = "Leg zo nodig een nieuwe ontvangst vast."
