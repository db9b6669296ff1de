from gemeengoed_kit.errors import Conflict, NotFound


class SamenwerkingsverbandNietGevonden(NotFound):
    type, title = "samenwerkingsverband-niet-gevonden", "Samenwerkingsverband niet gevonden"
    meaning = "Er is geen samenwerkingsverband met deze code."
    remedy = "Zoek de code op met `GET /v1/samenwerkingsverbanden`."


class SamenwerkingsverbandBestaatAl(Conflict):
    type, title = "samenwerkingsverband-bestaat-al", "Samenwerkingsverband bestaat al"
    meaning = "Er is al een samenwerkingsverband met deze code."
    remedy = "Kies een andere code, of wijzig de leden met `POST /v1/samenwerkingsverbanden/{code}/ledenwijzigingen`."


class LedenPassenNiet(Conflict):
    type, title = "leden-passen-niet", "Leden passen niet"
    meaning = "De gevraagde leden of dagen passen niet bij de gemeenten en lidmaatschappen die hier staan."
    remedy = "Verbeter wat `invalidParams` noemt."
