"""What is kept of reminders: its tables never change, and the triggers that see to that."""

INVARIANTEN: dict[str, str] = {}
ONVERANDERLIJK = ("aanhouding", "herinnering", "herinneringsbeleid", "herinneringsregel", "opheffing")
GRENDELS = (
    "aanhouding_bevroren",
    "aanhouding_niet_legen",
    "aanhouding_van_gemeente",
    "herinnering_bevroren",
    "herinnering_heeft_regels",
    "herinnering_niet_legen",
    "herinneringsbeleid_bevroren",
    "herinneringsbeleid_niet_legen",
    "herinneringsregel_bevroren",
    "herinneringsregel_niet_legen",
    "herinneringsregel_past",
    "opheffing_bevroren",
    "opheffing_niet_legen",
)
