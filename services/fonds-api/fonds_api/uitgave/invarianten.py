"""What always holds of spending: a query each, that returns the violations."""

INVARIANTEN: dict[str, str] = {}
ONVERANDERLIJK = (
    "uitgave",
    "uitgavebetaling",
    "uitgavestorno",
)
GRENDELS = (
    "uitgave_verwerkt",
    "uitgavestorno_verwerkt",
    "uitgavebetaling_kan",
    "uitgave_bevroren",
    "uitgavebetaling_bevroren",
    "uitgavestorno_bevroren",
)
