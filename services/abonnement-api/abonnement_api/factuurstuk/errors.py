from gemeengoed_kit.errors import Conflict


class NogNietOpgemaakt(Conflict):
    type, title = "nog-niet-opgemaakt", "Factuur is nog niet opgemaakt"
    meaning = (
        "Van deze factuur bestaan nog geen documenten; `belemmeringen` zegt waarom. Is de lijst leeg, dan komen zij vanzelf."
    )
    remedy = "Leg vast wat ontbreekt; daarna worden de documenten vanzelf opgemaakt."
