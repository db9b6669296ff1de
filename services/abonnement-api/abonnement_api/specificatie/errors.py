from gemeengoed_kit.errors import NotFound


class SpecificatieNietGevonden(NotFound):
    type, title = "specificatie-niet-gevonden", "Specificatie niet gevonden"
    meaning = "Er is geen vastgestelde verdeling met deze identificatie waarin deze aanbieder iets krijgt, of zij is niet van u."
    remedy = "Zoek de verdeling op met `GET /v1/verdelingen`."
