from gemeengoed_kit.errors import Conflict, NotFound


class BoekingNietGevonden(NotFound):
    type, title = "boeking-niet-gevonden", "Boeking niet gevonden"


class NietInEvenwicht(Conflict):
    type, title = "boeking-niet-in-evenwicht", "Boeking niet in evenwicht"


class OnbekendeRekening(Conflict):
    type, title = "onbekende-rekening", "Onbekende rekening"


class BrondocumentAlGeboekt(Conflict):
    type, title = "brondocument-al-geboekt", "Brondocument al geboekt"
