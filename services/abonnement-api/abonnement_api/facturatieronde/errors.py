from gemeengoed_kit.errors import Conflict, NotFound


class FacturatierondeNietGevonden(NotFound):
    type, title = "facturatieronde-niet-gevonden", "Facturatieronde niet gevonden"
    meaning = "Voor dit jaar is geen facturatieronde aangevraagd."
    remedy = "Vraag haar aan met `POST /v1/facturatierondes`."


class AnderTarief(Conflict):
    type, title = "ander-tarief", "Ronde heeft een ander tarief"
    meaning = "De ronde van dit jaar is met een ander tariefbesluit aangevraagd."
    remedy = "Laat het tariefbesluit weg, of noem dat van de ronde. Een ronde die nog wacht, kan worden afgewezen."


class AndereFactuurdatum(Conflict):
    type, title = "andere-factuurdatum", "Ronde heeft een andere factuurdatum"
    meaning = "De ronde van dit jaar is met een andere factuurdatum aangevraagd."
    remedy = "Facturen wijzigen niet; laat de factuurdatum weg, of noem die van de ronde."


class OnmogelijkeFactuurdatum(Conflict):
    type, title = "onmogelijke-factuurdatum", "Factuurdatum past niet bij de ronde"
    meaning = "De factuurdatum ligt te ver voor het jaar van de ronde, of meer dan een jaar vooruit."
    remedy = "Kies een factuurdatum die bij de ronde past."


class GeenVoorstel(Conflict):
    type, title = "geen-voorstel", "Ronde heeft geen voorstel"
    meaning = "De ronde is aangevraagd voordat rondes een voorstel kregen."
    remedy = "Vraag haar opnieuw aan met `POST /v1/facturatierondes`."


class NietTeBeoordelen(Conflict):
    type, title = "ronde-niet-te-beoordelen", "Ronde wacht niet op een besluit"
    meaning = "De ronde heeft (nog) geen voorstel, of er is al over besloten; `detail` noemt haar status."
    remedy = "Wacht tot de ronde `voorgesteld` is; na een afwijzing of mislukking: vraag haar opnieuw aan."


class AnderVoorstel(Conflict):
    type, title = "ander-voorstel", "Ronde heeft een ander voorstel"
    meaning = "Het genoemde voorstel is niet dat van de ronde: zij is intussen opnieuw aangevraagd."
    remedy = "Bekijk het voorstel dat de ronde nu noemt."


class BuitenGrenzen(Conflict):
    type, title = "buiten-grenzen", "Ronde valt buiten haar grenzen"
    meaning = "Het voorstel valt buiten grenzen die in de goedkeuring niet zijn aanvaard; `grenzen` noemt ze."
    remedy = "Bekijk de overschrijdingen. Is het zo bedoeld, noem ze dan in `aanvaard`, met een toelichting; wijs anders af."


class VoorstelAchterhaald(Conflict):
    type, title = "voorstel-achterhaald", "Voorstel is achterhaald"
    meaning = "Sinds het voorstel is veranderd waar het op rust; `detail` noemt wat."
    remedy = "Wijs het af, of vraag na een mislukking de ronde opnieuw aan: dan komt er een nieuw voorstel."


class AndereRondeBezig(Conflict):
    type, title = "andere-ronde-bezig", "Er wordt een andere ronde gefactureerd"
    meaning = "Er wordt één ronde tegelijk gefactureerd, zodat niets dubbel wordt verrekend."
    remedy = "Wacht tot die ronde `gefactureerd` is."
