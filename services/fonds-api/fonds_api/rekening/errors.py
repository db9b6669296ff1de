from gemeengoed_kit.errors import Conflict, NotFound


class RekeningNietGevonden(NotFound):
    type, title = "rekening-niet-gevonden", "Rekening niet gevonden"
    meaning = "Dit fonds heeft geen rekening met dit nummer."
    remedy = "Zoek de rekeningen op met `GET /v1/rekeningen`."


class RekeningBestaatAl(Conflict):
    type, title = "rekening-bestaat-al", "Rekening bestaat al"
    meaning = "Dit fonds heeft al een rekening met dit nummer."
    remedy = "Kies een ander nummer, of wijzig de rekening met `PUT /v1/fondsen/{code}/rekeningen/{nummer}`."


class RekeningKanNiet(Conflict):
    type, title = "rekening-kan-niet", "Rekening kan niet zo"
    meaning = (
        "De rekening telt op in iets wat geen verzamelrekening is of in zichzelf, of de grenzen passen niet bij elkaar of bij "
        "het saldo."
    )
    remedy = "Verbeter wat `invalidParams` noemt."
