from gemeengoed_kit.errors import NotFound


class AansluitingNietGevonden(NotFound):
    type, title = "aansluiting-niet-gevonden", "Aansluiting niet gevonden"
    meaning = "Er is geen aansluiting met deze identificatie."
    remedy = "Zoek haar op met `GET /v1/aansluitingen`."
