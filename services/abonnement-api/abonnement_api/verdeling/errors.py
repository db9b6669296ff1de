from gemeengoed_kit.errors import Conflict, NotFound


class NietsTeVerdelen(Conflict):
    type, title = "niets-te-verdelen", "Niets te verdelen"
    meaning = "Alles wat tot en met die dag op facturen is ontvangen, is al verdeeld."
    remedy = "Lees eerst een nieuw bankafschrift in, of kies een latere dag."


class VerdelingNietGevonden(NotFound):
    type, title = "verdeling-niet-gevonden", "Verdeling niet gevonden"
    meaning = "Er is geen verdeling met deze identificatie."
    remedy = "Zoek haar op met `GET /v1/verdelingen`."
