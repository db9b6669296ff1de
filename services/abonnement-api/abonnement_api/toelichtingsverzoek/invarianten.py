"""What is kept of requests for explanation: its tables never change, and the triggers that see to that."""

INVARIANTEN: dict[str, str] = {}
ONVERANDERLIJK = ("toelichting", "toelichtingspublicatie", "toelichtingsverzoek")
GRENDELS = (
    "toelichting_bevroren",
    "toelichting_niet_legen",
    "toelichtingspublicatie_bevroren",
    "toelichtingspublicatie_niet_legen",
    "toelichtingsverzoek_bevroren",
    "toelichtingsverzoek_klopt",
    "toelichtingsverzoek_niet_legen",
)
