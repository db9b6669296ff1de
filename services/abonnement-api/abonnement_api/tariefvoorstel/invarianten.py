"""What is kept of price proposals: its tables never change, and the triggers that see to that."""

INVARIANTEN: dict[str, str] = {}
ONVERANDERLIJK: tuple[str, ...] = ()
GRENDELS = (
    "tariefvoorstel_blijft",
    "tariefvoorstel_niet_legen",
    "tariefvoorstel_vast",
)
