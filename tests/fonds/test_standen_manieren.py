"""Ways to put sums, limits, reversals and moments wrong, as the service's own role: after each of them every invariant holds."""

from __future__ import annotations

import uuid

import psycopg
import pytest
from psycopg import errors

from tests.fonds.conftest import prepare
from tests.fonds.test_grenzen import begrens
from tests.fonds.test_manieren import AUDIT, GOED, regels
from tests.fonds.test_manieren import boeking as sql_boeking
from tests.invariants.fonds import INVARIANTEN, schendingen
from tests.manieren import RECHT, REGEL, doe, manier, parameters

STORNO = sql_boeking("{y}").replace("aantal_regels)", "aantal_regels, storno_van)").replace(", 2)", ", 2, '{x}')")
GESTORNEERD = (sql_boeking(), AUDIT, GOED)
OOK = AUDIT.replace("{x}", "{y}")
SPIEGEL = regels((1, -900), (2, 900), id="{y}")
VERZEGEL = "SELECT verzegel('derdengelden', 10000)"
MANIEREN = [
    manier("storno", None, *GESTORNEERD, "COMMIT", STORNO, OOK, SPIEGEL),
    manier("storno in dezelfde transactie", None, *GESTORNEERD, STORNO, OOK, SPIEGEL),
    manier("storno die geen spiegel is", REGEL, *GESTORNEERD, STORNO, OOK, regels((1, 900), (2, -900), id="{y}")),
    manier("storno met andere bedragen", REGEL, *GESTORNEERD, STORNO, OOK, regels((1, -800), (2, 800), id="{y}")),
    manier("storno op andere rekeningen", REGEL, *GESTORNEERD, STORNO, OOK, SPIEGEL.replace("1300", "1100")),
    manier("storno met een regel meer", REGEL, *GESTORNEERD, STORNO.replace(", 2,", ", 3,"), OOK, regels((1, -900), (2, 899), (3, 1), id="{y}")),
    manier("storno van eerder", REGEL, *GESTORNEERD, STORNO.replace("2018-01-01", "2017-12-31"), OOK, SPIEGEL),
    manier("tweede storno", REGEL, *GESTORNEERD, STORNO, OOK, SPIEGEL, "COMMIT", STORNO.replace("{y}", "{z}")),
    manier("tweede storno tegelijk", REGEL, *GESTORNEERD, "COMMIT", STORNO, OOK, SPIEGEL, "B wacht: " + STORNO.replace("{y}", "{z}"), "COMMIT", "B: SELECT 1"),
    manier("storno van een storno", REGEL, *GESTORNEERD, STORNO, OOK, SPIEGEL, STORNO.replace("{x}", "{v}").replace("{y}", "{z}").replace("{v}", "{y}"),
           AUDIT.replace("{x}", "{z}"), regels((1, 900), (2, -900), id="{z}")),
    manier("storno van niets", REGEL, STORNO, OOK, SPIEGEL),
    manier("storno van een ander fonds", REGEL, *GESTORNEERD, STORNO.replace("'derdengelden'", "'ggu'"), OOK, SPIEGEL.replace("'derdengelden'", "'ggu'")),
    manier("storno erbij zetten", RECHT, "UPDATE boeking SET storno_van = '{e}'"),
    manier("verzegelen", None, *GESTORNEERD, "COMMIT", VERZEGEL, VERZEGEL),
    manier("verzegelen voor de regels", REGEL, sql_boeking(), AUDIT, VERZEGEL, GOED),
    manier("verzegelen met de helft", REGEL, sql_boeking(), AUDIT, regels((1, 900)), VERZEGEL, regels((2, -900))),
    manier("verzegelen in de transactie van de boeking", None, *GESTORNEERD, VERZEGEL),
    manier("verzegelen teruggedraaid", None, *GESTORNEERD, "SAVEPOINT s", VERZEGEL, "ROLLBACK TO s"),
    manier("twee verzegelen tegelijk", None, *GESTORNEERD, "COMMIT", VERZEGEL, f"B wacht: {VERZEGEL}", "COMMIT", "B: SELECT 1"),
    manier("twee verzegelen, een met een oude blik", REGEL, *GESTORNEERD, "COMMIT", "B: SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", "B: SELECT 1",
           VERZEGEL, "COMMIT", f"B: {VERZEGEL}"),
    *(manier(f"{opdracht} {tabel}", RECHT, opdracht.format(tabel)) for tabel in ("onverzegeld", "rekeningstand", "fondsstand", "rekeningregel", "rekeningteller", "begrensd")
      for opdracht in ("INSERT INTO {0} SELECT * FROM {0}", "DELETE FROM {0}", "TRUNCATE {0}", "SELECT FROM {0} FOR UPDATE")),
    manier("saldo zetten", RECHT, "UPDATE rekeningteller SET saldo_cent = 0"),
    manier("stand zetten", RECHT, "UPDATE rekeningstand SET debet_cent = 0"),
    manier("grens omzeilen", REGEL, sql_boeking(), AUDIT, regels((1, -900)).replace("1300", "1100"), regels((2, 900))),
    manier("grens met een oude blik", errors.SerializationFailure, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", "SELECT 1",
           "B: " + sql_boeking("{y}"), "B: " + OOK, "B: " + regels((1, 5), (2, -5), id="{y}").replace("1300", "1100"), "B: COMMIT",
           sql_boeking(), AUDIT, regels((1, 5), (2, -5)).replace("1300", "1100")),
    manier("moment van vastleggen kiezen", RECHT, sql_boeking().replace("(id, ", "(id, vastgelegd_op, ").replace("('{x}'", "('{x}', '2001-01-01'")),
    manier("moment van audit kiezen", RECHT, AUDIT.replace("(op, ", "(op, geschreven_op, ").replace("(now(), ", "(now(), '2001-01-01', ")),
    manier("antwoord terugzetten", RECHT, "INSERT INTO idempotentie (afzender, sleutel, vingerafdruk, ontstaan_op) VALUES ('a', 'b', 'c', '2001-01-01')"),
    manier("een tijdelijke onverzegeld", None, "CREATE TEMP TABLE onverzegeld (x int)", "CREATE TEMP TABLE rekeningteller (x int)", *GESTORNEERD),
]  # fmt: skip


