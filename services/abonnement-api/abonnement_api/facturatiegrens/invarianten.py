"""What is kept of bounds of rounds: its tables never change, and the triggers that see to that."""

INVARIANTEN: dict[str, str] = {}
ONVERANDERLIJK = ("facturatiegrens",)
GRENDELS = (
    "facturatiegrens_bevroren",
    "facturatiegrens_niet_legen",
)
