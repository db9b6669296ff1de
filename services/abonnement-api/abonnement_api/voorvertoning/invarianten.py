"""What is kept of previews: its tables never change, and the triggers that see to that."""

INVARIANTEN: dict[str, str] = {}
ONVERANDERLIJK = ("voorvertoningsregel",)
GRENDELS = (
    "voorvertoning_begint",
    "voorvertoning_blijft",
    "voorvertoning_klopt",
    "voorvertoning_niet_legen",
    "voorvertoning_vast",
    "voorvertoningsregel_bevroren",
    "voorvertoningsregel_bij",
    "voorvertoningsregel_niet_legen",
)
