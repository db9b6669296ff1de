from gemeengoed_kit.errors import Conflict, NotFound


class TariefbesluitNietGevonden(NotFound):
    type, title = "tariefbesluit-niet-gevonden", "Tariefbesluit niet gevonden"


class TariefbesluitBestaat(Conflict):
    type, title = "tariefbesluit-bestaat", "Tariefbesluit bestaat al"


class OnsamenhangendBesluit(Conflict):
    type, title = "onsamenhangend-besluit", "Besluit klopt niet met zichzelf"


class OnbekendeDienst(Conflict):
    type, title = "onbekende-dienst", "Onbekende dienst"


class GeenTarief(Conflict):
    type, title = "geen-tarief", "Geen tarief voor dit jaar"
