from gemeengoed_kit.errors import Conflict, NotFound


class VerplichtingNietGevonden(NotFound):
    type, title = "verplichting-niet-gevonden", "Verplichting niet gevonden"
    meaning = "Er is geen verplichting met deze identificatie, of haar fonds is niet voor uw rol."
    remedy = "Zoek haar op met `GET /v1/verplichtingen`."


class OnbekendeVerplichting(Conflict):
    type, title = "onbekende-verplichting", "Onbekende verplichting"
    meaning = "De aanvraag noemt een verplichting die niet bestaat, of waarvan het fonds niet voor uw rol is."
    remedy = "Zoek haar op met `GET /v1/verplichtingen`."


class VerplichtingNietAangegaan(Conflict):
    type, title = "verplichting-niet-aangegaan", "Verplichting niet aangegaan"
    meaning = "De verplichting is nog niet aangegaan, of geweigerd: er kan niets op worden uitgegeven en niets uit vrijvallen."
    remedy = "Wacht tot `status` `aangegaan` is; een geweigerde verplichting gaat u opnieuw aan."


class DelenKloppenNiet(Conflict):
    type, title = "delen-kloppen-niet", "Delen kloppen niet"
    meaning = "Een verplichting heeft voor elk jaar één deel."
    remedy = "Tel de bedragen van een jaar op tot één deel; `invalidParams` noemt de jaren die dubbel zijn."


class DeelReiktNiet(Conflict):
    type, title = "deel-reikt-niet", "Verplichting reikt niet"
    meaning = "Er staat van dit jaar niet zoveel open van de verplichting, of er is geen deel van dit jaar, of het bedrag is nul."
    remedy = "`openCent` en `openBtwCent` zeggen wat er openstaat. Voor meer gaat u nog een verplichting aan."
