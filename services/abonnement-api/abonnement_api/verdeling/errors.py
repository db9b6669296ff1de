from gemeengoed_kit.errors import Conflict, NotFound


class NietsTeVerdelen(Conflict):
    type, title = "niets-te-verdelen", "Niets te verdelen"


class VerdelingNietGevonden(NotFound):
    type, title = "verdeling-niet-gevonden", "Verdeling niet gevonden"
