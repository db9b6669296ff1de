"""What is kept of gemeenten that were asked for: its tables never change, and the triggers that see to that."""

INVARIANTEN: dict[str, str] = {}
ONVERANDERLIJK = ("gemeentepeilingregel",)
GRENDELS = (
    "gemeentepeiling_begint",
    "gemeentepeiling_blijft",
    "gemeentepeiling_klopt",
    "gemeentepeiling_niet_legen",
    "gemeentepeilingregel_bevroren",
    "gemeentepeilingregel_niet_legen",
    "regel_in_peiling",
)
