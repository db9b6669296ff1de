from gemeengoed_kit.errors import Conflict, NotFound


class AbonnementNietGevonden(NotFound):
    type, title = "abonnement-niet-gevonden", "Abonnement niet gevonden"


class AanmeldingNietGevonden(NotFound):
    type, title = "aanmelding-niet-gevonden", "Collectieve aanmelding niet gevonden"


class OnbekendPakket(Conflict):
    type, title = "onbekend-pakket", "Onbekend pakket"


class OnsamenhangendeAanmelding(Conflict):
    type, title = "onsamenhangende-aanmelding", "Aanmelding klopt niet met zichzelf"


class OnbekendeUitzondering(Conflict):
    type, title = "onbekende-gemeente", "Onbekende gemeente in de uitzonderingen"


class OverlappendAbonnement(Conflict):
    type, title = "overlappend-abonnement", "Gemeente heeft al een abonnement"
