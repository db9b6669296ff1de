from gemeengoed_kit.errors import Conflict, NotFound


class OpzeggingPastNiet(Conflict):
    type, title = "opzegging-past-niet", "Opzegging past niet"
    meaning = "Het abonnement is al opgezegd, overgegaan of voorbij, of kan dan niet eindigen; `invalidParams` noemt alles."
    remedy = "Zoek de mogelijke dagen op met `GET /v1/abonnementen/{id}/uittreden`."


class PakketwijzigingPastNiet(Conflict):
    type, title = "pakketwijziging-past-niet", "Pakketwijziging past niet"
    meaning = "Het abonnement kan op die dag geen ander pakket krijgen; `invalidParams` noemt alles."
    remedy = "Kies een 1 januari die nog komt, binnen het abonnement en na een eerdere wijziging."


class VerlengingPastNiet(Conflict):
    type, title = "verlenging-past-niet", "Verlenging past niet"
    meaning = "Het besluit past niet bij de abonnementen; `invalidParams` noemt alles."
    remedy = "Kies een latere laatste dag, en de dag waarop de abonnementen nu eindigen."


class VerlengingNietGevonden(NotFound):
    type, title = "verlenging-niet-gevonden", "Verlenging niet gevonden"
    meaning = "Er is geen verlenging met deze identificatie."
    remedy = "Zoek haar op met `GET /v1/verlengingen`."
