from gemeengoed_kit.errors import Conflict, NotFound


class InkooptrajectNietGevonden(NotFound):
    type, title = "inkooptraject-niet-gevonden", "Inkooptraject niet gevonden"
    meaning = "Er is geen inkooptraject met deze code, of u doet er niet aan mee."
    remedy = "Zoek de trajecten op met `GET /v1/inkooptrajecten`."


class PostNietGevonden(NotFound):
    type, title = "inkooppost-niet-gevonden", "Post niet gevonden"
    meaning = "Dit traject heeft geen post met dit nummer, of zij is niet van u."
    remedy = "Zoek haar op met `GET /v1/inkooptrajecten/{code}/posten`."


class AfrekeningNietGevonden(NotFound):
    type, title = "inkoopafrekening-niet-gevonden", "Afrekening niet gevonden"
    meaning = "Dit traject heeft geen afrekening met dit nummer."
    remedy = "Zoek haar op met `GET /v1/inkooptrajecten/{code}/afrekeningen`."


class TrajectAfgesloten(Conflict):
    type, title = "inkooptraject-afgesloten", "Inkooptraject afgesloten"
    meaning = "Dit traject is kostenneutraal afgesloten; er verandert niets meer aan."
    remedy = "Begin een nieuw traject."


class SleutelPastNiet(Conflict):
    type, title = "sleutel-past-niet", "Sleutel past niet"
    meaning = "Bij de sleutel `inwoners` hoort een peildatum en bij andere niet; bij gelijke delen is elk gewicht 1."
    remedy = "Verbeter wat `detail` noemt."


class DeelnemerPastNiet(Conflict):
    type, title = "deelnemer-past-niet", "Deelnemer past niet"
    meaning = "Wie al meedoet, treedt niet nog eens toe; wie niet meedoet, treedt niet uit en krijgt geen ander gewicht."
    remedy = "Kijk in `GET /v1/inkooptrajecten/{code}/deelnemers` wie er nu meedoen."


class OnbekendeDeelnemer(Conflict):
    type, title = "onbekende-deelnemer", "Onbekende deelnemer"
    meaning = "Van deze deelnemer is in dit traject niets afgerekend."
    remedy = "Kijk in `GET /v1/inkooptrajecten/{code}/deelnemers` wie er meedoen of meededen."


class PostPastNiet(Conflict):
    type, title = "inkooppost-past-niet", "Post past niet"
    meaning = "Een ontvangst en een teruggave zijn van een deelnemer en andere posten niet; alleen kosten hebben een kostensoort."
    remedy = "Verbeter wat `invalidParams` noemt."


class MeerDanOpenstaat(Conflict):
    type, title = "meer-dan-openstaat", "Meer dan openstaat"
    meaning = "Er staat minder open dan wordt ontvangen, teruggegeven of afgelost; `openCent` zegt hoeveel."
    remedy = "Boek hoogstens wat openstaat, of reken eerst af."


class KasTekort(Conflict):
    type, title = "kas-tekort", "Te weinig in kas"
    meaning = "Er is voor dit traject minder in kas dan wordt uitgegeven; `kasCent` zegt hoeveel."
    remedy = "Leg eerst de voorfinanciering of de ontvangst vast."


class NietsAfTeRekenen(Conflict):
    type, title = "niets-af-te-rekenen", "Niets af te rekenen"
    meaning = "Sinds de vorige afrekening is voor niemand iets veranderd, of er zijn nog geen kosten."
    remedy = "Leg eerst kosten vast, of wie er meedoen."


class GeenDeelnemers(Conflict):
    type, title = "geen-deelnemers", "Geen deelnemers"
    meaning = "Er zijn kosten, maar niemand doet mee om ze te dragen."
    remedy = "Leg eerst vast wie er meedoen."


class NietKostenneutraal(Conflict):
    type, title = "niet-kostenneutraal", "Niet kostenneutraal"
    meaning = (
        "Een traject sluit pas als alles is afgerekend, ontvangen en afgelost, tot op de cent; `open` noemt wat er nog staat."
    )
    remedy = "Handel af wat `open` noemt."


class MachtigingNodig(Conflict):
    type, title = "machtiging-nodig", "Machtiging van een ander nodig"
    meaning = (
        "Vanaf het bedrag van het fonds van het traject (`vierOgenVanafCent`) wordt een post pas geboekt of teruggenomen als een "
        "ander daartoe heeft gemachtigd; `vanafCent` is dat bedrag."
    )
    remedy = "Laat een ander (bijvoorbeeld het bestuur) machtigen, en noem in `machtiging` het nummer."


class MachtigingPastNiet(Conflict):
    type, title = "machtiging-past-niet", "Machtiging past niet"
    meaning = (
        "De machtiging is er niet, is gebruikt of verlopen, is van uzelf (dezelfde rol van dezelfde organisatie, of hetzelfde "
        "contract), of is voor een andere soort, een ander bedrag of een andere deelnemer."
    )
    remedy = "Kijk in `GET /v1/inkooptrajecten/{code}/machtigingen`, of laat een ander opnieuw machtigen."


class MachtigingNietGevonden(NotFound):
    type, title = "machtiging-niet-gevonden", "Machtiging niet gevonden"
    meaning = "Dit traject heeft geen machtiging met dit nummer."
    remedy = "Zoek haar op met `GET /v1/inkooptrajecten/{code}/machtigingen`."


class PostAlGestorneerd(Conflict):
    type, title = "inkooppost-al-gestorneerd", "Post al gestorneerd"
    meaning = "Een post wordt hoogstens één keer teruggenomen, en een storno zelf niet."
    remedy = "Boek wat het wel moet zijn als nieuwe post."
