from gemeengoed_kit.errors import Conflict, NotFound


class OnbekendAbonnement(NotFound):
    type, title = "onbekend-abonnement", "Onbekend abonnement"


class OnbekendeAanmelding(NotFound):
    type, title = "onbekende-aanmelding", "Onbekende collectieve aanmelding"


class OnbekendPakket(Conflict):
    type, title = "onbekend-pakket", "Onbekend pakket"


class OnsamenhangendeAanmelding(Conflict):
    type, title = "onsamenhangende-aanmelding", "Aanmelding klopt niet met zichzelf"


class OnbekendeUitzondering(Conflict):
    type, title = "onbekende-gemeente", "Onbekende gemeente in de uitzonderingen"


class OverlappendAbonnement(Conflict):
    type, title = "overlappend-abonnement", "Gemeente heeft al een abonnement"
