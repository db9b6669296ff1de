from gemeengoed_kit.errors import Forbidden, NotFound


class AfnemerNietGevonden(NotFound):
    type, title = "afnemer-niet-gevonden", "Afnemer niet gevonden"
    meaning = "Van deze gemeente is niet vastgelegd welke organisatie zij is."
    remedy = "Er hoeft niets te worden verwijderd; zie `GET /v1/afnemers`."


class AndereAfnemer(Forbidden):
    type, title = "andere-afnemer", "Deze gemeente is een andere organisatie"
    meaning = "Uw contract noemt een gemeente die volgens deze dienst een andere organisatie is."
    remedy = "Laat de aanbieder het contract of de afnemer verbeteren."
