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
    meaning = (
        "Een regel noemt een rekening die het fonds niet heeft, die andere optelt of geblokkeerd is, of waarop alleen documenten "
        "van deze dienst zelf boeken, zoals uitgaven."
    )
    remedy = "Zoek de rekeningen op met `GET /v1/rekeningen`."


class BrondocumentAlGeboekt(Conflict):
    type, title = "brondocument-al-geboekt", "Brondocument al geboekt"
    meaning = "Dit document is in dit fonds al geboekt; `boeking` is het pad van die boeking."
    remedy = "Er hoeft niets meer te gebeuren; een document wordt per fonds één keer geboekt."


class BoekingenGeweigerd(Conflict):
    type, title = "boekingen-geweigerd", "Boekingen geweigerd"
    meaning = "Ten minste één van de boekingen kan niet worden vastgelegd; er is er geen enkele vastgelegd."
    remedy = "Verbeter wat `invalidParams` noemt: elk bezwaar, met de plaats van de boeking in de lijst vanaf nul."


class SaldoBuitenGrenzen(Conflict):
    type, title = "saldo-buiten-grenzen", "Saldo buiten de grenzen"
    meaning = "Een rekening zou onder haar minimum of boven haar maximum komen; `rekeningen` zegt welke."
    remedy = "Boek een ander bedrag, of laat eerst de grens van de rekening aanpassen."


class AlGestorneerd(Conflict):
    type, title = "boeking-al-gestorneerd", "Boeking al gestorneerd"
    meaning = "Deze boeking is al gestorneerd; `boeking` is het pad van de storno."
    remedy = "Er hoeft niets meer te gebeuren; een boeking wordt één keer gestorneerd."


class BoekingVanDienst(Conflict):
    type, title = "boeking-van-dienst", "Boeking van deze dienst"
    meaning = "Het document van deze boeking houdt deze dienst zelf bij; `document` is zijn pad. Het zou niet meer kloppen."
    remedy = "Draai het document terug, zoals een uitgave met `POST /v1/uitgaven/{id}/storno`; de boeking volgt."


class StornoVanStorno(Conflict):
    type, title = "storno-van-storno", "Een storno wordt niet gestorneerd"
    meaning = "Deze boeking is zelf een storno."
    remedy = "Boek opnieuw wat ten onrechte is gestorneerd, met een eigen brondocument."


class StornoVoorBoeking(Conflict):
    type, title = "storno-voor-boeking", "Storno vóór de boeking"
    meaning = "De boekdatum van de storno ligt vóór die van de boeking zelf."
    remedy = "Neem als boekdatum die van de boeking, of een latere dag."


class BronNietVanU(Forbidden):
    type, title = "bron-niet-van-u", "Bron niet van u"
    meaning = "Alleen wie de documenten van een bron beheert, boekt ze; uw contract noemt deze bron niet."
    remedy = (
        "Noem als `bron` een bron uit de eigenschap `gemeengoed.bron` van uw contract, of vraag de aanbieder om een contract "
        "met deze bron erin. De bron `fonds` is van de dienst zelf."
    )
