"""What always holds of credit notes (A2, A3): a query each, that returns the violations."""

INVARIANTEN = {
    "A2 numbers of credit notes have no gap and no double": """
        SELECT jaar FROM creditnota FULL JOIN creditnummering USING (jaar) GROUP BY jaar, laatste
        HAVING min(volgnummer) <> 1 OR max(volgnummer) <> count(volgnummer)
            OR laatste IS DISTINCT FROM coalesce(max(volgnummer), 0)""",
    "A3 a credit note is the sum of its lines, and together they are no more than a line of the invoice": """
        SELECT nummer FROM creditnota WHERE bedrag_cent IS DISTINCT FROM (
            SELECT sum(bedrag_cent) FROM creditnotaregel WHERE creditnota = nummer)
        UNION ALL SELECT factuur FROM factuurregelstand WHERE gecrediteerd_cent > gefactureerd_cent""",
}
DOCUMENTEN = "SELECT '/v1/creditnotas/' || nummer, bedrag_cent FROM creditnota"
ONVERANDERLIJK = ("creditnota", "creditnotaregel")
GRENDELS = (
    "creditnummering_verse_blik",
    "creditnota_verse_blik",
    "creditnota_bevroren",
    "creditnota_niet_legen",
    "creditnota_klopt",
    "creditnotaregel_bevroren",
    "creditnotaregel_niet_legen",
    "creditnotaregel_past",
    "creditnummering_blijft",
    "creditnummering_niet_legen",
    "creditnummering_klopt",
)
