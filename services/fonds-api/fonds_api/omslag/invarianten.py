"""What always holds of levies: a query each, that returns the violations."""

INVARIANTEN: dict[str, str] = {}
ONVERANDERLIJK = (
    "omslag",
    "omslagvoorstel",
)
GRENDELS = (
    "omslag_kan",
    "omslag_bevroren",
    "omslagvoorstel_kan",
    "omslagvoorstel_bevroren",
)
