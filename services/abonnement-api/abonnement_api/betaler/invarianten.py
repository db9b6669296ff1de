"""What is kept of payers: its tables never change, and the triggers that see to that."""

INVARIANTEN: dict[str, str] = {}
ONVERANDERLIJK = ("betaalafspraak", "betaler")
GRENDELS = (
    "betaalafspraak_bevroren",
    "betaalafspraak_niet_legen",
    "betaler_bevroren",
    "betaler_niet_legen",
)
