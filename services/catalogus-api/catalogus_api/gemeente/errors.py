from gemeengoed_kit.errors import Conflict, NotFound


class GemeenteNietGevonden(NotFound):
    type, title = "gemeente-niet-gevonden", "Gemeente niet gevonden"
    meaning = "Er is geen gemeente met deze code, ook geen opgeheven, of op de gevraagde dag nog niet."
    remedy = "Zoek de code op met `GET /v1/gemeenten`."


class OnbekendeGemeente(Conflict):
    type, title = "onbekende-gemeente", "Onbekende gemeente"
    meaning = "De gemeente (of het samenwerkingsverband) die de aanvraag noemt of waarvoor u handelt, bestaat op die dag niet."
    remedy = "Zoek de code op met `GET /v1/gemeenten?geldigOp=...`; wie is heringedeeld, heeft een opvolger."


class IdentificatiePastNiet(Conflict):
    type, title = "identificatie-past-niet", "Identificatie past niet"
    meaning = "De waarde kan niet de identificatie van deze gemeente zijn."
    remedy = "Neem de waarde over uit TOOI, het Handelsregister of het OIN-register; `invalidParams` noemt wat eraan mankeert."


class IdentificatieVanAnder(Conflict):
    type, title = "identificatie-van-andere-gemeente", "Identificatie is van een andere gemeente"
    meaning = "Een andere gemeente heeft deze identificatie al."
    remedy = "Ga bij de bron na van wie zij is; verbeter zo nodig eerst die van de andere gemeente."
