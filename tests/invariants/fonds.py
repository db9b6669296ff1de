"""What must always hold in the database of fonds (reliability.md 4): a query each, that returns the violations.

Run after every stateful, concurrency, fault and journey test.
"""

from __future__ import annotations

import psycopg

INVARIANTEN = {
    "F1 every boeking adds up to zero": "SELECT boeking, sum(bedrag_cent) FROM boekingsregel GROUP BY boeking HAVING sum(bedrag_cent) <> 0",
    "F1 the lines of a boeking are in its own fonds": "SELECT b.id, r.regelnummer FROM boeking b JOIN boekingsregel r ON r.boeking = b.id WHERE r.fonds <> b.fonds",
    "F2 what is folded and what is not are all lines, per account and day": "SELECT fonds, rekening, dag, sum(regel), sum(stand) FROM ("
    "SELECT r.fonds, r.rekening, b.boekdatum AS dag, greatest(r.bedrag_cent, 0)::numeric AS regel, 0::numeric AS stand, 1 AS regels, 0 AS geteld "
    "FROM boekingsregel r JOIN boeking b ON b.id = r.boeking "
    "UNION ALL SELECT r.fonds, r.rekening, r.boekdatum, 0, greatest(r.bedrag_cent, 0), 0, 1 FROM losse_regel r "
    "UNION ALL SELECT fonds, rekening, vanaf, 0, debet_cent, 0, aantal_regels FROM rekeningstand WHERE korrel = 'dag') alles "
    "GROUP BY 1, 2, 3 HAVING sum(regel) <> sum(stand) OR sum(regels) <> sum(geteld)",
    "F2 the sums of credit too": "SELECT fonds, rekening, sum(regel), sum(stand) FROM ("
    "SELECT fonds, rekening, bedrag_cent AS regel, 0::numeric AS stand FROM boekingsregel "
    "UNION ALL SELECT fonds, rekening, 0, bedrag_cent FROM losse_regel "
    "UNION ALL SELECT fonds, rekening, 0, debet_cent - credit_cent FROM rekeningstand WHERE korrel = 'dag') alles "
    "GROUP BY 1, 2 HAVING sum(regel) <> sum(stand)",
    "F2 months and years are their days": "SELECT korrel, fonds, rekening, vanaf, sum(som), sum(delen) FROM ("
    "SELECT korrel, fonds, rekening, vanaf, debet_cent + 3 * credit_cent + 7 * aantal_regels AS som, 0 AS delen FROM rekeningstand WHERE korrel <> 'dag' "
    "UNION ALL SELECT k.korrel, fonds, rekening, date_trunc(k.eenheid, vanaf::timestamp)::date, 0, debet_cent + 3 * credit_cent + 7 * aantal_regels "
    "FROM rekeningstand, (VALUES ('jaar', 'year'), ('maand', 'month')) k (korrel, eenheid) WHERE rekeningstand.korrel = 'dag') alles "
    "GROUP BY 1, 2, 3, 4 HAVING sum(som) <> sum(delen)",
    "F2 the folded lines of a day are numbered, and added up, as its sum says": "SELECT s.fonds, s.rekening, s.vanaf FROM rekeningstand s LEFT JOIN ("
    "SELECT fonds, rekening, boekdatum, count(*) AS regels, max(nummer) AS hoogste, sum(bedrag_cent) AS som, "
    "(array_agg(opgeteld_cent ORDER BY nummer DESC))[1] AS opgeteld FROM rekeningregel GROUP BY 1, 2, 3) r "
    "ON (r.fonds, r.rekening, r.boekdatum) = (s.fonds, s.rekening, s.vanaf) WHERE s.korrel = 'dag' AND "
    "(s.aantal_regels, s.aantal_regels, s.debet_cent - s.credit_cent, s.debet_cent - s.credit_cent) IS DISTINCT FROM (r.regels, r.hoogste, r.som, r.opgeteld)",
    "F2 a folded line is a line": "SELECT r.boeking, r.regelnummer FROM rekeningregel r LEFT JOIN boekingsregel l "
    "ON (l.boeking, l.regelnummer, l.fonds, l.rekening, l.bedrag_cent) = (r.boeking, r.regelnummer, r.fonds, r.rekening, r.bedrag_cent) WHERE l.boeking IS NULL",
    "F2 the shares of an account are its balance": "SELECT fonds, rekening, sum(regel), sum(stand) FROM ("
    "SELECT fonds, rekening, bedrag_cent AS regel, 0::numeric AS stand FROM boekingsregel "
    "UNION ALL SELECT fonds, rekening, 0, saldo_cent FROM rekeningteller) alles GROUP BY 1, 2 HAVING sum(regel) <> sum(stand)",
    "F2 the number of boekingen per day is right": 'SELECT fonds, dag FROM (SELECT fonds, boekdatum AS dag, 1 AS "is", 0 AS stand FROM boeking '
    "UNION ALL SELECT fonds, boekdatum, 0, 1 FROM onverzegeld UNION ALL SELECT fonds, vanaf, 0, aantal_boekingen FROM fondsstand WHERE korrel = 'dag') alles "
    'GROUP BY 1, 2 HAVING sum("is") <> sum(stand)',
    "F3 the balances of a fonds add up to zero": "SELECT fonds, sum(bedrag_cent) FROM boekingsregel GROUP BY fonds HAVING sum(bedrag_cent) <> 0",
    "F4 a boeking has all its lines, two or more": "SELECT b.id, count(r.boeking) FROM boeking b LEFT JOIN boekingsregel r ON r.boeking = b.id GROUP BY b.id "
    "HAVING count(r.boeking) < 2 OR count(r.boeking) <> b.aantal_regels",
    "F4 the lines of a boeking are numbered from 1 without a gap": "SELECT b.id, array_agg(r.regelnummer) FROM boeking b JOIN boekingsregel r ON r.boeking = b.id GROUP BY b.id "
    "HAVING min(r.regelnummer) <> 1 OR max(r.regelnummer) <> b.aantal_regels",
    "F5 the service's role may not change what is booked": "SELECT tabel, recht FROM unnest(ARRAY['boeking', 'boekingsregel', 'bijdrage', 'audit', "
    "'begroting', 'begrotingsregel', 'begrotingsaanvaarding', 'begrotingsvaststelling', 'periodestap', 'boekingsvoorstel', "
    "'boekingsvoorstelafhandeling', 'onverzegeld', 'rekeningstand', 'fondsstand', 'rekeningregel', 'rekeningteller', 'begrensd']) tabel, "
    "unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) recht WHERE has_table_privilege('fonds_api', tabel, recht) "
    "OR recht = 'UPDATE' AND has_any_column_privilege('fonds_api', tabel, recht)",
    "F5 the triggers that refuse changes are on": "SELECT naam FROM unnest(ARRAY['boeking_bevroren', 'boeking_niet_legen', 'boeking_in_evenwicht', 'bijdrage_klopt', "
    "'boekingsregel_bevroren', 'boekingsregel_niet_legen', 'boekingsregel_niet_erbij', 'bijdrageronde_klopt', "
    "'bijdrage_bevroren', 'bijdrage_niet_legen', 'bijdrageronde_vast', 'bijdrage_in_ronde', 'idempotentie_antwoord_blijft', 'begroting_bevroren', "
    "'begroting_niet_legen', 'begroting_volgt_op', 'begroting_volledig', 'begrotingsregel_bevroren', 'begrotingsregel_niet_legen', "
    "'begrotingsregel_niet_erbij', 'begrotingsaanvaarding_bevroren', 'begrotingsaanvaarding_niet_legen', 'begrotingsaanvaarding_kan', "
    "'begrotingsvaststelling_bevroren', 'begrotingsvaststelling_niet_legen', 'begrotingsvaststelling_kan', 'boeking_onverzegeld', "
    "'boekingsregel_klopt', 'rekening_niet_legen', 'rekening_grens_erbij', 'rekening_grens_anders', 'rekeningregel_bevroren', "
    "'rekeningregel_niet_legen', 'rekening_klopt', 'rekening_blijft', 'boeking_periode_open', 'periode_klopt', 'periode_blijft', "
    "'periode_verklaard', 'periodestap_gezet', 'periodestap_bevroren', 'boeking_vier_ogen', 'boekingsvoorstel_bevroren', "
    "'boekingsvoorstelafhandeling_bevroren', 'boekingsvoorstelafhandeling_kan']) naam "
    "WHERE NOT EXISTS (SELECT FROM pg_trigger WHERE tgname = naam AND tgenabled = 'O')",
    "F6 a storno mirrors what it reverses, once, and is not reversed": "SELECT b.id FROM boeking b JOIN boeking e ON e.id = b.storno_van "
    "WHERE e.storno_van IS NOT NULL OR e.fonds <> b.fonds OR e.aantal_regels <> b.aantal_regels OR e.boekdatum > b.boekdatum "
    "OR (SELECT count(*) FROM boeking t WHERE t.storno_van = e.id) <> 1 OR EXISTS (SELECT FROM boekingsregel r WHERE r.boeking = b.id AND NOT EXISTS ("
    "SELECT FROM boekingsregel m WHERE (m.boeking, m.regelnummer, m.rekening, m.bedrag_cent) = (e.id, r.regelnummer, r.rekening, -r.bedrag_cent)))",
    "F7 nothing was booked in a period after it was closed for good": "SELECT b.id FROM boeking b JOIN LATERAL (SELECT q.fonds, q.tot_en_met, q.versie, q.status "
    "FROM periode q WHERE q.fonds = b.fonds AND q.tot_en_met >= b.boekdatum ORDER BY q.tot_en_met LIMIT 1) p ON p.status = 'definitief_gesloten' "
    "JOIN periodestap s ON (s.fonds, s.tot_en_met, s.versie) = (p.fonds, p.tot_en_met, p.versie) WHERE b.geboekt_op > s.op",
    "periods close in order": "SELECT p.fonds, p.tot_en_met FROM periode p JOIN periode q ON q.fonds = p.fonds AND q.tot_en_met < p.tot_en_met "
    "WHERE p.status = 'definitief_gesloten' AND q.status <> 'definitief_gesloten'",
    "a period is in the state that its last step gave it": "SELECT p.fonds, p.tot_en_met FROM periode p LEFT JOIN periodestap s USING (fonds, tot_en_met, versie) "
    "WHERE coalesce(s.naar, 'open') <> p.status OR (s.naar IS NULL) <> (p.versie = 1)",
    "nothing is booked on an account that adds up others": "SELECT DISTINCT r.fonds, r.rekening FROM boekingsregel r JOIN rekening k "
    "ON k.fonds = r.fonds AND k.nummer = r.rekening WHERE NOT k.boekbaar",
    "an account rolls up into one that adds up": "SELECT r.fonds, r.nummer FROM rekening r JOIN rekening b ON b.fonds = r.fonds AND b.nummer = r.boven WHERE b.boekbaar",
    "what was confirmed, was confirmed by somebody else and booked as it was proposed": "SELECT a.voorstel FROM boekingsvoorstelafhandeling a "
    "JOIN boekingsvoorstel v ON v.id = a.voorstel JOIN boeking b ON b.id = a.boeking WHERE a.contract = v.contract "
    "OR (a.peer_id, a.rol) = (v.peer_id, v.rol) OR (b.fonds, b.bron, b.pad) <> (v.fonds, v.bron, v.pad)",
    "F10 the bijdragen of a round are its omslag, to the cent, and as many as it says": "SELECT r.id, o.bedrag_cent, sum(b.bedrag_cent) FROM bijdrageronde r JOIN omslag o USING (fonds, jaar) "
    "LEFT JOIN bijdrage b USING (fonds, jaar) GROUP BY r.id, o.bedrag_cent HAVING coalesce(sum(b.bedrag_cent), 0) "
    "<> CASE WHEN r.status = 'vastgesteld' THEN o.bedrag_cent ELSE 0 END OR count(b.id) <> coalesce(r.aantal, 0)",
    "a begroting has all its lines": "SELECT b.id FROM begroting b LEFT JOIN begrotingsregel r ON r.begroting = b.id GROUP BY b.id "
    "HAVING count(r.begroting) <> b.aantal_regels OR min(r.regelnummer) <> 1 OR max(r.regelnummer) <> b.aantal_regels",
    "an adopted begroting has no open differences": "SELECT v.begroting, open FROM begrotingsvaststelling v JOIN begroting b ON b.id = v.begroting, "
    "unnest(b.onverklaard) open WHERE NOT EXISTS (SELECT FROM begrotingsaanvaarding a WHERE a.begroting = b.id AND a.verschil = open)",
    "F11 an account stays within its floor and ceiling": "SELECT r.fonds, r.nummer, b.saldo_cent FROM rekening r LEFT JOIN begrensd b "
    "ON (b.fonds, b.rekening) = (r.fonds, r.nummer) LEFT JOIN (SELECT fonds, rekening, sum(bedrag_cent) AS cent FROM boekingsregel GROUP BY 1, 2) s "
    "ON (s.fonds, s.rekening) = (r.fonds, r.nummer) WHERE (r.minimum_cent IS NOT NULL OR r.maximum_cent IS NOT NULL) AND "
    "(b.saldo_cent IS DISTINCT FROM coalesce(s.cent, 0) OR coalesce(s.cent, 0) < r.minimum_cent OR coalesce(s.cent, 0) > r.maximum_cent)",
    "F12 every idempotency key has its answer": "SELECT sleutel FROM idempotentie WHERE status IS NULL",
    "F12 one key, one boeking": "SELECT kopregels->>'location', count(*) FROM idempotentie WHERE status = 201 GROUP BY 1 HAVING count(*) > 1",
    "F12 every boeking that was answered exists": "SELECT kopregels->>'location' FROM idempotentie WHERE kopregels->>'location' LIKE '/v1/boekingen/%' "
    "AND NOT EXISTS (SELECT FROM boeking WHERE '/v1/boekingen/' || id = kopregels->>'location')",
    "F12 one boeking per source document": "SELECT fonds, bron, pad, count(*) FROM boeking GROUP BY 1, 2, 3 HAVING count(*) > 1",
    "every boeking was booked by somebody": "SELECT id FROM boeking WHERE bron <> 'fonds' AND NOT EXISTS (SELECT FROM audit WHERE peer_id IS NOT NULL AND "
    "(handeling = 'boeking.boeken' AND onderwerp = '/v1/boekingen/' || boeking.id "
    "OR handeling = 'boeking.bulk' AND wijziging -> 'boekingen' ? boeking.id::text))",
}


def schendingen(url: str) -> list[str]:
    """Every violation of an invariant, in words; empty when all hold.

    Args:
        url: libpq URL of a database of fonds, as any role that may read it.
    """
    with psycopg.connect(url) as connection:
        return [f"{naam}: {rij}" for naam, vraag in INVARIANTEN.items() for rij in connection.execute(vraag).fetchall()]


def vingerafdruk(connection: psycopg.Connection, tot: int) -> str:
    """Digest of the boekingen up to volgnummer `tot` with their lines; F5 says that it never changes."""
    rij = connection.execute(
        "SELECT coalesce(md5(string_agg(b::text || r::text, '|' ORDER BY b.volgnummer, r.regelnummer)), '') FROM boeking b "
        "JOIN boekingsregel r ON r.boeking = b.id WHERE b.volgnummer <= %s",
        [tot],
    ).fetchone()
    assert rij is not None
    return rij[0]
