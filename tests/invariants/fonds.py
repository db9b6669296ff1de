"""What must always hold in the database of fonds (reliability.md 4): a query each, that returns the violations.

Run after every stateful, concurrency, fault and journey test. F2 (a stored balance equals the sum of its lines) has no
query: no balance is stored, and the stateful test compares the balances that are shown with a model of its own.
"""

from __future__ import annotations

import psycopg

INVARIANTEN = {
    "F1 every boeking adds up to zero": "SELECT boeking, sum(bedrag_cent) FROM boekingsregel GROUP BY boeking HAVING sum(bedrag_cent) <> 0",
    "F1 the lines of a boeking are in its own fonds": "SELECT b.id, r.regelnummer FROM boeking b JOIN boekingsregel r ON r.boeking = b.id WHERE r.fonds <> b.fonds",
    "F3 the balances of a fonds add up to zero": "SELECT fonds, sum(bedrag_cent) FROM boekingsregel GROUP BY fonds HAVING sum(bedrag_cent) <> 0",
    "F4 a boeking has all its lines, two or more": "SELECT b.id, count(r.boeking) FROM boeking b LEFT JOIN boekingsregel r ON r.boeking = b.id GROUP BY b.id "
    "HAVING count(r.boeking) < 2 OR count(r.boeking) <> b.aantal_regels",
    "F4 the lines of a boeking are numbered from 1 without a gap": "SELECT b.id, array_agg(r.regelnummer) FROM boeking b JOIN boekingsregel r ON r.boeking = b.id GROUP BY b.id "
    "HAVING min(r.regelnummer) <> 1 OR max(r.regelnummer) <> b.aantal_regels",
    "F5 the service's role may not change what is booked": "SELECT tabel, recht FROM unnest(ARRAY['boeking', 'boekingsregel', 'bijdrage', 'audit', "
    "'begroting', 'begrotingsregel', 'begrotingsaanvaarding', 'begrotingsvaststelling', 'periodestap', 'boekingsvoorstel', "
    "'boekingsvoorstelafhandeling']) tabel, "
    "unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) recht WHERE has_table_privilege('fonds_api', tabel, recht) "
    "OR recht = 'UPDATE' AND has_any_column_privilege('fonds_api', tabel, recht)",
    "F5 the triggers that refuse changes are on": "SELECT naam FROM unnest(ARRAY['boeking_bevroren', 'boeking_niet_legen', 'boeking_in_evenwicht', 'bijdrage_klopt', "
    "'boekingsregel_bevroren', 'boekingsregel_niet_legen', 'boekingsregel_niet_erbij', 'bijdrageronde_klopt', "
    "'bijdrage_bevroren', 'bijdrage_niet_legen', 'bijdrageronde_vast', 'bijdrage_in_ronde', 'idempotentie_antwoord_blijft', 'begroting_bevroren', "
    "'begroting_niet_legen', 'begroting_volgt_op', 'begroting_volledig', 'begrotingsregel_bevroren', 'begrotingsregel_niet_legen', "
    "'begrotingsregel_niet_erbij', 'begrotingsaanvaarding_bevroren', 'begrotingsaanvaarding_niet_legen', 'begrotingsaanvaarding_kan', "
    "'begrotingsvaststelling_bevroren', 'begrotingsvaststelling_niet_legen', 'begrotingsvaststelling_kan', "
    "'rekening_klopt', 'rekening_blijft', 'boekingsregel_rekening_open', 'boeking_periode_open', 'periode_klopt', 'periode_blijft', "
    "'periode_verklaard', 'periodestap_gezet', 'periodestap_bevroren', 'boeking_vier_ogen', 'boekingsvoorstel_bevroren', "
    "'boekingsvoorstelafhandeling_bevroren', 'boekingsvoorstelafhandeling_kan']) naam "
    "WHERE NOT EXISTS (SELECT FROM pg_trigger WHERE tgname = naam AND tgenabled = 'O')",
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
    "the service's role may not change what indexation rests on": "SELECT tabel, recht FROM unnest(ARRAY['indexreeks', "
    "'indexcijfer', 'indexclausule', 'indexclausuleonderdeel', 'indexatie', 'indexatiegegeven', 'indexatietoepassing']) tabel, "
    "unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) recht WHERE has_table_privilege('fonds_api', tabel, recht) "
    "OR recht = 'UPDATE' AND has_any_column_privilege('fonds_api', tabel, recht)",
    "A7 an amount goes on with what the year before gave": "SELECT t.id FROM indexatietoepassing t LEFT JOIN indexatietoepassing v ON v.id = t.vorige "
    "WHERE t.vorige IS NOT NULL AND (v.nieuw, v.bron, v.pad) IS DISTINCT FROM (t.oud, t.bron, t.pad) OR v.jaar >= t.jaar",
    "the service's role may not change what an inkooptraject rests on": "SELECT tabel, recht FROM unnest(ARRAY['inkooptraject', "
    "'inkoopmutatie', 'inkooppost', 'inkoopafrekening', 'inkoopafrekeningsregel', 'inkoopsluiting']) tabel, "
    "unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) recht WHERE has_table_privilege('fonds_api', tabel, recht) "
    "OR recht = 'UPDATE' AND has_any_column_privilege('fonds_api', tabel, recht)",
    "a settlement divides its costs to the cent": "SELECT a.traject, a.nummer FROM inkoopafrekening a JOIN inkoopafrekeningsregel r "
    "ON (r.traject, r.afrekening) = (a.traject, a.nummer) GROUP BY a.traject, a.nummer HAVING sum(r.aandeel_cent) <> a.kosten_cent "
    "OR count(*) <> a.aantal_regels",
    "what participants owe is what the ledger says": "SELECT t.code FROM inkooptraject t WHERE "
    "coalesce((SELECT sum(r.verschil_cent) FROM inkoopafrekeningsregel r WHERE r.traject = t.code), 0) "
    "- coalesce((SELECT sum(CASE soort WHEN 'ontvangst' THEN bedrag_cent WHEN 'teruggave' THEN -bedrag_cent END) "
    "FROM inkooppost WHERE traject = t.code), 0) "
    "<> coalesce((SELECT sum(bedrag_cent) FROM boekingsregel WHERE fonds = t.code AND rekening = '1300'), 0)",
    "every balance of a closed inkooptraject is zero": "SELECT s.traject, r.rekening FROM inkoopsluiting s JOIN boekingsregel r "
    "ON r.fonds = s.traject GROUP BY s.traject, r.rekening HAVING sum(r.bedrag_cent) <> 0",
    "F12 every idempotency key has its answer": "SELECT sleutel FROM idempotentie WHERE status IS NULL",
    "F12 one key, one boeking": "SELECT kopregels->>'location', count(*) FROM idempotentie WHERE status = 201 GROUP BY 1 HAVING count(*) > 1",
    "F12 every boeking that was answered exists": "SELECT kopregels->>'location' FROM idempotentie WHERE kopregels->>'location' LIKE '/v1/boekingen/%' "
    "AND NOT EXISTS (SELECT FROM boeking WHERE '/v1/boekingen/' || id = kopregels->>'location')",
    "F12 one boeking per source document": "SELECT fonds, bron, pad, count(*) FROM boeking GROUP BY 1, 2, 3 HAVING count(*) > 1",
    "every boeking was booked by somebody": "SELECT id FROM boeking WHERE bron <> 'fonds' AND NOT EXISTS (SELECT FROM audit WHERE onderwerp = '/v1/boekingen/' || boeking.id "
    "AND handeling = 'boeking.boeken' AND peer_id IS NOT NULL)",
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
