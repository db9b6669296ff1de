"""What is kept of delivery: its tables never change, and the triggers that see to that."""

INVARIANTEN: dict[str, str] = {}
ONVERANDERLIJK = ("bezorgstap", "bezorgwijze")
GRENDELS = (
    "bezorgstap_bevroren",
    "bezorgstap_niet_legen",
    "bezorgstap_volgt",
    "bezorgwijze_bevroren",
    "bezorgwijze_niet_legen",
)
