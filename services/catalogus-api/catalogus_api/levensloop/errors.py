from gemeengoed_kit.errors import Conflict, NotFound


class FaseovergangNietGevonden(NotFound):
    type, title = "faseovergang-niet-gevonden", "Faseovergang niet gevonden"
    meaning = "Deze voorziening heeft geen faseovergang met dit versienummer."
    remedy = "Zoek haar op met `GET /v1/voorzieningen/{code}/faseovergangen`."


class FaseovergangKanNiet(Conflict):
    type, title = "faseovergang-kan-niet", "Faseovergang kan niet"
    meaning = "Voor deze overgang ontbreekt een grond, of zij past niet bij de fase van nu; `invalidParams` noemt alles."
    remedy = (
        "Leg eerst vast wat ontbreekt: een pilot met resultaten, een positieve impactanalyse, of een besluit dat haar draagt."
    )
