from gemeengoed_kit.errors import Forbidden, NotFound


class AfnemerNietGevonden(NotFound):
    type, title = "afnemer-niet-gevonden", "Afnemer niet gevonden"


class AndereAfnemer(Forbidden):
    type, title = "andere-afnemer", "Deze gemeente is een andere organisatie"
