from gemeengoed_kit.errors import Conflict, NotFound


class GemeentepeilingNietGevonden(NotFound):
    type, title = "gemeentepeiling-niet-gevonden", "Gemeentepeiling niet gevonden"
    meaning = "Er is geen gemeentepeiling met deze identificatie."
    remedy = "Zoek haar op met `GET /v1/gemeentepeilingen`, of vraag er een aan."


class GeenGemeentepeiling(Conflict):
    type, title = "geen-gemeentepeiling", "Geen gemeentepeiling"
    meaning = "Er zijn van die dag geen gemeenten opgevraagd, of de catalogus heeft nog niet geantwoord."
    remedy = "De administratie vraagt ze op met `POST /v1/gemeentepeilingen`."
