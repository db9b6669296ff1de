from gemeengoed_kit.errors import Conflict, NotFound


class MijlpaalNietGevonden(NotFound):
    type, title = "mijlpaal-niet-gevonden", "Mijlpaal niet gevonden"
    meaning = "Er is geen mijlpaal met deze identificatie, op de gevraagde dag nog niet, of u mag haar niet zien."
    remedy = "Zoek haar op met `GET /v1/mijlpalen`."


class MijlpaalBestaat(Conflict):
    type, title = "mijlpaal-bestaat", "Mijlpaal bestaat al"
    meaning = "Er is al een mijlpaal met deze identificatie."
    remedy = "Wijzig haar met `PATCH /v1/mijlpalen/{id}`, of geef de nieuwe een andere identificatie."


class OnsamenhangendeMijlpaal(Conflict):
    type, title = "onsamenhangende-mijlpaal", "Mijlpaal klopt niet met zichzelf"
    meaning = "De mijlpaal spreekt zichzelf tegen; `detail` noemt alles."
    remedy = "Verbeter soort, begin, eind en nauwkeurigheid."


class OnbekendeVoorziening(Conflict):
    type, title = "onbekende-voorziening", "Onbekende voorziening"
    meaning = "De mijlpaal noemt een voorziening die niet bestaat, of is gepubliceerd terwijl die nog concept is."
    remedy = "Zoek de code op met `GET /v1/voorzieningen`, of publiceer eerst de voorziening."


class OnbekendeMijlpaal(Conflict):
    type, title = "onbekende-mijlpaal", "Onbekende mijlpaal"
    meaning = "De mijlpaal hangt af van een mijlpaal die niet bestaat."
    remedy = "Leg eerst vast waarvan zij afhangt."


class AfhankelijkInEenKring(Conflict):
    type, title = "afhankelijk-in-een-kring", "Mijlpalen hangen in een kring van elkaar af"
    meaning = "De mijlpaal zou, langs andere mijlpalen, van zichzelf afhangen; `detail` noemt de kring."
    remedy = "Haal een van de afhankelijkheden in de kring weg."


class ConceptBlijftVerborgen(Conflict):
    type, title = "concept-blijft-verborgen", "Concept blijft verborgen"
    meaning = "Wat gepubliceerd is, wordt geen concept meer en hangt niet van een concept af."
    remedy = "Publiceer eerst waarvan zij afhangt; geef een mijlpaal die niet doorgaat de status `vervallen`."


class RoutekaartTeGroot(Conflict):
    type, title = "routekaart-te-groot", "Routekaart te groot"
    meaning = "Er zijn meer mijlpalen gevonden dan op één routekaart passen."
    remedy = "Vraag minder: een voorziening, een domein of een kortere tijd; `GET /v1/mijlpalen` geeft alles in pagina's."
