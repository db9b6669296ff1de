from gemeengoed_kit.errors import Conflict, NotFound


class FacturatierondeNietGevonden(NotFound):
    type, title = "facturatieronde-niet-gevonden", "Facturatieronde niet gevonden"
    meaning = "Voor dit jaar is geen facturatieronde aangevraagd."
    remedy = "Vraag haar aan met `POST /v1/facturatierondes`."


class AnderTarief(Conflict):
    type, title = "ander-tarief", "Ronde heeft een ander tarief"
    meaning = "De ronde van dit jaar is met een ander tariefbesluit aangevraagd."
    remedy = "Facturen wijzigen niet; laat het tariefbesluit weg, of noem dat van de ronde."


class AndereFactuurdatum(Conflict):
    type, title = "andere-factuurdatum", "Ronde heeft een andere factuurdatum"
    meaning = "De ronde van dit jaar is met een andere factuurdatum aangevraagd."
    remedy = "Facturen wijzigen niet; laat de factuurdatum weg, of noem die van de ronde."


class OnmogelijkeFactuurdatum(Conflict):
    type, title = "onmogelijke-factuurdatum", "Factuurdatum past niet bij de ronde"
    meaning = "De factuurdatum ligt te ver voor het jaar van de ronde, of meer dan een jaar vooruit."
    remedy = "Kies een factuurdatum die bij de ronde past."


class GeenAbonnementen(Conflict):
    type, title = "geen-abonnementen", "Niemand heeft een abonnement"
    meaning = "Op de peildatum heeft geen gemeente een abonnement."
    remedy = "Meld gemeenten eerst aan met `POST /v1/collectieve-aanmeldingen`."


class GemeenteOnbekendOfLeeg(Conflict):
    type, title = "gemeente-zonder-inwoners", "Gemeente onbekend of zonder inwoners"
    meaning = "De catalogus kent van gemeenten met een abonnement geen inwoners op de peildatum."
    remedy = "Laat de catalogus aanvullen en vraag de ronde opnieuw aan."


class PakketZonderTarief(Conflict):
    type, title = "pakket-zonder-tarief", "Pakket zonder tarief"
    meaning = "Het tariefbesluit heeft geen tarief voor het pakket van een abonnement."
    remedy = "Leg een besluit vast met alle pakketten en vraag de ronde opnieuw aan."
