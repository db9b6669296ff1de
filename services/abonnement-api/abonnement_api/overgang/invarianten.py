"""What is kept of herindelingen: its tables never change, and the triggers that see to that."""

INVARIANTEN: dict[str, str] = {}
ONVERANDERLIJK = ("overgang", "overgangsbesluit", "overgangsdeel")
GRENDELS = (
    "overgang_bevroren",
    "overgang_niet_legen",
    "overgangsbesluit_bevroren",
    "overgangsbesluit_klopt",
    "overgangsbesluit_niet_legen",
    "overgangsbesluit_past",
    "overgangsdeel_bevroren",
    "overgangsdeel_niet_legen",
    "overgangsronde_blijft",
    "overgangsronde_niet_legen",
    "overgangsronde_vast",
)
