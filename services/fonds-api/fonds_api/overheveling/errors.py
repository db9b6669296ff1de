from gemeengoed_kit.errors import Conflict, NotFound


class OverhevelingNietGevonden(NotFound):
    type, title = "overheveling-niet-gevonden", "Overheveling niet gevonden"
    meaning = "Er is geen overheveling met deze identificatie, haar fonds is niet voor uw rol, of zij is niet vastgesteld."
    remedy = "Zoek haar op met `GET /v1/overhevelingen`."


class OverhevelingKloptNiet(Conflict):
    type, title = "overheveling-klopt-niet", "Overheveling klopt niet"
    meaning = "Een overheveling is van vrij budget van een post, of van wat er openstaat van een verplichting, niet van allebei."
    remedy = "Geef `verplichting`, of `budgetsoort` met `bedragCent`; alleen bij `btw` hoort geen prioriteit."
