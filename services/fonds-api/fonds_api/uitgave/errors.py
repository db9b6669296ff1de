from gemeengoed_kit.errors import Conflict, NotFound


class UitgaveNietGevonden(NotFound):
    type, title = "uitgave-niet-gevonden", "Uitgave niet gevonden"
    meaning = (
        "Er is geen uitgave met deze identificatie, of haar fonds is niet voor uw rol; of zij is niet betaald of gestorneerd."
    )
    remedy = "Zoek haar op met `GET /v1/uitgaven`; `betaling` en `storno` zeggen wat er van haar is."


class BoekdatumBuitenJaar(Conflict):
    type, title = "boekdatum-buiten-jaar", "Boekdatum buiten het jaar"
    meaning = "Een uitgave en haar storno drukken op het jaar van hun deel van de verplichting, en worden in dat jaar geboekt."
    remedy = "Kies een boekdatum in dat jaar, of het deel van een ander jaar."


class FactuurAlVerwerkt(Conflict):
    type, title = "factuur-al-verwerkt", "Factuur al verwerkt"
    meaning = "Deze factuur is op deze verplichting al als uitgave vastgelegd; `uitgave` is het pad daarvan."
    remedy = "Er hoeft niets meer te gebeuren. Was die uitgave verkeerd, storneer haar dan eerst."


class UitgaveAlGestorneerd(Conflict):
    type, title = "uitgave-al-gestorneerd", "Uitgave al gestorneerd"
    meaning = "Deze uitgave is gestorneerd; daar verandert niets meer aan."
    remedy = "Leg zo nodig een nieuwe uitgave vast."


class UitgaveAlBetaald(Conflict):
    type, title = "uitgave-al-betaald", "Uitgave al betaald"
    meaning = "De betaling van deze uitgave is al vastgelegd."
    remedy = "Er hoeft niets meer te gebeuren."
