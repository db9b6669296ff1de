from gemeengoed_kit.errors import Conflict, NotFound


class HerindelingPastNiet(Conflict):
    type, title = "herindeling-past-niet", "Herindeling past niet"
    meaning = "De gevraagde wijziging past niet bij de gemeenten, dagen en inwonertallen die hier staan."
    remedy = "Verbeter wat `invalidParams` noemt; `POST /v1/herindelingen/voorbeeld` laat zien wat een wijziging doet."


class IndelingswijzigingNietGevonden(NotFound):
    type, title = "indelingswijziging-niet-gevonden", "Indelingswijziging niet gevonden"
    meaning = "Er is hier geen wijziging van de indeling vastgelegd met deze identificatie."
    remedy = "Zoek de herindeling op met `GET /v1/herindelingen`; `wijziging` noemt haar identificatie."
