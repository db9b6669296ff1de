"""What always holds of levies: a query each, that returns the violations."""

INVARIANTEN: dict[str, str] = {}
ONVERANDERLIJK = (
    "omslag",
    "omslagtoepassing",
    "omslagvoorstel",
)
GRENDELS = (
    "omslag_kan",
    "omslag_bevroren",
    "omslag_volledig",
    "omslagaanvraag_kan",
    "omslagaanvraag_blijft",
    "omslagtoepassing_kan",
    "omslagtoepassing_bevroren",
    "omslagvoorstel_volledig",
    "omslagvoorstel_kan",
    "omslagvoorstel_bevroren",
)
