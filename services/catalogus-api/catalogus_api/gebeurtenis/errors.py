from gemeengoed_kit.errors import NotFound


class GebeurtenisNietGevonden(NotFound):
    type, title = "gebeurtenis-niet-gevonden", "Gebeurtenis niet gevonden"
    meaning = "Er is geen gebeurtenis met deze identificatie, of u mag haar niet zien."
    remedy = "Zoek haar op met `GET /v1/gebeurtenissen`."
