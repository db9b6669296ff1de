from gemeengoed_kit.errors import Forbidden, NotFound


class OnbekendeAfnemer(NotFound):
    type, title = "onbekende-afnemer", "Onbekende afnemer"


class AndereAfnemer(Forbidden):
    type, title = "andere-afnemer", "Deze gemeente is een andere organisatie"
