from gemeengoed_kit.errors import Conflict, NotFound


class AfrekeningNietGevonden(NotFound):
    type, title = "afrekening-niet-gevonden", "Afrekening niet gevonden"
    meaning = "Er is geen afrekening met deze identificatie, of niet voor uw rol."
    remedy = "Zoek haar op met `GET /v1/afrekeningen`."


class OnbekendeBijdrageronde(Conflict):
    type, title = "onbekende-bijdrageronde", "Onbekende bijdrageronde"
    meaning = "De aanvraag noemt een ronde die niet bestaat, niet van uw fonds is of nog niet is vastgesteld."
    remedy = "Zoek de ronde op met `GET /v1/bijdragerondes/{id}`."


class PeilingPastNiet(Conflict):
    type, title = "peiling-past-niet", "Peiling past niet"
    meaning = "De peiling is niet van de dagen van de omslag, of heeft andere gemeenten dan de ronde."
    remedy = "Vraag een peiling aan met de `indeling`, `peildatum` en `compensatieJaren` van de omslag."


class InwonersVoorlopig(Conflict):
    type, title = "inwoners-voorlopig", "Inwoners nog voorlopig"
    meaning = "De bron noemt de inwoners van een of meer gemeenten nog voorlopig; `gemeentecodes` zegt welke."
    remedy = "Vraag een nieuwe peiling aan zodra de cijfers definitief zijn."


class NietsTeVerrekenen(Conflict):
    type, title = "niets-te-verrekenen", "Niets te verrekenen"
    meaning = "Met deze peiling verandert er voor geen enkele gemeente iets, en er is niets meer af te rekenen."
    remedy = "Er hoeft niets te gebeuren."
