"""What always holds of nota's and what is open: a query each, that returns the violations."""

INVARIANTEN = {
    "nota's are numbered from 1 without a gap": """
        SELECT fonds, jaar, count(*), max(nummer) FROM nota GROUP BY 1, 2 HAVING count(*) <> max(nummer) OR min(nummer) <> 1""",
    "every nota and receipt is booked, for its amount": """
        SELECT d.pad FROM (SELECT fonds, '/v1/notas/' || id AS pad, bedrag_cent FROM nota UNION ALL SELECT fonds,
        '/v1/ontvangsten/' || id, -bedrag_cent FROM ontvangst) d LEFT JOIN boeking b ON (b.fonds, b.bron, b.pad) = (d.fonds,
        'fonds', d.pad) LEFT JOIN boekingsregel r ON r.boeking = b.id AND r.rekening = '1300' WHERE r.bedrag_cent IS DISTINCT
        FROM d.bedrag_cent""",
    "what is open is the balance of 1300": """
        SELECT fonds, sum(cent) FROM (SELECT fonds, bedrag_cent AS cent FROM nota UNION ALL SELECT fonds, -bedrag_cent FROM
        ontvangst UNION ALL SELECT r.fonds, -r.bedrag_cent FROM boekingsregel r JOIN boeking b ON b.id = r.boeking WHERE
        r.rekening = '1300' AND b.bron = 'fonds' AND b.pad ~ '^/v1/(notas|ontvangsten)/') posten GROUP BY fonds HAVING
        sum(cent) <> 0""",
    "a nota has no more open than it is, and a creditnota no less": """
        SELECT id, nota_open(id) FROM nota WHERE betreft IS NULL AND CASE soort WHEN 'nota' THEN nota_open(id) > bedrag_cent
        ELSE nota_open(id) NOT BETWEEN bedrag_cent AND 0 END""",
}
ONVERANDERLIJK = ("nota",)
GRENDELS = (
    "nota_kan",
    "nota_geboekt",
    "nota_bevroren",
)
