from gemeengoed_kit.errors import Conflict, NotFound


class FacturatierondeNietGevonden(NotFound):
    type, title = "facturatieronde-niet-gevonden", "Facturatieronde niet gevonden"


class AnderTarief(Conflict):
    type, title = "ander-tarief", "Ronde heeft een ander tarief"


class AndereFactuurdatum(Conflict):
    type, title = "andere-factuurdatum", "Ronde heeft een andere factuurdatum"


class OnmogelijkeFactuurdatum(Conflict):
    type, title = "onmogelijke-factuurdatum", "Factuurdatum past niet bij de ronde"


class GeenAbonnementen(Conflict):
    type, title = "geen-abonnementen", "Niemand heeft een abonnement"


class GemeenteOnbekendOfLeeg(Conflict):
    type, title = "gemeente-zonder-inwoners", "Gemeente onbekend of zonder inwoners"


class PakketZonderTarief(Conflict):
    type, title = "pakket-zonder-tarief", "Pakket zonder tarief"
