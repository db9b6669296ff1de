from gemeengoed_kit.errors import Conflict, NotFound


class NietsTeVerdelen(Conflict):
    type, title = "niets-te-verdelen", "Niets te verdelen"
    meaning = "Alles wat tot en met die dag op facturen is ontvangen, is al verdeeld."
    remedy = "Lees eerst een nieuw bankafschrift in, of kies een latere dag."


class VerdelingNietGevonden(NotFound):
    type, title = "verdeling-niet-gevonden", "Verdeling niet gevonden"
    meaning = "Er is geen verdeling met deze identificatie, of er is niets van u bij."
    remedy = "Zoek haar op met `GET /v1/verdelingen`."


class VerdelingAlVoorgesteld(Conflict):
    type, title = "verdeling-al-voorgesteld", "Er staat een verdeling open"
    meaning = "Een eerdere verdeling is voorgesteld en nog niet vastgesteld of afgewezen; `verdeling` is haar pad."
    remedy = "Laat haar vaststellen, of wijs haar af en stel opnieuw voor."


class VerdelingAlBesloten(Conflict):
    type, title = "verdeling-al-besloten", "Over de verdeling is al besloten"
    meaning = "De verdeling is al vastgesteld of afgewezen; dat verandert niet meer."
    remedy = "Is zij afgewezen, stel dan een nieuwe voor."


class VerdelingAchterhaald(Conflict):
    type, title = "verdeling-achterhaald", "De verdeling is achterhaald"
    meaning = "Sinds het voorstel is er iets ontvangen, gekoppeld of teruggegaan; vastgesteld wordt alleen wat is voorgesteld."
    remedy = "Wijs haar af en stel een nieuwe voor."
