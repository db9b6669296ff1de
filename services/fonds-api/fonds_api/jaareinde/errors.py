from gemeengoed_kit.errors import Conflict, NotFound


class JaarafsluitingNietGevonden(NotFound):
    type, title = "jaarafsluiting-niet-gevonden", "Jaarafsluiting niet gevonden"
    meaning = "Dit jaar van dit fonds is niet afgesloten, het fonds is niet voor uw rol, of het resultaat heeft geen bestemming."
    remedy = "Zoek op wat is afgesloten met `GET /v1/jaarafsluitingen`."


class JaarAfgesloten(Conflict):
    type, title = "jaar-afgesloten", "Jaar afgesloten"
    meaning = "Dit jaar van het fonds is afgesloten: zijn begroting, verplichtingen en uitgaven veranderen niet meer."
    remedy = "Leg het vast in een jaar dat niet is afgesloten."


class JaarNietVoorbij(Conflict):
    type, title = "jaar-niet-voorbij", "Jaar niet voorbij"
    meaning = "Een jaar wordt pas afgesloten als het voorbij is."
    remedy = "Wacht tot na 31 december."


class VerplichtingenNogOpen(Conflict):
    type, title = "verplichtingen-nog-open", "Verplichtingen staan nog open"
    meaning = "Er staan nog verplichtingen van dit jaar open; het resultaat is dan niet te bepalen."
    remedy = (
        "Leg de uitgaven vast, laat vrijvallen wat niet meer nodig is, of hevel over wat doorloopt; `posten` noemt de posten."
    )


class VorigJaarNietAfgesloten(Conflict):
    type, title = "vorig-jaar-niet-afgesloten", "Vorig jaar niet afgesloten"
    meaning = "Op de baten en lasten staat nog iets van eerdere jaren."
    remedy = "Sluit eerst de eerdere jaren af."


class UitkeringTeHoog(Conflict):
    type, title = "uitkering-te-hoog", "Uitkering te hoog"
    meaning = "Er kan niet meer naar de deelnemers terug dan het positieve resultaat."
    remedy = "Verlaag `uitkerenCent`; een tekort komt ten laste van de reserve."


class GeenBijdragen(Conflict):
    type, title = "geen-bijdragen", "Geen bijdragen"
    meaning = "Over dit jaar zijn geen bijdragen vastgesteld, dus er is geen sleutel om mee uit te keren."
    remedy = "Voeg het resultaat toe aan de reserve, of stel eerst de bijdragen van dat jaar vast."


class BestemmingAlBesloten(Conflict):
    type, title = "bestemming-al-besloten", "Bestemming al besloten"
    meaning = "De bestemming van dit resultaat is vastgesteld, of wordt met een ander besluit of bedrag nagevraagd."
    remedy = "Vraag de bestemming op; na een weigering kan het opnieuw."
