"""What always holds of what catalogus answered: a query each, that returns the violations."""

INVARIANTEN: dict[str, str] = {}
ONVERANDERLIJK = ("peilinggemeente",)
GRENDELS = (
    "peiling_blijft",
    "peiling_klopt",
    "gemeente_in_peiling",
    "peilinggemeente_klopt",
    "peilinggemeente_bevroren",
)
