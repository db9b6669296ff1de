"""`abonnement-api controleer`: silent when all holds, and it names what does not."""

from __future__ import annotations

import subprocess
import sys

import psycopg
import pytest
from abonnement_api.controle.command import controleer
from abonnement_api.controle.invarianten import DELEN, INVARIANTEN

from tests.abonnement.test_aansluiting import geboekt as geboekt
from tests.abonnement.wereld import post

pytestmark = pytest.mark.usefixtures("klein")
VERWISSELD = (
    "UPDATE factuurregel SET bedrag_cent = bedrag_cent + CASE dienst WHEN 'kindertelefoon' THEN 1 ELSE -1 END "
    "WHERE factuur = '2018-000001' AND dienst IN ('kindertelefoon', 'vertrouwenswerk')"
)


def gezegd(settings, capsys) -> tuple[int | None, list[str]]:
    """(exit code, lines)."""
    code = None
    try:
        controleer(settings, [])
    except SystemExit as einde:
        code = einde.code
    return code, capsys.readouterr().out.splitlines()


def test_wat_klopt_en_wat_niet(geboekt, settings, database, server, capsys):
    assert gezegd(settings, capsys) == (None, ["Alles klopt."])
    with psycopg.connect(server.database_url(database.name), autocommit=True) as breker:
        for kwaad, gevonden in (
            (VERWISSELD, "A4 /v1/facturen/2018-000001: nagerekend zijn de regels anders"),
            (
                "UPDATE outbox SET inhoud = jsonb_set(inhoud, '{regels,0,bedragCent}', '7')",
                "A8 every entry that is on its way adds up",
            ),
            (
                "ALTER TABLE outbox DISABLE TRIGGER outbox_onbezorgd",
                "A3 the triggers that refuse changes are on: outbox_onbezorgd",
            ),
            ("GRANT UPDATE (bedrag_cent) ON factuur TO abonnement_api", "A3 the service's role may not change"),
            ("GRANT INSERT ON afgesloten TO abonnement_api", "A9 only the check itself closes: INSERT"),
            ("UPDATE outbox SET antwoord_pad = NULL WHERE volgnummer = 1", "A8 what was delivered has an entry of its own"),
            ("UPDATE bankafschrift SET eindsaldo_cent = 7", "A6 a statement's posts are what its balances say"),
        ):
            breker.execute("BEGIN; SET LOCAL session_replication_role = replica;" + kwaad + "; COMMIT")
            code, regels = gezegd(settings, capsys)
            assert code == 1 and any(regel.startswith(gevonden) for regel in regels), (kwaad, regels)
    breek_niets_voorgoed(server, database)


def breek_niets_voorgoed(server, database) -> None:
    """The fixture looks at the invariants at the end: an empty database has none broken."""
    with psycopg.connect(server.database_url(database.name), autocommit=True) as breker:
        tabellen = breker.execute(
            "SELECT string_agg(quote_ident(relname), ', ') FROM pg_class WHERE relnamespace = 'public'::regnamespace "
            "AND relkind = 'r' AND relname NOT IN ('alembic_version', 'aanbieder', 'dienst')"
        ).fetchone()[0]
        breker.execute(f"SET session_replication_role = replica; TRUNCATE {tabellen}")
        breker.execute("ALTER TABLE outbox ENABLE TRIGGER outbox_onbezorgd")
        breker.execute(
            "REVOKE UPDATE (bedrag_cent) ON factuur FROM abonnement_api; REVOKE INSERT ON afgesloten FROM abonnement_api"
        )


def test_elke_grendel_van_de_database_wordt_bewaakt(database):
    """A trigger that nobody names can be off without anybody knowing."""
    with psycopg.connect(database.url) as rol:
        er = {
            naam
            for (naam,) in rol.execute(
                "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal "
                "AND relnamespace = 'public'::regnamespace AND relname NOT LIKE 'procrastinate%'"
            )
        }
        bevroren = {naam.removesuffix("_bevroren") for naam in er if naam.endswith("_bevroren")}
    assert er - {grendel for deel in DELEN for grendel in deel.GRENDELS} == set()
    assert bevroren - {tabel for deel in DELEN for tabel in deel.ONVERANDERLIJK} == set()
    assert all(sum(naam.startswith(f"A{n} ") for naam in INVARIANTEN) for n in (1, 2, 3, 4, 5, 6, 8, 9))


def test_de_opdracht_zelf(database, settings, wereld):
    """As the operator runs it: one line, and a database that is away is no traceback."""
    wereld.lees_in([post(5)])
    omgeving = {
        "ABONNEMENT_DATABASE_URL": database.url,
        "ABONNEMENT_PEER_ID": settings.peer_id,
        "ABONNEMENT_JWKS_URL": settings.jwks_url,
        "ABONNEMENT_REKENING_IBAN": settings.rekening_iban,
    }
    opdracht = [sys.executable, "-m", "abonnement_api", "controleer"]
    goed = subprocess.run(opdracht, env=omgeving, capture_output=True, text=True, check=False)
    assert (goed.returncode, goed.stdout) == (0, "Alles klopt.\n"), goed.stderr
    weg = {**omgeving, "ABONNEMENT_DATABASE_URL": "postgresql://niemand@127.0.0.1:9/x"}
    mis = subprocess.run(opdracht, env=weg, capture_output=True, text=True, check=False)
    assert mis.returncode == 2 and "Traceback" not in mis.stderr and "database" in mis.stderr
    assert subprocess.run([*opdracht, "--onbekend"], env=omgeving, capture_output=True, check=False).returncode == 2
