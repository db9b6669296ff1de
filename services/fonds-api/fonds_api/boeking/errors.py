from gemeengoed_kit.errors import Conflict, Forbidden, NotFound


class BoekingNietGevonden(NotFound):
    type, title = "boeking-niet-gevonden", "Boeking niet gevonden"
    meaning = "Er is geen boeking met deze identificatie, of niet voor uw rol."
    remedy = "Zoek haar op met `GET /v1/boekingen`, bijvoorbeeld op `bronPad`."


class NietInEvenwicht(Conflict):
    type, title = "boeking-niet-in-evenwicht", "Boeking niet in evenwicht"
    meaning = "De regels tellen niet op tot nul; `verschilCent` zegt hoeveel zij schelen."
    remedy = "Verbeter de bedragen: debet is positief, credit negatief."


class OnbekendeRekening(Conflict):
    type, title = "onbekende-rekening", "Onbekende rekening"
    meaning = "Een regel noemt een rekening die het fonds niet heeft, die andere optelt of die geblokkeerd is."
    remedy = "Zoek de rekeningen op met `GET /v1/rekeningen`."


class BrondocumentAlGeboekt(Conflict):
    type, title = "brondocument-al-geboekt", "Brondocument al geboekt"
    meaning = "Dit document is in dit fonds al geboekt; `boeking` is het pad van die boeking."
    remedy = "Er hoeft niets meer te gebeuren; een document wordt per fonds één keer geboekt."


class BronNietVanU(Forbidden):
    type, title = "bron-niet-van-u", "Bron niet van u"
    meaning = "Alleen wie de documenten van een bron beheert, boekt ze; uw contract noemt deze bron niet."
    remedy = (
        "Noem als `bron` een bron uit de eigenschap `gemeengoed.bron` van uw contract, of vraag de aanbieder om een contract "
        "met deze bron erin. De bron `fonds` is van de dienst zelf."
    )
