"""What always holds of begrotingen: a query each, that returns the violations."""

INVARIANTEN = {
    "a begroting has all its lines": """
        SELECT b.id FROM begroting b LEFT JOIN begrotingsregel r ON r.begroting = b.id GROUP BY b.id
        HAVING count(r.begroting) <> b.aantal_regels OR min(r.regelnummer) <> 1 OR max(r.regelnummer) <> b.aantal_regels""",
    "an adopted begroting has no open differences": """
        SELECT v.begroting, open FROM begrotingsvaststelling v JOIN begroting b ON b.id = v.begroting, unnest(b.onverklaard) open
        WHERE NOT EXISTS (SELECT FROM begrotingsaanvaarding a WHERE a.begroting = b.id AND a.verschil = open)""",
}
ONVERANDERLIJK = ("begroting", "begrotingsregel", "begrotingsaanvaarding", "begrotingsvaststelling")
GRENDELS = (
    "begroting_bevroren",
    "begroting_niet_legen",
    "begroting_volgt_op",
    "begroting_volledig",
    "begrotingsregel_bevroren",
    "begrotingsregel_niet_legen",
    "begrotingsregel_niet_erbij",
    "begrotingsaanvaarding_bevroren",
    "begrotingsaanvaarding_niet_legen",
    "begrotingsaanvaarding_kan",
    "begrotingsvaststelling_bevroren",
    "begrotingsvaststelling_niet_legen",
    "begrotingsvaststelling_kan",
)
