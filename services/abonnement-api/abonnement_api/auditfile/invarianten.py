"""What is kept of the journal: its tables never change, and the triggers that see to that."""

INVARIANTEN: dict[str, str] = {}
ONVERANDERLIJK = ("journaalpost", "journaalregel")
GRENDELS = (
    "journaalpost_bevroren",
    "journaalpost_niet_legen",
    "journaalregel_bevroren",
    "journaalregel_niet_legen",
)
