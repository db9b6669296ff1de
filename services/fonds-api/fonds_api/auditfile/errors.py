from gemeengoed_kit.errors import NotFound


class RekeningNietGevonden(NotFound):
    type, title = "rekening-niet-gevonden", "Rekening niet gevonden"
    meaning = "Het fonds heeft geen rekening met dit nummer."
    remedy = "Zoek de rekeningen op met `GET /v1/rekeningen`."
