from gemeengoed_kit.errors import Conflict, NotFound


class NietsTeVerdelen(Conflict):
    type, title = "niets-te-verdelen", "Niets te verdelen"


class OnbekendeVerdeling(NotFound):
    type, title = "onbekende-verdeling", "Onbekende verdeling"
