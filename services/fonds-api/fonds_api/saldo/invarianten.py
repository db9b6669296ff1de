"""What always holds of the sums of the ledger (F2): a query each, that returns the violations."""

INVARIANTEN = {
    "F2 what is folded and what is not are all lines, per account and day": """
        SELECT fonds, rekening, dag, sum(regel), sum(stand) FROM (SELECT r.fonds, r.rekening, b.boekdatum AS dag,
        greatest(r.bedrag_cent, 0)::numeric AS regel, 0::numeric AS stand, 1 AS regels, 0 AS geteld FROM boekingsregel r JOIN
        boeking b ON b.id = r.boeking UNION ALL SELECT r.fonds, r.rekening, r.boekdatum, 0, greatest(r.bedrag_cent, 0), 0, 1
        FROM losse_regel r UNION ALL SELECT fonds, rekening, vanaf, 0, debet_cent, 0, aantal_regels FROM rekeningstand WHERE
        korrel = 'dag') alles GROUP BY 1, 2, 3 HAVING sum(regel) <> sum(stand) OR sum(regels) <> sum(geteld)""",
    "F2 the sums of credit too": """
        SELECT fonds, rekening, sum(regel), sum(stand) FROM (SELECT fonds, rekening, bedrag_cent AS regel, 0::numeric AS stand
        FROM boekingsregel UNION ALL SELECT fonds, rekening, 0, bedrag_cent FROM losse_regel UNION ALL SELECT fonds, rekening,
        0, debet_cent - credit_cent FROM rekeningstand WHERE korrel = 'dag') alles GROUP BY 1, 2 HAVING sum(regel) <>
        sum(stand)""",
    "F2 months and years are their days": """
        SELECT korrel, fonds, rekening, vanaf, sum(som), sum(delen) FROM (SELECT korrel, fonds, rekening, vanaf, debet_cent +
        3 * credit_cent + 7 * aantal_regels AS som, 0 AS delen FROM rekeningstand WHERE korrel <> 'dag' UNION ALL SELECT
        k.korrel, fonds, rekening, date_trunc(k.eenheid, vanaf::timestamp)::date, 0, debet_cent + 3 * credit_cent + 7 *
        aantal_regels FROM rekeningstand, (VALUES ('jaar', 'year'), ('maand', 'month')) k (korrel, eenheid) WHERE
        rekeningstand.korrel = 'dag') alles GROUP BY 1, 2, 3, 4 HAVING sum(som) <> sum(delen)""",
    "F2 the folded lines of a day are numbered, and added up, as its sum says": """
        SELECT s.fonds, s.rekening, s.vanaf FROM rekeningstand s LEFT JOIN (SELECT fonds, rekening, boekdatum, count(*) AS
        regels, max(nummer) AS hoogste, sum(bedrag_cent) AS som, (array_agg(opgeteld_cent ORDER BY nummer DESC))[1] AS
        opgeteld FROM rekeningregel GROUP BY 1, 2, 3) r ON (r.fonds, r.rekening, r.boekdatum) = (s.fonds, s.rekening, s.vanaf)
        WHERE s.korrel = 'dag' AND (s.aantal_regels, s.aantal_regels, s.debet_cent - s.credit_cent, s.debet_cent -
        s.credit_cent) IS DISTINCT FROM (r.regels, r.hoogste, r.som, r.opgeteld)""",
    "F2 a folded line is a line": """
        SELECT r.boeking, r.regelnummer FROM rekeningregel r LEFT JOIN boekingsregel l ON (l.boeking, l.regelnummer, l.fonds,
        l.rekening, l.bedrag_cent) = (r.boeking, r.regelnummer, r.fonds, r.rekening, r.bedrag_cent) WHERE l.boeking IS NULL""",
    "F2 the shares of an account are its balance": """
        SELECT fonds, rekening, sum(regel), sum(stand) FROM (SELECT fonds, rekening, bedrag_cent AS regel, 0::numeric AS stand
        FROM boekingsregel UNION ALL SELECT fonds, rekening, 0, saldo_cent FROM rekeningteller) alles GROUP BY 1, 2 HAVING
        sum(regel) <> sum(stand)""",
    "F2 the number of boekingen per day is right": """
        SELECT fonds, dag FROM (SELECT fonds, boekdatum AS dag, 1 AS "is", 0 AS stand FROM boeking UNION ALL SELECT fonds,
        boekdatum, 0, 1 FROM onverzegeld UNION ALL SELECT fonds, vanaf, 0, aantal_boekingen FROM fondsstand WHERE korrel =
        'dag') alles GROUP BY 1, 2 HAVING sum("is") <> sum(stand)""",
}
ONVERANDERLIJK = ("onverzegeld", "rekeningstand", "fondsstand", "rekeningregel", "rekeningteller", "begrensd")
GRENDELS = ("boeking_onverzegeld", "boekingsregel_klopt", "rekeningregel_bevroren", "rekeningregel_niet_legen")
