from gemeengoed_kit.errors import Conflict, NotFound


class OvergangsrondeNietGevonden(NotFound):
    type, title = "overgangsronde-niet-gevonden", "Overgangsronde niet gevonden"
    meaning = "Er is geen overgangsronde met deze identificatie."
    remedy = "Zoek haar op met `GET /v1/overgangsrondes`."


class AndereOvergangsronde(Conflict):
    type, title = "andere-overgangsronde", "Een andere overgangsronde loopt nog"
    meaning = "Er loopt nog een overgangsronde tot en met een andere dag."
    remedy = "Wacht tot die klaar is; `GET /v1/overgangsrondes` toont haar."


class OvergangNietGevonden(NotFound):
    type, title = "overgang-niet-gevonden", "Overgang niet gevonden"
    meaning = "Er is geen overgang bij herindeling met deze identificatie."
    remedy = "Zoek haar op met `GET /v1/overgangen`."


class OvergangBeslist(Conflict):
    type, title = "overgang-beslist", "Overgang is al beslist"
    meaning = "Over deze overgang is al beslist; een besluit wijzigt niet."
    remedy = "Zeg het abonnement op, of wijzig het pakket, als dat anders moet."


class OvergangsbesluitPastNiet(Conflict):
    type, title = "overgangsbesluit-past-niet", "Besluit over de overgang past niet"
    meaning = "Het besluit past niet bij de overgang; `invalidParams` noemt alles."
    remedy = "Kies een pakket van de gemeenten die overgingen, en een laatste dag na de herindeling."