@pytest.fixture(scope="module")
def gedeeld(templates, server):
    """One database for all ways, in which 1100 may not go below zero."""
    made = templates.copy("fonds", prepare)
    with psycopg.connect(server.url, autocommit=True) as admin:
        admin.execute(f"GRANT TEMP ON DATABASE {made.name} TO fonds_api".encode())
    begrens(made, "1100", 0, None)
    doe(
        made.url,
        manier("eerder", None, sql_boeking("{e}"), AUDIT.replace("{x}", "{e}"), regels((1, 9), (2, -9), id="{e}")),
        {"e": uuid.uuid4()},
    )
    yield made
    templates.drop(made)


@pytest.mark.parametrize("wijze", parameters(MANIEREN))
def test_standen_kloppen_hoe_er_ook_wordt_geschreven(gedeeld, wijze):
    doe(gedeeld.url, wijze, {"e": uuid.uuid4()})
    assert schendingen(gedeeld.url) == []


@pytest.mark.parametrize(
    ("sabotage", "invariant"),
    [
        ("UPDATE rekeningstand SET debet_cent = debet_cent + 1 WHERE korrel = 'dag'", "F2 what is folded"),
        ("UPDATE rekeningstand SET credit_cent = credit_cent + 1 WHERE korrel = 'dag'", "F2 what is folded"),
        ("UPDATE rekeningstand SET aantal_regels = aantal_regels + 1", "F2 what is folded"),
        (
            "UPDATE rekeningstand SET debet_cent = debet_cent + 3, credit_cent = credit_cent - 1 WHERE korrel = 'jaar'",
            "F2 months",
        ),
        ("UPDATE fondsstand SET aantal_boekingen = aantal_boekingen + 1 WHERE korrel = 'maand'", "F2 its months"),
        ("DELETE FROM onverzegeld", "F2 what is folded"),
        ("DELETE FROM onverzegeld", "F2 the number"),
        ("UPDATE rekeningregel SET opgeteld_cent = 1", "F2 the folded lines of a day are numbered"),
        ("UPDATE rekeningregel SET nummer = -nummer", "F2 the folded lines of a day are numbered"),
        ("DELETE FROM rekeningregel", "F2 the folded lines of a day are those"),
        ("UPDATE rekeningregel SET boekdatum = boekdatum - 1", "F2 a folded line"),
        ("UPDATE rekeningregel SET regelnummer = 1, bedrag_cent = abs(bedrag_cent)", "F2 a folded line"),
        ("UPDATE rekeningregel SET bedrag_cent = 1", "F2 a folded line"),
        ("UPDATE rekeningteller SET saldo_cent = saldo_cent + 1", "F2 the shares"),
        ("UPDATE begrensd SET saldo_cent = saldo_cent + 1", "F11"),
        ("UPDATE rekening SET minimum_cent = 1 WHERE (fonds, nummer) = ('derdengelden', '1100')", "F11"),
        ("UPDATE boekingsregel SET rekening = '2900' FROM boeking WHERE id = boeking AND storno_van IS NOT NULL", "F6"),
        ("GRANT DELETE ON onverzegeld TO fonds_api", "F5 the service"),
        ("ALTER TABLE boekingsregel DISABLE TRIGGER boekingsregel_klopt", "F5 the triggers"),
    ],
)
def test_invarianten_zien_standen_die_niet_kloppen(gedeeld, server, sabotage: str, invariant: str):
    doe(gedeeld.url, manier("goed", None, *GESTORNEERD, VERZEGEL, "COMMIT", STORNO, OOK, SPIEGEL), {})
    with psycopg.connect(server.database_url(gedeeld.name)) as breker:
        breker.execute("SET session_replication_role = replica")
        breker.execute(sabotage.encode())
        gezien = [naam for naam, vraag in INVARIANTEN.items() if breker.execute(vraag.encode()).fetchone()]
        breker.rollback()
    assert any(naam.startswith(invariant) for naam in gezien), gezien
