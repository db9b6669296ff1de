from gemeengoed_kit.errors import Conflict, NotFound


class PeilingNietGevonden(NotFound):
    type, title = "peiling-niet-gevonden", "Peiling niet gevonden"
    meaning = "Er is geen peiling met deze identificatie."
    remedy = "Zoek haar op met `GET /v1/peilingen`, of vraag er een aan."


class OnbekendePeiling(Conflict):
    type, title = "onbekende-peiling", "Onbekende peiling"
    meaning = "De aanvraag noemt een peiling die niet bestaat of nog niet gereed is."
    remedy = "Wacht tot de peiling gereed is, of vraag er een aan met `POST /v1/peilingen`."


class PeilingGereedNietGevonden(NotFound):
    type, title = "peiling-gereed-niet-gevonden", "Geen peiling gereed"
    meaning = "Er zijn nog geen inwonertallen opgevraagd om mee te rekenen."
    remedy = "De fondsbeheerder vraagt een peiling aan met `POST /v1/peilingen`."
