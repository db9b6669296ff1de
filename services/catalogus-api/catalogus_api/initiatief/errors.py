from gemeengoed_kit.errors import Conflict, Forbidden, NotFound


class InitiatiefNietGevonden(NotFound):
    type, title = "initiatief-niet-gevonden", "Initiatief niet gevonden"
    meaning = "Er is geen initiatief met deze identificatie, of u mag het niet zien."
    remedy = "Zoek het op met `GET /v1/initiatieven`."


class NietUwInitiatief(Forbidden):
    type, title = "niet-uw-initiatief", "Niet uw initiatief"
    meaning = "Alleen wie het initiatief indiende, wijzigt het of trekt het in."
    remedy = "Geef het steun, of vraag de indiener om de wijziging."


class InitiatiefKanNiet(Conflict):
    type, title = "initiatief-kan-niet", "Initiatief kan zo niet"
    meaning = "Zoals het initiatief zou worden, is het in strijd met een regel."
    remedy = "Verbeter wat `invalidParams` noemt; wat is afgehandeld, komt terug als een nieuw initiatief."
