"""Ways to falsify what an entry said, as the service's own role."""

from __future__ import annotations

import psycopg
import pytest

from tests.manieren import RECHT, REGEL, Manier, doe, manier, parameters

NIEUW = (
    "INSERT INTO voorziening (code, naam, soort, domein, omschrijving, bronvermelding{k}) "
    "VALUES ('proef', 'Proef', 'app', 'generiek', 'x', 'x'{w})"
)


def nieuw(kolommen: str = "", waarden: str = "") -> str:
    return NIEUW.replace("{k}", kolommen).replace("{w}", waarden)


def met(code: str, woord: str) -> str:
    return nieuw().replace("'proef'", f"'{code}'").replace("'x', 'x'", f"'{woord}', 'x'")


GEBEURD = (
    "INSERT INTO gebeurtenis (id, type, onderwerp, tijd, data, zichtbaar_voor) "
    "VALUES ('{v}', 'nl.gemeengoed.catalogus.proef.gemaakt', '/v1/proeven/1', now(), '{}', '{}')"
)
MANIEREN = [
    manier("zoals het hoort", None, nieuw(), "UPDATE voorziening SET naam = 'Anders' WHERE code = 'proef'"),
    manier("versie kiezen", RECHT, nieuw(", versie", ", 7")),
    manier("versie terugzetten", RECHT, "UPDATE voorziening SET versie = 1"),
    manier("andere code", RECHT, "UPDATE voorziening SET code = 'anders' WHERE code = 'gibit'"),
    manier("zoektekst kiezen", psycopg.errors.GeneratedAlways, nieuw(", zoektekst", ", 'x'")),
    manier("terug naar concept", REGEL, "UPDATE voorziening SET publicatiestatus = 'concept' WHERE code = 'gibit'"),
    manier("onbekende fase", REGEL, nieuw(", fase", ", 'klaar'")),
    manier("fase zonder overgang", REGEL, nieuw(", fase", ", 'initiatief'")),
    manier("andere fase zonder overgang", REGEL, "UPDATE voorziening SET fase = 'uitfasering' WHERE code = 'gibit'"),
    manier("onbekend domein", REGEL, nieuw().replace("generiek", "jeugd")),
    manier("onbekende gebruiker", REGEL, nieuw(", gebruikers", ", '{kat}'")),
    manier("oneindig", REGEL, nieuw(", gewijzigd_op", ", 'infinity'")),
    *(
        manier(f"{lijst}: {wat}", fout, nieuw(f", {lijst}", f", {waarde}"))
        for lijst in ("ontwikkelaars", "gebruikers", "leveranciers", "bouwstenen")
        for wat, fout, waarde in (
            ("niets erin", REGEL, "ARRAY[NULL]::text[]"),
            ("lijst van lijsten", psycopg.DatabaseError, "'{{gemeente},{inwoner}}'"),
        )
    ),
    manier("vindplaatsen als object", REGEL, nieuw(", vindplaatsen", ", '{}'")),
    manier("wissen", RECHT, "DELETE FROM voorziening"),
    manier("versie erbij", RECHT, "INSERT INTO voorziening_versie SELECT * FROM voorziening_versie"),
    manier("versie wijzigen", RECHT, "UPDATE voorziening_versie SET naam = 'x'"),
    manier("versie wissen", RECHT, "DELETE FROM voorziening_versie"),
    manier("versies legen", RECHT, "TRUNCATE voorziening_versie"),
    manier("nummer kiezen", psycopg.errors.GeneratedAlways, nieuw(", nummer", ", 7")),
    manier("waarde toekennen", RECHT, "UPDATE voorziening_waarde SET nummers = ~nummers"),
    manier("waarde erbij", RECHT, "INSERT INTO voorziening_waarde VALUES ('soort', 'x', 0, 1::bit(8192))"),
    manier("waarde vergeten", RECHT, "DELETE FROM voorziening_waarde"),
    manier("wachtrij legen", RECHT, nieuw(), "DELETE FROM voorziening_waarde_wacht"),
    manier("trigger uit", RECHT, "ALTER TABLE voorziening DISABLE TRIGGER USER"),
    manier("triggers uit", RECHT, "SET session_replication_role = replica"),
    manier("functie vervangen", RECHT, "CREATE OR REPLACE FUNCTION public.zoekvorm(VARIADIC delen text[]) RETURNS text LANGUAGE sql AS 'SELECT 1'"),
    manier("functie op een eigen tabel", RECHT, "CREATE TEMP TABLE t AS SELECT * FROM voorziening",
           "CREATE TRIGGER t AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION public.bewaar_voorziening_versie()"),
    manier("wachtrij van een eigen tabel", RECHT, "CREATE TEMP TABLE t (nummer int)",
           "CREATE TRIGGER t AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION public.voorziening_waarde_wacht()"),
    manier("dezelfde woorden, de een om de ander", None, met("een", "appelproef"), "B: " + met("twee", "peerproef"),
           met("drie", "peerproef"), "COMMIT", "B: " + met("vier", "appelproef")),
    manier("wie al een beurt heeft, wacht niet op een tweede", None, nieuw(), "SET CONSTRAINTS gebeurtenis_genummerd IMMEDIATE", GEBEURD,
           "B: " + met("twee", "peerproef"), "B wacht: SET CONSTRAINTS voorziening_waarde_volgt IMMEDIATE"),
    manier("waarden van een eigen tabel", RECHT, "CREATE TEMP TABLE t (id bigint)",
           "CREATE TRIGGER t AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION public.voorziening_waarde_volgt()"),
]  # fmt: skip
LAATSTE = (
    "SELECT count(*) FROM voorziening v WHERE to_jsonb(v) - '{zoektekst,zoekvector,nummer}'::text[] IS DISTINCT FROM ("
    "SELECT to_jsonb(w) - 'geschreven_op' FROM voorziening_versie w WHERE w.code = v.code ORDER BY versie DESC LIMIT 1)"
)
GAT = "SELECT count(*) FROM (SELECT code FROM voorziening_versie GROUP BY code HAVING max(versie) <> count(*)) AS gat"


@pytest.mark.parametrize("wijze", parameters(MANIEREN))
def test_laatste_versie_is_wat_er_staat_hoe_er_ook_wordt_geschreven(database, wijze: Manier):
    doe(database.url, wijze, {})
    with psycopg.connect(database.owner_url) as eigenaar:
        assert [eigenaar.execute(vraag.encode()).fetchone() for vraag in (LAATSTE, GAT)] == [(0,), (0,)]


@pytest.mark.parametrize("opdracht", ["UPDATE voorziening_versie SET naam = 'x'", "DELETE FROM voorziening_versie", "TRUNCATE voorziening_versie CASCADE"])  # fmt: skip
def test_ook_de_eigenaar_wijzigt_geen_versie(database, opdracht):
    with psycopg.connect(database.owner_url) as eigenaar, pytest.raises(psycopg.errors.IntegrityError, match="veranderen nooit"):
        eigenaar.execute(opdracht.encode())
