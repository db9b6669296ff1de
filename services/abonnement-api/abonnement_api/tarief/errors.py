from gemeengoed_kit.errors import Conflict, NotFound


class TariefbesluitNietGevonden(NotFound):
    type, title = "tariefbesluit-niet-gevonden", "Tariefbesluit niet gevonden"
    meaning = "Er is geen tariefbesluit met deze identificatie."
    remedy = "Zoek het op met `GET /v1/tariefbesluiten`."


class PakketNietGevonden(NotFound):
    type, title = "pakket-niet-gevonden", "Pakket niet gevonden"
    meaning = "Het tariefbesluit heeft geen pakket met deze code."
    remedy = "Zoek zijn pakketten op met `GET /v1/tariefbesluiten/{id}`."


class TariefbesluitBestaat(Conflict):
    type, title = "tariefbesluit-bestaat", "Tariefbesluit bestaat al"
    meaning = "Er is al een tariefbesluit met deze identificatie."
    remedy = "Een besluit wijzigt niet; geef het nieuwe een andere identificatie."


class OnsamenhangendBesluit(Conflict):
    type, title = "onsamenhangend-besluit", "Besluit klopt niet met zichzelf"
    meaning = "Het besluit spreekt zichzelf tegen; `detail` noemt alles."
    remedy = "Verbeter jaren, pakketten en verdeelsleutel."


class OnbekendeDienst(Conflict):
    type, title = "onbekende-dienst", "Onbekende dienst"
    meaning = "Het besluit noemt een dienst die niet bestaat."
    remedy = "Zoek de diensten op met `GET /v1/aanbieders`."


class GeenTarief(Conflict):
    type, title = "geen-tarief", "Geen tarief voor dit jaar"
    meaning = "Er is geen tariefbesluit voor dit jaar, of het genoemde geldt er niet voor."
    remedy = "Leg eerst een tariefbesluit vast met `POST /v1/tariefbesluiten`."
