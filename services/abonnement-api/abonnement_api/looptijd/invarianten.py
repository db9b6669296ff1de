"""What is kept of renewals: its tables never change, and the triggers that see to that."""

INVARIANTEN: dict[str, str] = {}
ONVERANDERLIJK = ("verlenging",)
GRENDELS = (
    "verlenging_bevroren",
    "verlenging_klopt",
    "verlenging_niet_legen",
)
