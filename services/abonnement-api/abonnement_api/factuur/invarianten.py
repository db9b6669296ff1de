"""What always holds of invoices (A1, A2, A4): a query each, that returns the violations."""

INVARIANTEN = {
    "A1 a gemeente has one invoice at most for a year that no other corrects, under its own subscription that holds then": """
        SELECT factuur.nummer FROM factuur LEFT JOIN abonnement ON abonnement.id = factuur.abonnement
        LEFT JOIN abonnementstand AS stand ON stand.abonnement = factuur.abonnement
        WHERE factuur.gemeentecode IS DISTINCT FROM abonnement.gemeentecode
           OR factuur.peildatum < date_trunc('year', abonnement.begindatum)
           OR factuur.peildatum > greatest(abonnement.einddatum, stand.einddatum)
        UNION ALL SELECT min(nummer) FROM factuur AS een
        WHERE NOT EXISTS (SELECT FROM factuur AS later WHERE later.vervangt = een.nummer)
        GROUP BY jaar, gemeentecode, verkoper HAVING count(*) > 1""",
    "A2 numbers of a seller's year begin at the start of its series and have no gap and no double": """
        SELECT jaar, verkoper FROM factuur FULL JOIN factuurnummering USING (jaar, verkoper) JOIN aanbieder ON code = verkoper
        GROUP BY jaar, verkoper, laatste, reeks HAVING min(volgnummer) <> 100000 * reeks + 1
            OR max(volgnummer) <> 100000 * reeks + count(volgnummer) OR laatste IS DISTINCT FROM coalesce(max(volgnummer), 0)""",
    "A4 an invoice is the sum of its lines, one for each dienst of its package": """
        SELECT nummer FROM factuur WHERE bedrag_cent IS DISTINCT FROM (
            SELECT sum(bedrag_cent) FROM factuurregel WHERE factuur = nummer)
        OR (SELECT array_agg(dienst ORDER BY dienst) FROM factuurregel WHERE factuur = nummer) IS DISTINCT FROM (
            SELECT array_agg(deel.dienst ORDER BY deel.dienst) FROM pakketdienst AS deel JOIN dienst ON dienst.code = deel.dienst
            WHERE deel.tariefbesluit = factuur.tariefbesluit AND deel.pakket = factuur.pakket
            AND (bundel IS NULL OR dienst.aanbieder IN (verkoper, 'administratiebureau')))""",
    "A4 an invoice is tarief x inwoners with those in its bundle, rounded half up": """
        SELECT min(nummer) FROM factuur
        JOIN pakket ON pakket.tariefbesluit = factuur.tariefbesluit AND pakket.code = factuur.pakket
        GROUP BY coalesce(bundel, nummer)
        HAVING count(DISTINCT inwoners) > 1 OR min(factuur.tarief_per_inwoner) <> max(pakket.tarief_per_inwoner)
            OR count(DISTINCT maanden) > 1 OR sum(bedrag_cent - verrekend_cent) <> pakketbedrag_cent(
                min(factuur.tariefbesluit), min(factuur.pakket), min(inwoners), min(maanden))""",
    "A4 what is settled is the difference that other inhabitants make, once": """
        SELECT min(v.over) FROM verrekening AS v JOIN factuur AS nu ON nu.nummer = v.factuur
        JOIN factuur AS oud ON oud.nummer = v.over
        GROUP BY coalesce(nu.bundel, nu.nummer), v.over HAVING sum(v.bedrag_cent) <>
            pakketbedrag_cent(min(oud.tariefbesluit), min(oud.pakket), min(v.naar_inwoners), min(oud.maanden))
            - pakketbedrag_cent(min(oud.tariefbesluit), min(oud.pakket), min(v.van_inwoners), min(oud.maanden))
        UNION ALL SELECT v.over FROM verrekening AS v JOIN factuur AS nu ON nu.nummer = v.factuur WHERE nu.vervangt IS NULL
        GROUP BY v.over, v.volgnummer HAVING count(DISTINCT coalesce(nu.bundel, nu.nummer)) > 1
        UNION ALL SELECT nummer FROM factuur WHERE (verrekend_cent, aantal_verrekeningen) IS DISTINCT FROM (
            SELECT (coalesce(sum(bedrag_cent), 0)::bigint, count(*)::integer) FROM verrekening WHERE factuur = nummer)""",
    "A4 what another invoice corrects is credited as a whole": """
        SELECT oud.nummer FROM factuur JOIN factuur AS oud ON oud.nummer = factuur.vervangt
        WHERE oud.bedrag_cent <> (SELECT sum(gecrediteerd_cent) FROM factuurregelstand WHERE factuur = oud.nummer)""",
}
DOCUMENTEN = "SELECT '/v1/facturen/' || nummer, bedrag_cent FROM factuur"
ONVERANDERLIJK = ("factuur", "factuurregel", "verrekening")
GRENDELS = (
    "factuurnummering_verse_blik",
    "factuur_verse_blik",
    "factuur_bevroren",
    "factuur_niet_legen",
    "factuur_in_ronde",
    "factuur_klopt",
    "factuurregel_bevroren",
    "factuurregel_niet_legen",
    "factuurregel_op_factuur",
    "factuurnummering_blijft",
    "factuurnummering_niet_legen",
    "factuurnummering_klopt",
    "factuurnummering_vooruit",
    "verrekening_bevroren",
    "verrekening_klopt",
    "verrekening_niet_legen",
)
