"""What always holds of bijdragen (F10): a query each, that returns the violations."""

INVARIANTEN = {
    "F10 the bijdragen of a round are its omslag, to the cent, and as many as it says": """
        SELECT r.id, o.bedrag_cent, sum(b.bedrag_cent) FROM bijdrageronde r JOIN omslag o USING (fonds, jaar) LEFT JOIN
        bijdrage b USING (fonds, jaar) GROUP BY r.id, o.bedrag_cent HAVING coalesce(sum(b.bedrag_cent), 0) <> CASE WHEN
        r.status = 'vastgesteld' THEN coalesce(o.bedrag_cent, r.totaal_cent) ELSE 0 END OR count(b.id) <> coalesce(r.aantal,
        0)""",
    "F10 a bijdrage by a rate is inhabitants times rate, rounded half up, less compensation": """
        SELECT b.id FROM bijdrage b JOIN omslag o USING (fonds, jaar) JOIN omslagvoorstel v ON v.id = o.voorstel WHERE v.vorm
        = 'tarief' AND b.bedrag_cent <> floor(0.001 * b.inwoners * v.tarieven_millicent[1] + 0.5) OR v.vorm = 'klasse' AND
        b.bruto_cent <> floor(0.001 * b.inwoners * v.tarieven_millicent[1 + (SELECT count(*) FROM unnest(v.grenzen) g WHERE g
        < b.inwoners)] + 0.5)""",
}
ONVERANDERLIJK = ("bijdrage",)
GRENDELS = (
    "bijdrage_klopt",
    "bijdrageronde_klopt",
    "bijdrage_bevroren",
    "bijdrage_niet_legen",
    "bijdrageronde_vast",
    "bijdrage_in_ronde",
)
