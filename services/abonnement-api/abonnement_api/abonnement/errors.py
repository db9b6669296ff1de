from gemeengoed_kit.errors import Conflict, NotFound


class AbonnementNietGevonden(NotFound):
    type, title = "abonnement-niet-gevonden", "Abonnement niet gevonden"
    meaning = "Er is geen abonnement met deze identificatie, of het is niet van u."
    remedy = "Zoek het op met `GET /v1/abonnementen`."


class AanmeldingNietGevonden(NotFound):
    type, title = "aanmelding-niet-gevonden", "Collectieve aanmelding niet gevonden"
    meaning = "Er is geen collectieve aanmelding met deze identificatie."
    remedy = "Gebruik het pad uit `Location` van de aanmelding."


class OnbekendPakket(Conflict):
    type, title = "onbekend-pakket", "Onbekend pakket"
    meaning = "Geen tariefbesluit voor het eerste jaar kent dit pakket."
    remedy = "Zoek de pakketten op met `GET /v1/tariefbesluiten?jaar=`, of leg eerst een besluit vast."


class OnsamenhangendeAanmelding(Conflict):
    type, title = "onsamenhangende-aanmelding", "Aanmelding klopt niet met zichzelf"
    meaning = "De aanmelding spreekt zichzelf tegen; `detail` noemt alles."
    remedy = "Verbeter de dagen en de uitzonderingen."


class OnbekendeUitzondering(Conflict):
    type, title = "onbekende-gemeente", "Onbekende gemeente in de uitzonderingen"
    meaning = "Een uitzondering noemt een gemeente die op de begindatum niet bestaat."
    remedy = "Vraag de aanmelding opnieuw aan met de gemeenten van die dag (catalogus, `GET /v1/gemeenten?geldigOp=`)."


class OverlappendAbonnement(Conflict):
    type, title = "overlappend-abonnement", "Gemeente heeft al een abonnement"
    meaning = "Gemeenten hebben in deze periode al een abonnement."
    remedy = "Kies een andere periode, of maak voor deze gemeenten geen tweede abonnement."


class OvergangOnbeslist(Conflict):
    type, title = "overgang-onbeslist", "Herindeling nog niet beslist"
    meaning = "Van gemeenten is na een herindeling nog niet beslist welk abonnement zij overnemen."
    remedy = "Beslis met `POST /v1/overgangen/{id}/besluiten`; `GET /v1/overgangen?beslist=false` noemt ze."
