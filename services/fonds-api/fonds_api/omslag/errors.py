from gemeengoed_kit.errors import Conflict, NotFound


class GemeentenOnbruikbaar(Conflict):
    type, title = "gemeenten-onbruikbaar", "Gemeenten onbruikbaar"
    meaning = "De catalogus geeft gemeenten zonder inwoners op de peildatum, of dubbel."
    remedy = "Laat de catalogus aanvullen en vraag de ronde opnieuw aan."


class OmslagNietGevonden(NotFound):
    type, title = "omslag-niet-gevonden", "Omslag niet gevonden"
    meaning = "Er is geen omslag of voorstel met deze identificatie, of niet voor uw rol."
    remedy = "Zoek haar op met `GET /v1/omslagen`."


class OmslagPastNiet(Conflict):
    type, title = "omslag-past-niet", "Omslag past niet"
    meaning = "De delen van de omslag passen niet bij elkaar; er is niets vastgelegd."
    remedy = "Verbeter wat `invalidParams` noemt."


class OmslagAlVastgesteld(Conflict):
    type, title = "omslag-al-vastgesteld", "Omslag al vastgesteld"
    meaning = "Van dit fonds en jaar is al een omslag vastgesteld; die verandert niet meer."
    remedy = "Gebruik de vastgestelde omslag; `omslag` is haar pad."


class OmslagAlAangevraagd(Conflict):
    type, title = "omslag-al-aangevraagd", "Vaststelling al aangevraagd"
    meaning = "De vaststelling van dit voorstel is aangevraagd met een ander besluit of een andere tekst; dat wordt nagevraagd."
    remedy = "Wacht tot `vaststelling.status` niet meer `aangevraagd` is."


class OnbekendeToepassing(Conflict):
    type, title = "onbekende-toepassing", "Onbekende toepassing"
    meaning = "De omslag noemt een toepassing van een indexatie die er niet is; er is niets vastgelegd."
    remedy = "Zoek haar op met `GET /v1/indexatietoepassingen`."
