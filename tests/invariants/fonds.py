"""What must always hold in the database of fonds (reliability.md 4): a query each, that returns the violations.

Run after every stateful, concurrency, fault and journey test. F2 (a stored balance equals the sum of its lines) has no
query: no balance is stored, and the stateful test compares the balances that are shown with a model of its own.
"""

from __future__ import annotations

import psycopg

DELEN = (
    "SELECT v.fonds, d.jaar, p.prioriteit, p.budgetsoort, sum(p.bedrag - p.vrijgevallen - p.besteed) AS verplicht, sum(p.besteed) AS besteed "
    "FROM verplichtingsdeel d JOIN verplichting v ON v.id = d.verplichting, LATERAL (VALUES "
    "(v.prioriteit, v.budgetsoort, d.bedrag_cent, d.vrijgevallen_cent, d.besteed_cent), "
    "('', 'btw', d.btw_cent, d.vrijgevallen_btw_cent, d.besteed_btw_cent)) AS p (prioriteit, budgetsoort, bedrag, vrijgevallen, besteed) GROUP BY 1, 2, 3, 4"
)
INVARIANTEN = {
    "F1 every boeking adds up to zero": "SELECT boeking, sum(bedrag_cent) FROM boekingsregel GROUP BY boeking HAVING sum(bedrag_cent) <> 0",
    "F1 the lines of a boeking are in its own fonds": "SELECT b.id, r.regelnummer FROM boeking b JOIN boekingsregel r ON r.boeking = b.id WHERE r.fonds <> b.fonds",
    "F3 the balances of a fonds add up to zero": "SELECT fonds, sum(bedrag_cent) FROM boekingsregel GROUP BY fonds HAVING sum(bedrag_cent) <> 0",
    "F4 a boeking has all its lines, two or more": "SELECT b.id, count(r.boeking) FROM boeking b LEFT JOIN boekingsregel r ON r.boeking = b.id GROUP BY b.id "
    "HAVING count(r.boeking) < 2 OR count(r.boeking) <> b.aantal_regels",
    "F4 the lines of a boeking are numbered from 1 without a gap": "SELECT b.id, array_agg(r.regelnummer) FROM boeking b JOIN boekingsregel r ON r.boeking = b.id GROUP BY b.id "
    "HAVING min(r.regelnummer) <> 1 OR max(r.regelnummer) <> b.aantal_regels",
    "F5 the service's role may not change what is booked": "SELECT tabel, recht FROM unnest(ARRAY['boeking', 'boekingsregel', 'bijdrage', 'audit', "
    "'begroting', 'begrotingsregel', 'begrotingsaanvaarding', 'begrotingsvaststelling', "
    "'budgetstand', 'vrijval', 'uitgave', 'uitgavebetaling', 'uitgavestorno', 'jaarafsluiting', 'resultaatuitkering', 'verplichtingsdeel']) tabel, "
    "unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) recht WHERE has_table_privilege('fonds_api', tabel, recht) "
    "OR recht = 'UPDATE' AND has_any_column_privilege('fonds_api', tabel, recht)",
    "F5 the triggers that refuse changes are on": "SELECT naam FROM unnest(ARRAY['boeking_bevroren', 'boeking_niet_legen', 'boeking_in_evenwicht', 'bijdrage_klopt', "
    "'boekingsregel_bevroren', 'boekingsregel_niet_legen', 'boekingsregel_niet_erbij', 'bijdrageronde_klopt', "
    "'bijdrage_bevroren', 'bijdrage_niet_legen', 'bijdrageronde_vast', 'bijdrage_in_ronde', 'idempotentie_antwoord_blijft', 'begroting_bevroren', "
    "'begroting_niet_legen', 'begroting_volgt_op', 'begroting_volledig', 'begrotingsregel_bevroren', 'begrotingsregel_niet_legen', "
    "'begrotingsregel_niet_erbij', 'begrotingsaanvaarding_bevroren', 'begrotingsaanvaarding_niet_legen', 'begrotingsaanvaarding_kan', "
    "'begrotingsvaststelling_bevroren', 'begrotingsvaststelling_niet_legen', 'begrotingsvaststelling_kan', "
    "'begrotingsvaststelling_begroot', 'verplichtingsdeel_verplicht', 'verplichting_beslist', 'vrijval_verwerkt', 'uitgave_verwerkt', 'uitgavestorno_verwerkt', "
    "'overheveling_verwerkt', 'jaarafsluiting_kan', 'resultaatbestemming_kan', 'resultaatbestemming_klopt', 'resultaatuitkering_klopt', "
    "'budgetstand_niet_legen', 'uitgave_bevroren', 'vrijval_bevroren', 'uitgavestorno_bevroren', 'jaarafsluiting_bevroren']) naam "
    "WHERE NOT EXISTS (SELECT FROM pg_trigger WHERE tgname = naam AND tgenabled = 'O')",
    "F10 the bijdragen of a round are its omslag, to the cent, and as many as it says": "SELECT r.id, o.bedrag_cent, sum(b.bedrag_cent) FROM bijdrageronde r JOIN omslag o USING (fonds, jaar) "
    "LEFT JOIN bijdrage b USING (fonds, jaar) GROUP BY r.id, o.bedrag_cent HAVING coalesce(sum(b.bedrag_cent), 0) "
    "<> CASE WHEN r.status = 'vastgesteld' THEN o.bedrag_cent ELSE 0 END OR count(b.id) <> coalesce(r.aantal, 0)",
    "a begroting has all its lines": "SELECT b.id FROM begroting b LEFT JOIN begrotingsregel r ON r.begroting = b.id GROUP BY b.id "
    "HAVING count(r.begroting) <> b.aantal_regels OR min(r.regelnummer) <> 1 OR max(r.regelnummer) <> b.aantal_regels",
    "an adopted begroting has no open differences": "SELECT v.begroting, open FROM begrotingsvaststelling v JOIN begroting b ON b.id = v.begroting, "
    "unnest(b.onverklaard) open WHERE NOT EXISTS (SELECT FROM begrotingsaanvaarding a WHERE a.begroting = b.id AND a.verschil = open)",
    "F12 every idempotency key has its answer": "SELECT sleutel FROM idempotentie WHERE status IS NULL",
    "F12 one key, one boeking": "SELECT kopregels->>'location', count(*) FROM idempotentie WHERE status = 201 GROUP BY 1 HAVING count(*) > 1",
    "F12 every boeking that was answered exists": "SELECT kopregels->>'location' FROM idempotentie WHERE kopregels->>'location' LIKE '/v1/boekingen/%' "
    "AND NOT EXISTS (SELECT FROM boeking WHERE '/v1/boekingen/' || id = kopregels->>'location')",
    "F12 one boeking per source document": "SELECT fonds, bron, pad, count(*) FROM boeking GROUP BY 1, 2, 3 HAVING count(*) > 1",
    "every boeking was booked by somebody": "SELECT id FROM boeking WHERE bron <> 'fonds' AND NOT EXISTS (SELECT FROM audit "
    "WHERE onderwerp = '/v1/boekingen/' || boeking.id AND handeling = 'boeking.boeken' AND peer_id IS NOT NULL)",
    "every boeking of our own documents has its document": "SELECT id FROM boeking WHERE bron = 'fonds' AND NOT EXISTS (SELECT FROM audit "
    "WHERE onderwerp = regexp_replace(pad, '/(betaling|storno|onttrekking)$', ''))"
    " AND NOT EXISTS (SELECT FROM audit WHERE onderwerp = pad)",
    "F8 of no post is more committed and spent than there is": "SELECT fonds, jaar, prioriteit, budgetsoort FROM budgetstand "
    "WHERE begroot_cent + overgeheveld_cent < verplicht_cent + besteed_cent",
    "F8 a post has what the version that was adopted last gives it": "SELECT s.* FROM budgetstand s WHERE begroot_cent <> coalesce((SELECT sum(r.bedrag) "
    "* max(b.eenheid_euro) * 100 FROM begroting b JOIN begrotingsregel r ON r.begroting = b.id AND r.rij IN ('regel', 'btw') WHERE b.id = "
    "(SELECT id FROM begroting JOIN begrotingsvaststelling ON begroting = id WHERE fonds = s.fonds AND jaar = s.jaar ORDER BY versie DESC LIMIT 1) "
    "AND (coalesce(r.prioriteit, ''), coalesce(r.budgetsoort, 'btw')) = (s.prioriteit, s.budgetsoort)), 0)",
    "F8 what is committed and spent of a post is that of its parts": f"SELECT s.*, d.* FROM budgetstand s FULL JOIN ({DELEN}) d "
    "USING (fonds, jaar, prioriteit, budgetsoort) WHERE (coalesce(s.verplicht_cent, 0), coalesce(s.besteed_cent, 0)) "
    "<> (coalesce(d.verplicht, 0), coalesce(d.besteed, 0))",
    "F8 what is spent of a post is what its account shows": "SELECT * FROM (SELECT r.fonds, extract(year FROM b.boekdatum)::int AS jaar, coalesce(a.prioriteit, '') AS prioriteit, "
    "coalesce(a.budgetsoort, 'btw') AS budgetsoort, sum(r.bedrag_cent) AS geboekt FROM boekingsregel r JOIN boeking b ON b.id = r.boeking "
    "JOIN rekening a ON (a.fonds, a.nummer) = (r.fonds, r.rekening) WHERE b.bron = 'fonds' AND b.pad LIKE '/v1/uitgaven/%' "
    "AND (a.prioriteit IS NOT NULL OR a.nummer = '4900') GROUP BY 1, 2, 3, 4) g FULL JOIN budgetstand s "
    "USING (fonds, jaar, prioriteit, budgetsoort) WHERE coalesce(g.geboekt, 0) <> coalesce(s.besteed_cent, 0)",
    "F9 what is spent of a part is its uitgaven": "SELECT d.* FROM verplichtingsdeel d WHERE (besteed_cent, besteed_btw_cent) <> (SELECT coalesce(sum(u.bedrag_cent), 0), "
    "coalesce(sum(u.btw_cent), 0) FROM uitgave u LEFT JOIN uitgavestorno s ON s.uitgave = u.id WHERE s.uitgave IS NULL "
    "AND (u.verplichting, u.jaar) = (d.verplichting, d.jaar))",
    "F9 what is released of a part is its vrijvallen, what went to the next year, or all": "SELECT d.* FROM verplichtingsdeel d JOIN verplichting v ON v.id = d.verplichting "
    "WHERE (vrijgevallen_cent, vrijgevallen_btw_cent) <> CASE WHEN v.status = 'geweigerd' THEN (d.bedrag_cent, d.btw_cent) ELSE "
    "(SELECT (coalesce(sum(bedrag_cent), 0)::bigint, coalesce(sum(btw_cent), 0)::bigint) FROM (SELECT bedrag_cent, btw_cent FROM vrijval w "
    "WHERE (w.verplichting, w.jaar) = (d.verplichting, d.jaar) UNION ALL SELECT bedrag_cent, btw_cent FROM overheveling o "
    "WHERE (o.verplichting, o.jaar) = (d.verplichting, d.jaar) AND o.status = 'vastgesteld') alles) END",
    "what is carried over leaves one year and comes in the next": "SELECT fonds, prioriteit, budgetsoort, sum(overgeheveld_cent) FROM budgetstand "
    "GROUP BY 1, 2, 3 HAVING sum(overgeheveld_cent) <> 0",
    "what goes back of a resultaat is what was decided": "SELECT b.fonds, b.jaar FROM resultaatbestemming b LEFT JOIN resultaatuitkering u USING (fonds, jaar) "
    "GROUP BY b.fonds, b.jaar HAVING coalesce(sum(u.bedrag_cent), 0) <> CASE b.status WHEN 'vastgesteld' THEN b.uitkeren_cent ELSE 0 END",
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
