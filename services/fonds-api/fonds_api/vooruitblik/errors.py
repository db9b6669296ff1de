from gemeengoed_kit.errors import NotFound


class VooruitblikNietGevonden(NotFound):
    type, title = "vooruitblik-niet-gevonden", "Vooruitblik niet gevonden"
    meaning = "Voor dit fonds en jaar is er (nog) geen omslag die u mag zien, of uw gemeente draagt niet bij."
    remedy = "Zoek met `GET /v1/omslagen` van welke jaren er een omslag is."
