from gemeengoed_kit.errors import Conflict


class GeenDagen(Conflict):
    type, title = "geen-dagen", "Geen dagen"
    meaning = "`tot` ligt niet na `vanaf`; er zijn geen dagen om iets over te zeggen."
    remedy = "Geef als `tot` een latere dag; die hoort er zelf niet meer bij."
