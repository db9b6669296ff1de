from gemeengoed_kit.errors import Conflict, Forbidden, NotFound


class BesluitNietGevonden(NotFound):
    type, title = "besluit-niet-gevonden", "Besluit niet gevonden"
    meaning = "Er is geen besluit met deze identificatie, of u mag het niet zien."
    remedy = "Zoek het op met `GET /v1/besluiten`."


class AnderGremium(Forbidden):
    type, title = "ander-gremium", "Besluit van een ander gremium"
    meaning = "Een gremium legt alleen zijn eigen besluiten vast."
    remedy = "Laat het gremium zelf het besluit vastleggen, of de beheerder van de catalogus namens dat gremium."


class BesluitKloptNiet(Conflict):
    type, title = "besluit-klopt-niet", "Besluit klopt niet"
    meaning = "Het besluit is in strijd met een of meer regels; er is niets vastgelegd."
    remedy = "Verbeter wat `invalidParams` noemt."


class OnbekendeVoorzieningInBesluit(Conflict):
    type, title = "onbekende-voorziening-in-besluit", "Besluit over een onbekende voorziening"
    meaning = "Het besluit noemt een voorziening die niet bestaat, of die u niet mag zien."
    remedy = "Zoek de code op met `GET /v1/voorzieningen`."


class OnbekendBesluit(Conflict):
    type, title = "onbekend-besluit", "Onbekend besluit"
    meaning = "Het besluit noemt een eerder besluit of advies dat niet bestaat, of dat u niet mag zien."
    remedy = "Zoek het op met `GET /v1/besluiten`, of leg het eerst vast."


class AlOpgevolgd(Conflict):
    type, title = "al-opgevolgd", "Besluit is al opgevolgd"
    meaning = "Een ander besluit kwam al in de plaats van het genoemde; er is niets vastgelegd."
    remedy = "Volg het laatste besluit op; `opgevolgdDoor` noemt het."
