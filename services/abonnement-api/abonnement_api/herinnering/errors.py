from gemeengoed_kit.errors import Conflict, NotFound


class HerinneringNietGevonden(NotFound):
    type, title = "herinnering-niet-gevonden", "Herinnering niet gevonden"
    meaning = "Er is geen herinnering met deze identificatie, of zij is niet aan u."
    remedy = "Zoek haar op met `GET /v1/herinneringen`."


class AanhoudingNietGevonden(NotFound):
    type, title = "aanhouding-niet-gevonden", "Aanhouding niet gevonden"
    meaning = "Er is geen aanhouding met deze identificatie, of zij gaat niet over een factuur van u."
    remedy = "Zoek haar op met `GET /v1/aanhoudingen`."


class GeenEmailadres(Conflict):
    type, title = "geen-emailadres", "Geen e-mailadres"
    meaning = "Van de gemeente, of van het bureau dat mailt, is geen e-mailadres vastgelegd."
    remedy = "Leg het vast met `PUT /v1/factuurgegevens/{gemeentecode}` of `PUT /v1/aanbieders/{code}/verkopergegevens`."


class OnbekendeFactuur(Conflict):
    type, title = "onbekende-factuur-bij-aanhouding", "Onbekende factuur"
    meaning = "Er is geen factuur met dit nummer, of zij is niet van u."
    remedy = "Zoek haar op met `GET /v1/facturen`."


class AlAangehouden(Conflict):
    type, title = "factuur-al-aangehouden", "Herinneren is al aangehouden"
    meaning = "Van deze factuur is dit al vastgelegd, en het geldt nog."
    remedy = "Hef de eerdere eerst op; zie `GET /v1/aanhoudingen`."


class OnmogelijkeAanhouding(Conflict):
    type, title = "onmogelijke-aanhouding", "Dagen passen niet"
    meaning = "De laatste dag ligt voor de eerste, of bij een betalingsregeling ontbreekt de laatste dag."
    remedy = "Geef bij een betalingsregeling `totEnMet`, op of na `vanaf`."
