from gemeengoed_kit.errors import Conflict, NotFound


class ImpactanalyseNietGevonden(NotFound):
    type, title = "impactanalyse-niet-gevonden", "Impactanalyse niet gevonden"
    meaning = "Deze voorziening heeft geen impactanalyse met dit nummer."
    remedy = "Zoek haar op met `GET /v1/voorzieningen/{code}/impactanalyses`."


class ImpactanalyseKanNiet(Conflict):
    type, title = "impactanalyse-kan-niet", "Impactanalyse kan niet"
    meaning = "Een impactanalyse berust op een of meer afgeronde pilots van deze voorziening, en is van vandaag of eerder."
    remedy = "Verbeter wat `invalidParams` noemt; rond eerst een pilot af, met resultaten."
