"""What always holds of the end of a year: a query each, that returns the violations."""

INVARIANTEN = {
    "what goes back of a resultaat is what was decided": """
        SELECT b.fonds, b.jaar FROM resultaatbestemming b LEFT JOIN resultaatuitkering u USING (fonds, jaar) GROUP BY b.fonds,
        b.jaar HAVING coalesce(sum(u.bedrag_cent), 0) <> CASE b.status WHEN 'vastgesteld' THEN b.uitkeren_cent ELSE 0 END""",
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
