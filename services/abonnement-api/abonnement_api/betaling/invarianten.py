"""What always holds of money that came in and went out (A5, A6): a query each, that returns the violations."""

INVARIANTEN = {
    "A5 nothing is paid more than once": """
        SELECT factuur, dienst FROM factuurregelstand WHERE betaald_cent NOT BETWEEN 0 AND bedrag_cent AND gecrediteerd_cent = 0
        OR betaald_cent NOT BETWEEN 0 AND gefactureerd_cent
        UNION ALL SELECT betaling::text, '' FROM betalingstand
        WHERE gekoppeld_cent < 0 OR gekoppeld_cent + terug_cent > bedrag_cent
        UNION ALL SELECT afschrijving::text, '' FROM afschrijvingstand WHERE verklaard_cent > bedrag_cent""",
    "A5 a fully paid invoice has every line fully paid, and never is a payment left over while its invoice is open": """
        SELECT betaling.id::text FROM betaling JOIN betalingstand ON betalingstand.betaling = betaling.id
        JOIN (SELECT factuur, sum(bedrag_cent) - sum(betaald_cent) AS open FROM factuurregelstand GROUP BY factuur) AS stand
          ON stand.factuur = betaling.factuur
        WHERE betalingstand.gekoppeld_cent + betalingstand.terug_cent < betaling.bedrag_cent AND stand.open > 0
          AND NOT EXISTS (SELECT FROM betalingstoewijzing AS deel
                          WHERE deel.factuur = betaling.factuur AND deel.bedrag_cent < 0)""",
    "A6 what came back, came back by a debit": """
        SELECT id::text FROM koppeling LEFT JOIN afschrijvingstand AS af ON af.afschrijving = koppeling.afschrijving
        WHERE koppeling.bedrag_cent > 0 AND af.afschrijving IS NULL""",
    "A6 a statement's posts are what its balances say, or it says what is not explained": """
        SELECT stuk.id FROM bankafschrift AS stuk WHERE formaat IS NOT NULL AND al_bekend = 0
        AND eindsaldo_cent - beginsaldo_cent - onverklaard_cent <>
            coalesce((SELECT sum(bedrag_cent) FROM betaling WHERE bankafschrift = stuk.id), 0)
            - coalesce((SELECT sum(bedrag_cent) FROM afschrijving WHERE bankafschrift = stuk.id), 0)""",
    "A9 what was taken in, matched or undone is closed": """
        SELECT coalesce(pad, onderwerp) FROM (SELECT '/v1/bankafschriften/' || id AS pad FROM bankafschrift
            UNION ALL SELECT '/v1/koppelingen/' || id FROM koppeling) AS eigen
        FULL JOIN (SELECT onderwerp FROM afgesloten WHERE onderwerp LIKE '/v1/bankafschriften/%'
            OR onderwerp LIKE '/v1/koppelingen/%') AS dicht ON onderwerp = pad
        WHERE pad IS NULL OR onderwerp IS NULL""",
}
DOCUMENTEN = """SELECT '/v1/betalingen/' || id, bedrag_cent FROM betaling
    UNION ALL SELECT '/v1/afschrijvingen/' || id, bedrag_cent FROM afschrijving
    UNION ALL SELECT '/v1/koppelingen/' || koppeling, abs(sum(bedrag_cent))::bigint FROM betalingstoewijzing
    WHERE koppeling <> '00000000-0000-0000-0000-000000000000' GROUP BY koppeling"""
ONVERANDERLIJK = ("bankafschrift", "betaling", "afschrijving", "koppeling", "betalingstoewijzing")
GRENDELS = (
    "bankafschrift_verse_blik",
    "betaling_verse_blik",
    "koppeling_verse_blik",
    "bankafschrift_geboekt",
    "koppeling_geboekt",
    "bankafschrift_bevroren",
    "bankafschrift_niet_legen",
    "bankafschrift_compleet",
    "betaling_bevroren",
    "betaling_niet_legen",
    "betaling_op_afschrift",
    "afschrijving_bevroren",
    "afschrijving_niet_legen",
    "afschrijving_op_afschrift",
    "koppeling_bevroren",
    "koppeling_niet_legen",
    "koppeling_compleet",
    "betalingstoewijzing_bevroren",
    "betalingstoewijzing_niet_legen",
    "betalingstoewijzing_past",
)
