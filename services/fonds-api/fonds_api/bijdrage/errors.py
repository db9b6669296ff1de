from gemeengoed_kit.errors import Conflict, Forbidden, NotFound


class BijdragerondeNietGevonden(NotFound):
    type, title = "bijdrageronde-niet-gevonden", "Bijdrageronde niet gevonden"


class BijdrageNietGevonden(NotFound):
    type, title = "bijdrage-niet-gevonden", "Bijdrage niet gevonden"


class GeenOmslag(Conflict):
    type, title = "geen-omslag", "Geen omslag"


class GemeentenOnbruikbaar(Conflict):
    type, title = "gemeenten-onbruikbaar", "Gemeenten onbruikbaar"


class GeenGemeentecode(Forbidden):
    type, title = "geen-gemeentecode", "Geen gemeente in het contract"
