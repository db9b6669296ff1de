from gemeengoed_kit.errors import Conflict, NotFound


class AanbodNietGevonden(NotFound):
    type, title = "aanbod-niet-gevonden", "Aanbod niet gevonden"
    meaning = "Er is geen aanbod met deze code."
    remedy = "Zoek het op met `GET /v1/aanbiedingen`."


class AanbodBestaat(Conflict):
    type, title = "aanbod-bestaat", "Aanbod bestaat al"
    meaning = "Er is al een aanbod met deze code, met een andere inhoud."
    remedy = "Een aanbod wijzigt niet; geef het nieuwe een andere code."


class OnsamenhangendAanbod(Conflict):
    type, title = "onsamenhangend-aanbod", "Aanbod klopt niet met zichzelf"
    meaning = "Het aanbod spreekt zichzelf tegen; `invalidParams` noemt alles."
    remedy = "Verbeter de dagen, de pakketten en de voorwaarden."


class AanbodNietOpen(Conflict):
    type, title = "aanbod-niet-open", "Aanbod is niet open"
    meaning = "Het aanbod is nog niet opengesteld, of dat is mislukt."
    remedy = "Zoek de status op met `GET /v1/aanbiedingen/{code}`."


class GemeenteBuitenAanbod(Conflict):
    type, title = "gemeente-buiten-aanbod", "Gemeente hoort niet bij dit aanbod"
    meaning = "Het aanbod geldt niet voor deze gemeente, of zij is niet de uwe."
    remedy = "Zoek op voor wie het geldt met `GET /v1/aanbiedingen/{code}/gemeenten`."


class AntwoordPastNiet(Conflict):
    type, title = "antwoord-past-niet", "Antwoord past niet"
    meaning = "Het antwoord past niet bij het aanbod, of een dag kan niet; `invalidParams` noemt alles."
    remedy = "Verbeter wat `invalidParams` noemt."


class AanbodOndertekend(Conflict):
    type, title = "aanbod-ondertekend", "Aanbod is al ondertekend"
    meaning = "De gemeente heeft dit aanbod al ondertekend; een handtekening wijzigt niet."
    remedy = "Zeg het abonnement op als het moet eindigen."


class AanbodgemeenteNietGevonden(NotFound):
    type, title = "aanbodgemeente-niet-gevonden", "Gemeente niet gevonden in dit aanbod"
    meaning = "Het aanbod geldt niet voor deze gemeente, of zij is niet de uwe."
    remedy = "Zoek op voor wie het geldt met `GET /v1/aanbiedingen/{code}/gemeenten`."
