from gemeengoed_kit.errors import Conflict, NotFound


class SteunNietGevonden(NotFound):
    type, title = "steun-niet-gevonden", "Steun niet gevonden"
    meaning = "Deze gemeente geeft hieraan geen steun."
    remedy = "Bekijk wie steun geeft met GET op dezelfde lijst."


class SteunKanNiet(Conflict):
    type, title = "steun-kan-niet", "Steun kan niet"
    meaning = "Steun is er voor een ingediend initiatief, of voor een voorziening in de fase initiatief."
    remedy = "Steun de voorziening die het werd, of doe mee aan haar pilot."
