"""What always holds of witnesses: a query each, that returns the violations."""

INVARIANTEN = {
    "a gemeente has one key at a time": """
        SELECT g.gemeentecode, count(*) FROM getuige g WHERE NOT EXISTS (SELECT FROM getuige v WHERE v.vorige = g.id)
        GROUP BY g.gemeentecode HAVING count(*) > 1""",
    "a name is of one gemeente": "SELECT naam FROM getuige GROUP BY naam HAVING count(DISTINCT gemeentecode) > 1",
}
ONVERANDERLIJK = ("getuige", "getuige_intrekking", "medeondertekening")
GRENDELS = (
    "getuige_bevroren",
    "getuige_niet_legen",
    "getuige_volgt",
    "getuige_intrekking_bevroren",
    "getuige_intrekking_niet_legen",
    "medeondertekening_bevroren",
    "medeondertekening_niet_legen",
)
