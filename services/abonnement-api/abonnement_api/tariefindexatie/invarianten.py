"""What is kept of indexed decisions: its tables never change, and the triggers that see to that."""

INVARIANTEN: dict[str, str] = {}
ONVERANDERLIJK = ("tariefindexatiebevestiging", "tariefindexatieregel")
GRENDELS = (
    "tariefindexatie_begin",
    "tariefindexatie_blijft",
    "tariefindexatie_klopt",
    "tariefindexatie_niet_legen",
    "tariefindexatie_vooruit",
    "tariefindexatiebevestiging_bevroren",
    "tariefindexatiebevestiging_kan",
    "tariefindexatiebevestiging_niet_legen",
    "tariefindexatieregel_bevroren",
    "tariefindexatieregel_in_indexatie",
    "tariefindexatieregel_met_voorstel",
    "tariefindexatieregel_niet_legen",
)
