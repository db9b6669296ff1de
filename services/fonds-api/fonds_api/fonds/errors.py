from gemeengoed_kit.errors import Conflict, Forbidden, NotFound


class FondsNietGevonden(NotFound):
    type, title = "fonds-niet-gevonden", "Fonds niet gevonden"
    meaning = "Er is geen fonds met deze code, of niet voor uw rol."
    remedy = "Zoek de fondsen van uw rol op met `GET /v1/fondsen`."


class OnbekendFonds(Conflict):
    type, title = "onbekend-fonds", "Onbekend fonds"
    meaning = "De aanvraag noemt een fonds dat niet bestaat."
    remedy = "Zoek de fondsen van uw rol op met `GET /v1/fondsen`."


class FondsNietToegestaan(Forbidden):
    type, title = "fonds-niet-toegestaan", "Boeken in dit fonds is niet toegestaan"
    meaning = "Uw rol boekt niet in dit fonds."
    remedy = "Boek in een fonds van uw rol, of vraag de aanbieder om een contract met een andere rol."


class VierOgenNodig(Conflict):
    type, title = "vier-ogen-nodig", "Vier ogen nodig"
    meaning = "Vanaf `vanafCent` boekt dit fonds pas als een ander bevestigt; er is niets geboekt."
    remedy = "Boek deze post met `POST /v1/boekingen`: dat maakt een boekingsvoorstel, dat een ander bevestigt."


class FondsBestaatAl(Conflict):
    type, title = "fonds-bestaat-al", "Fonds bestaat al"
    meaning = "Er is al een fonds met deze code."
    remedy = "Kies een andere code, of wijzig het fonds met `PUT /v1/fondsen/{code}`."


class BoekingsrollenPassenNiet(Conflict):
    type, title = "boekingsrollen-passen-niet", "Boekingsrollen passen niet"
    meaning = "De fondsbeheerder ziet elk fonds en boekt erin; een rol staat er hoogstens één keer."
    remedy = "Noem `fondsbeheerder`, en naar wens `administratie`."
