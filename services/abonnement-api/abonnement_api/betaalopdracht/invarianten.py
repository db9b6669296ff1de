"""What always holds of payment orders (A6): a query each, that returns the violations."""

INVARIANTEN = {
    "A6 never is more paid out than was distributed, nor the same twice": """
        SELECT verdeling::text, aanbieder FROM betaalregelstand
        WHERE stand IN ('voorgesteld', 'onderweg', 'betaald') AND verdeling IS NOT NULL
        GROUP BY verdeling, aanbieder HAVING count(*) > 1 OR sum(bedrag_cent) <> (
            SELECT sum(bedrag_cent) FROM verdelingsregel AS regel
            WHERE (regel.verdeling, regel.aanbieder) = (betaalregelstand.verdeling, betaalregelstand.aanbieder))""",
    "A6 other eyes approved; what was approved has its message, and nothing else has": """
        SELECT o.id::text FROM betaalopdracht AS o LEFT JOIN betaalbesluit AS b ON b.opdracht = o.id
        LEFT JOIN betaalbericht AS bericht ON bericht.opdracht = o.id
        WHERE (coalesce(b.uitkomst, '') = 'goedgekeurd') <> (bericht.opdracht IS NOT NULL)
            OR b.uitkomst = 'goedgekeurd' AND ((b.peer_id, b.rol) = (o.peer_id, o.rol) OR b.contract = o.contract)
            OR (o.aantal::bigint, o.bedrag_cent::numeric) IS DISTINCT FROM (
                SELECT (count(*), sum(bedrag_cent)) FROM betaalopdrachtregel WHERE opdracht = o.id)""",
}
DOCUMENTEN = """SELECT '/v1/betaalopdrachten/' || betaalopdracht.id, bedrag_cent FROM betaalopdracht
    JOIN betaalbericht ON opdracht = betaalopdracht.id
    UNION ALL SELECT '/v1/betaaluitkomsten/' || uitkomst.id, bedrag_cent FROM betaaluitkomst AS uitkomst
    JOIN betaalopdrachtregel AS regel ON (regel.opdracht, regel.volgnummer) = (uitkomst.opdracht, uitkomst.regel)
    WHERE uitkomst.soort <> 'retour' OR regel.verdeling IS NOT NULL"""
ONVERANDERLIJK = ("betaalbericht", "betaalbesluit", "betaalopdracht", "betaalopdrachtregel", "betaaluitkomst")
GRENDELS = (
    "betaalbericht_bevroren",
    "betaalbericht_hoort",
    "betaalbericht_niet_legen",
    "betaalbesluit_bevroren",
    "betaalbesluit_kan",
    "betaalbesluit_klopt",
    "betaalbesluit_niet_legen",
    "betaalopdracht_bevroren",
    "betaalopdracht_klopt",
    "betaalopdracht_niet_legen",
    "betaalopdrachtregel_bevroren",
    "betaalopdrachtregel_niet_legen",
    "betaalregel_klopt",
    "betaaluitkomst_bevroren",
    "betaaluitkomst_klopt",
    "betaaluitkomst_niet_legen",
)
