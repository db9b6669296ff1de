"""What always holds of indexation (A7): a query each, that returns the violations."""

INVARIANTEN = {
    "A7 an amount goes on with what the year before gave": """
        SELECT t.id FROM indexatietoepassing t LEFT JOIN indexatietoepassing v ON v.id = t.vorige WHERE t.vorige IS NOT NULL
        AND (v.nieuw, v.bron, v.pad) IS DISTINCT FROM (t.oud, t.bron, t.pad) OR v.jaar >= t.jaar""",
}
ONVERANDERLIJK = (
    "indexreeks",
    "indexcijfer",
    "indexclausule",
    "indexclausuleonderdeel",
    "indexatie",
    "indexatiegegeven",
    "indexatietoepassing",
)
GRENDELS = (
    "indexcijfer_volgt_op",
    "indexclausuleonderdeel_niet_erbij",
    "indexclausule_volledig",
    "indexatie_volgt_op",
    "indexatiegegeven_niet_erbij",
    "indexatie_volledig",
    "toepassing_sluit_aan",
    "indexreeks_bevroren",
    "indexreeks_niet_legen",
    "indexcijfer_bevroren",
    "indexcijfer_niet_legen",
    "indexclausule_bevroren",
    "indexclausule_niet_legen",
    "indexclausuleonderdeel_bevroren",
    "indexclausuleonderdeel_niet_legen",
    "indexatie_bevroren",
    "indexatie_niet_legen",
    "indexatiegegeven_bevroren",
    "indexatiegegeven_niet_legen",
    "indexatietoepassing_bevroren",
    "indexatietoepassing_niet_legen",
)
