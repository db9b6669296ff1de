"""What always holds of the sums of the ledger (F2): a query each, that returns the violations."""

INVARIANTEN = {
    "F2 what is folded and what is not are all lines, per account and day": """
        SELECT fonds, rekening, dag, sum(debet), sum(credit), sum(aantal) FROM (SELECT r.fonds, r.rekening, b.boekdatum AS dag,
        greatest(r.bedrag_cent, 0)::numeric AS debet, greatest(-r.bedrag_cent, 0)::numeric AS credit, 1 AS aantal FROM
        boekingsregel r JOIN boeking b ON b.id = r.boeking UNION ALL SELECT fonds, rekening, boekdatum, -greatest(bedrag_cent, 0),
        -greatest(-bedrag_cent, 0), -1 FROM losse_regel UNION ALL SELECT fonds, rekening, vanaf, -debet_cent, -credit_cent,
        -aantal_regels FROM rekeningstand WHERE korrel = 'dag') alles GROUP BY 1, 2, 3 HAVING (sum(debet), sum(credit),
        sum(aantal)) <> (0, 0, 0)""",
    "F2 months and years are their days": """
        SELECT korrel, fonds, rekening, vanaf, sum(debet), sum(credit), sum(aantal) FROM (SELECT korrel, fonds, rekening, vanaf,
        debet_cent AS debet, credit_cent AS credit, aantal_regels AS aantal FROM rekeningstand WHERE korrel <> 'dag' UNION ALL
        SELECT k.korrel, fonds, rekening, date_trunc(k.eenheid, vanaf::timestamp)::date, -debet_cent, -credit_cent,
        -aantal_regels FROM rekeningstand, (VALUES ('jaar', 'year'), ('maand', 'month')) k (korrel, eenheid) WHERE
        rekeningstand.korrel = 'dag') alles GROUP BY 1, 2, 3, 4 HAVING (sum(debet), sum(credit), sum(aantal)) <> (0, 0, 0)""",
    "F2 the folded lines of a day are those of its sum": """
        SELECT fonds, rekening, dag, sum(debet), sum(credit), sum(aantal) FROM (SELECT fonds, rekening, boekdatum AS dag,
        greatest(bedrag_cent, 0)::numeric AS debet, greatest(-bedrag_cent, 0)::numeric AS credit, 1 AS aantal FROM rekeningregel
        UNION ALL SELECT fonds, rekening, vanaf, -debet_cent, -credit_cent, -aantal_regels FROM rekeningstand WHERE
        korrel = 'dag') alles GROUP BY 1, 2, 3 HAVING (sum(debet), sum(credit), sum(aantal)) <> (0, 0, 0)""",
    "F2 the folded lines of a day are numbered, and added up": """
        SELECT fonds, rekening, boekdatum, nummer FROM (SELECT *, row_number() OVER dag AS plaats, sum(bedrag_cent) OVER dag AS
        som FROM rekeningregel WINDOW dag AS (PARTITION BY fonds, rekening, boekdatum ORDER BY nummer ROWS UNBOUNDED PRECEDING)) r
        WHERE (nummer, opgeteld_cent) <> (plaats, som)""",
    "F2 a folded line is a line of that day, once": """
        SELECT r.boeking, r.regelnummer FROM rekeningregel r LEFT JOIN boekingsregel l ON (l.boeking, l.regelnummer, l.fonds,
        l.rekening, l.bedrag_cent) = (r.boeking, r.regelnummer, r.fonds, r.rekening, r.bedrag_cent) LEFT JOIN boeking b ON
        (b.id, b.boekdatum) = (l.boeking, r.boekdatum) WHERE b.id IS NULL UNION ALL SELECT boeking, regelnummer FROM rekeningregel
        GROUP BY 1, 2 HAVING count(*) > 1""",
    "F2 the shares of an account are its balance": """
        SELECT fonds, rekening, sum(regel), sum(stand) FROM (SELECT fonds, rekening, bedrag_cent AS regel, 0::numeric AS stand
        FROM boekingsregel UNION ALL SELECT fonds, rekening, 0, saldo_cent FROM rekeningteller) alles GROUP BY 1, 2 HAVING
        sum(regel) <> sum(stand)""",
    "F2 the number of boekingen per day is right": """
        SELECT fonds, dag FROM (SELECT fonds, boekdatum AS dag, 1 AS "is", 0 AS stand FROM boeking UNION ALL SELECT fonds,
        boekdatum, 0, 1 FROM onverzegeld UNION ALL SELECT fonds, vanaf, 0, aantal_boekingen FROM fondsstand WHERE korrel =
        'dag') alles GROUP BY 1, 2 HAVING sum("is") <> sum(stand)""",
    "F2 its months and years are their days": """
        SELECT korrel, fonds, vanaf, sum(aantal) FROM (SELECT korrel, fonds, vanaf, aantal_boekingen AS aantal FROM fondsstand
        WHERE korrel <> 'dag' UNION ALL SELECT k.korrel, fonds, date_trunc(k.eenheid, vanaf::timestamp)::date, -aantal_boekingen
        FROM fondsstand, (VALUES ('jaar', 'year'), ('maand', 'month')) k (korrel, eenheid) WHERE fondsstand.korrel = 'dag') alles
        GROUP BY 1, 2, 3 HAVING sum(aantal) <> 0""",
}
ONVERANDERLIJK = ("onverzegeld", "rekeningstand", "fondsstand", "rekeningregel", "rekeningteller", "begrensd")
GRENDELS = ("boeking_onverzegeld", "boekingsregel_klopt", "rekeningregel_bevroren", "rekeningregel_niet_legen")
