from gemeengoed_kit.errors import Conflict, NotFound


class BezorgingNietGevonden(NotFound):
    type, title = "bezorging-niet-gevonden", "Bezorging niet gevonden"
    meaning = "Er is geen factuur of creditnota met dit nummer, of zij is niet van u of niet voor u om te bezorgen."
    remedy = "Zoek haar op met `GET /v1/bezorgingen`."


class NietTeBezorgen(Conflict):
    type, title = "niet-te-bezorgen", "Nog niet te bezorgen"
    meaning = "Iets houdt tegen dat dit stuk wordt bezorgd; `belemmeringen` zegt wat."
    remedy = "Leg vast wat ontbreekt, en probeer het opnieuw."


class StapPastNiet(Conflict):
    type, title = "stap-past-niet", "Stap past niet bij de bezorging"
    meaning = "Dit kan niet volgen op wat er met dit stuk al is gebeurd, of het gaat over een eerdere poging; `detail` zegt wat."
    remedy = "Vraag de bezorging op en kijk naar `status`, `wijze` en `bericht`."


class BezorgwijzenKloppenNiet(Conflict):
    type, title = "bezorgwijzen-kloppen-niet", "Bezorgwijzen kloppen niet"
    meaning = "Een gemeente staat er meer dan eens in; `detail` noemt alle."
    remedy = "Geef elke gemeente één keer."
