"""What always holds of the end of a year: a query each, that returns the violations."""

INVARIANTEN = {
    "what goes back of a resultaat is what was decided": """
        SELECT b.fonds, b.jaar FROM resultaatbestemming b LEFT JOIN resultaatuitkering u USING (fonds, jaar) GROUP BY b.fonds,
        b.jaar HAVING coalesce(sum(u.bedrag_cent), 0) <> CASE b.status WHEN 'vastgesteld' THEN b.uitkeren_cent ELSE 0 END""",
    "a closed year has the baten and lasten of its ledger": """
        SELECT j.fonds, j.jaar FROM jaarafsluiting j LEFT JOIN boeking b ON b.fonds = j.fonds AND b.boekdatum BETWEEN
        make_date(j.jaar, 1, 1) AND make_date(j.jaar, 12, 31) AND b.id IS DISTINCT FROM j.boeking LEFT JOIN boekingsregel l ON
        l.boeking = b.id LEFT JOIN rekening r ON (r.fonds, r.nummer) = (l.fonds, l.rekening) GROUP BY j.fonds, j.jaar HAVING
        (coalesce(-sum(l.bedrag_cent) FILTER (WHERE r.soort = 'baten'), 0), coalesce(sum(l.bedrag_cent) FILTER (WHERE r.soort =
        'lasten'), 0)) <> (CAST(j.baten_cent AS numeric), CAST(j.lasten_cent AS numeric))""",
}
ONVERANDERLIJK = (
    "jaarafsluiting",
    "resultaatuitkering",
)
GRENDELS = (
    "jaarafsluiting_kan",
    "resultaatbestemming_kan",
    "resultaatbestemming_klopt",
    "resultaatbestemming_geboekt",
    "resultaatuitkering_klopt",
    "jaarafsluiting_bevroren",
)
