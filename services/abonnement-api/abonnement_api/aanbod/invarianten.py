"""What is kept of offers and answers: its tables never change, and the triggers that see to that."""

INVARIANTEN: dict[str, str] = {}
ONVERANDERLIJK = ("aanbodgemeente", "antwoord", "rappel")
GRENDELS = (
    "aanbod_blijft",
    "aanbod_niet_legen",
    "aanbod_vast",
    "aanbodgemeente_bevroren",
    "aanbodgemeente_in_aanbod",
    "aanbodgemeente_niet_legen",
    "antwoord_bevroren",
    "antwoord_klopt",
    "antwoord_niet_legen",
    "antwoord_op_aanbod",
    "rappel_bevroren",
    "rappel_niet_legen",
    "rappel_past",
)
