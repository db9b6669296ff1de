from gemeengoed_kit.errors import NotFound


class VoorzieningNietGevonden(NotFound):
    type, title = "voorziening-niet-gevonden", "Voorziening niet gevonden"
