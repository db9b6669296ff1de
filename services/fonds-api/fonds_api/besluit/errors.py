from gemeengoed_kit.errors import Conflict, Forbidden


class BesluitDraagtNiet(Conflict):
    type, title = "besluit-draagt-niet", "Besluit draagt dit niet"
    meaning = "Het besluit is niet positief, niet van het gremium dat hierover gaat, geen kaderbesluit, of van een latere dag."
    remedy = "Vraag opnieuw aan met een besluit dat het wel draagt; `detail` zegt wat eraan schort."


class GeenGrondslag(Conflict):
    type, title = "geen-grondslag", "Geen besluit dat het toestaat"
    meaning = "Volgens de catalogus is er geen besluit van kracht waarop een verplichting voor deze voorziening kan rusten."
    remedy = "Leg eerst het besluit vast in de catalogus, en ga de verplichting dan opnieuw aan."


class GremiumNietBevoegd(Forbidden):
    type, title = "gremium-niet-bevoegd", "Gremium niet bevoegd"
    meaning = "Dit is aan een ander gremium."
    remedy = "Laat het doen met een contract met de rol die `detail` noemt."
