from gemeengoed_kit.errors import Conflict, Forbidden, NotFound


class FondsNietGevonden(NotFound):
    type, title = "fonds-niet-gevonden", "Fonds niet gevonden"


class OnbekendFonds(Conflict):
    type, title = "onbekend-fonds", "Onbekend fonds"


class FondsNietToegestaan(Forbidden):
    type, title = "fonds-niet-toegestaan", "Boeken in dit fonds is niet toegestaan"
