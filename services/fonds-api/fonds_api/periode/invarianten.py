"""What always holds of periods (F7): a query each, that returns the violations."""

INVARIANTEN = {
    "F7 nothing was booked in a period after it was closed for good": """
        SELECT b.id FROM boeking b JOIN LATERAL (SELECT q.fonds, q.tot_en_met, q.versie, q.status FROM periode q WHERE q.fonds
        = b.fonds AND q.tot_en_met >= b.boekdatum ORDER BY q.tot_en_met LIMIT 1) p ON p.status = 'definitief_gesloten' JOIN
        periodestap s ON (s.fonds, s.tot_en_met, s.versie) = (p.fonds, p.tot_en_met, p.versie) WHERE b.geboekt_op > s.op""",
    "periods close in order": """
        SELECT p.fonds, p.tot_en_met FROM periode p JOIN periode q ON q.fonds = p.fonds AND q.tot_en_met < p.tot_en_met WHERE
        p.status = 'definitief_gesloten' AND q.status <> 'definitief_gesloten'""",
    "a period is in the state that its last step gave it": """
        SELECT p.fonds, p.tot_en_met FROM periode p LEFT JOIN periodestap s USING (fonds, tot_en_met, versie) WHERE
        coalesce(s.naar, 'open') <> p.status OR (s.naar IS NULL) <> (p.versie = 1)""",
}
ONVERANDERLIJK = ("periodestap",)
GRENDELS = (
    "boeking_periode_open",
    "periode_klopt",
    "periode_blijft",
    "periode_verklaard",
    "periodestap_gezet",
    "periodestap_bevroren",
)
