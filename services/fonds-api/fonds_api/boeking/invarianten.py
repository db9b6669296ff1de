"""What always holds of the ledger (F1, F3, F4, F5, F6, F12): a query each, that returns the violations."""

INVARIANTEN = {
    "F1 every boeking adds up to zero": """
        SELECT boeking, sum(bedrag_cent) FROM boekingsregel GROUP BY boeking HAVING sum(bedrag_cent) <> 0""",
    "F1 the lines of a boeking are in its own fonds": """
        SELECT b.id, r.regelnummer FROM boeking b JOIN boekingsregel r ON r.boeking = b.id WHERE r.fonds <> b.fonds""",
    "F3 the balances of a fonds add up to zero": """
        SELECT fonds, sum(bedrag_cent) FROM boekingsregel GROUP BY fonds HAVING sum(bedrag_cent) <> 0""",
    "F4 a boeking has all its lines, two or more": """
        SELECT b.id, count(r.boeking) FROM boeking b LEFT JOIN boekingsregel r ON r.boeking = b.id GROUP BY b.id
        HAVING count(r.boeking) < 2 OR count(r.boeking) <> b.aantal_regels""",
    "F4 the lines of a boeking are numbered from 1 without a gap": """
        SELECT b.id, array_agg(r.regelnummer) FROM boeking b JOIN boekingsregel r ON r.boeking = b.id GROUP BY b.id
        HAVING min(r.regelnummer) <> 1 OR max(r.regelnummer) <> b.aantal_regels""",
    "F4 every line has a boeking": """
        SELECT r.boeking, r.regelnummer FROM boekingsregel r LEFT JOIN boeking b ON b.id = r.boeking WHERE b.id IS NULL""",
    "F6 a storno mirrors what it reverses, once, and is not reversed": """
        SELECT b.id FROM boeking b JOIN boeking e ON e.id = b.storno_van WHERE e.storno_van IS NOT NULL OR e.fonds <> b.fonds
        OR e.aantal_regels <> b.aantal_regels OR e.boekdatum > b.boekdatum OR (SELECT count(*) FROM boeking t WHERE
        t.storno_van = e.id) <> 1 OR EXISTS (SELECT FROM boekingsregel r WHERE r.boeking = b.id AND NOT EXISTS (SELECT FROM
        boekingsregel m WHERE (m.boeking, m.regelnummer, m.rekening, m.bedrag_cent) = (e.id, r.regelnummer, r.rekening,
        -r.bedrag_cent)))""",
    "F12 every idempotency key has its answer": "SELECT sleutel FROM idempotentie WHERE status IS NULL",
    "F12 one key, one boeking": """
        SELECT kopregels->>'location', count(*) FROM idempotentie WHERE status = 201 GROUP BY 1 HAVING count(*) > 1""",
    "F12 every boeking that was answered exists": """
        SELECT kopregels->>'location' FROM idempotentie WHERE kopregels->>'location' LIKE '/v1/boekingen/%'
        AND NOT EXISTS (SELECT FROM boeking WHERE '/v1/boekingen/' || id = kopregels->>'location')""",
    "F12 one boeking per source document": """
        SELECT fonds, bron, pad, count(*) FROM boeking GROUP BY 1, 2, 3 HAVING count(*) > 1""",
}
ONVERANDERLIJK = ("boeking", "boekingsregel", "audit")
GRENDELS = (
    "boeking_bevroren",
    "boeking_niet_legen",
    "boeking_in_evenwicht",
    "boekingsregel_bevroren",
    "boekingsregel_niet_legen",
    "boekingsregel_niet_erbij",
    "idempotentie_antwoord_blijft",
    "audit_bevroren",
    "audit_niet_legen",
)
