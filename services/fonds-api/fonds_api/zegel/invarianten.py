"""What always holds of the logs, as far as a query can tell; `nagaan` recomputes them."""

INVARIANTEN = {
    "every boeking has a leaf or waits for one, and not both": """
        SELECT b.id, l.nummer FROM boeking b LEFT JOIN blad l ON l.boeking = b.id LEFT JOIN onverzegeld o ON o.boeking = b.id
        WHERE (l.boeking IS NULL) = (o.boeking IS NULL)""",
    "what waits for a leaf is a boeking, as it is": """
        SELECT o.boeking FROM onverzegeld o LEFT JOIN boeking b ON (b.id, b.fonds, b.volgnummer, b.boekdatum, b.aantal_regels) =
        (o.boeking, o.fonds, o.volgnummer, o.boekdatum, o.aantal_regels) WHERE b.id IS NULL""",
    "a leaf is of a boeking of its fonds": """
        SELECT l.fonds, l.nummer FROM blad l LEFT JOIN boeking b ON (b.id, b.fonds) = (l.boeking, l.fonds) WHERE b.id IS NULL""",
}
ONVERANDERLIJK = ("blad", "knoop", "zegelsleutel", "checkpoint")
GRENDELS = (
    "boeking_onverzegeld",
    "blad_bevroren",
    "blad_niet_legen",
    "knoop_bevroren",
    "knoop_niet_legen",
    "zegelsleutel_bevroren",
    "zegelsleutel_niet_legen",
    "zegelsleutel_volgt",
    "checkpoint_bevroren",
    "checkpoint_niet_legen",
    "checkpoint_volgt",
)
