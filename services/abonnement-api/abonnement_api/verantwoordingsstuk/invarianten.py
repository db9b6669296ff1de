"""What is kept of what foundations account for: its tables never change, and the triggers that see to that."""

INVARIANTEN: dict[str, str] = {}
ONVERANDERLIJK = ("verantwoordingsbesluit", "verantwoordingsdocument", "verantwoordingsstuk")
GRENDELS = (
    "verantwoordingsbesluit_bevroren",
    "verantwoordingsbesluit_klopt",
    "verantwoordingsbesluit_niet_legen",
    "verantwoordingsdocument_bevroren",
    "verantwoordingsdocument_niet_legen",
    "verantwoordingsstuk_bevroren",
    "verantwoordingsstuk_klopt",
    "verantwoordingsstuk_niet_legen",
)
