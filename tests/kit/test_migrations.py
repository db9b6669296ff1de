"""Migrations: what one may lean on, the queue as the installed library wants it, and how long others wait for one."""

from __future__ import annotations

import ast
import hashlib
import logging
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import abonnement_api.app
import catalogus_api.app
import fonds_api.app
import psycopg
import pytest
from gemeengoed_kit.process import Service, migrate
from gemeengoed_lokaal.databases import ServiceDatabase, create_service_database, drop_database
from procrastinate.schema import SchemaManager
from sqlalchemy.exc import DBAPIError

from tests.conftest import ROOT

SERVICES: dict[str, Service] = {
    "abonnement": abonnement_api.app.service,
    "catalogus": catalogus_api.app.service,
    "fonds": fonds_api.app.service,
}
FOLDERS = [*(service.migrations for service in SERVICES.values()), ROOT / "gateway" / "gateway" / "migrations"]
REVISIONS = [file for folder in FOLDERS for file in sorted(folder.glob("versions/*.py"))]
FROZEN = {"alembic", "sqlalchemy", *sys.stdlib_module_names}
HELPER = {"gemeengoed_kit.migrations": {"run_queue", "run_sql"}}
BEFORE_THE_LOCKS = "0003"
"""Revision of fonds; the next one locks many tables."""

QUEUE = r"""
WITH t AS (SELECT oid, relname FROM pg_class WHERE relname LIKE 'procrastinate\_%' AND relkind = 'r')
SELECT t.relname, 'column ' || attname, concat_ws(' ', format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated,
       pg_get_expr(adbin, adrelid))
    FROM t JOIN pg_attribute ON attrelid = t.oid AND attnum > 0 AND NOT attisdropped
    LEFT JOIN pg_attrdef ON (adrelid, adnum) = (attrelid, attnum)
UNION ALL SELECT t.relname, 'constraint ' || conname, pg_get_constraintdef(c.oid) FROM t JOIN pg_constraint c ON conrelid = t.oid
UNION ALL SELECT t.relname, 'index', pg_get_indexdef(indexrelid) FROM t JOIN pg_index ON indrelid = t.oid
UNION ALL SELECT t.relname, 'trigger', pg_get_triggerdef(g.oid) FROM t JOIN pg_trigger g ON tgrelid = t.oid AND NOT tgisinternal
UNION ALL SELECT proname, pg_get_function_identity_arguments(oid), pg_get_functiondef(oid)
    FROM pg_proc WHERE proname LIKE 'procrastinate\_%'
UNION ALL SELECT typname, 'type', string_agg(coalesce(enumlabel, attname || ' ' || format_type(atttypid, atttypmod)), ', '
                 ORDER BY enumsortorder, attnum)
    FROM pg_type t LEFT JOIN pg_enum ON enumtypid = t.oid LEFT JOIN pg_attribute ON attrelid = typrelid AND typtype = 'c'
    WHERE typname LIKE 'procrastinate\_%' AND typtype IN ('c', 'e')
    AND NOT EXISTS (SELECT FROM pg_class WHERE pg_class.oid = typrelid AND relkind <> 'c') GROUP BY typname"""


@pytest.fixture
def empty(server, passwords) -> Iterator[Callable[[str], ServiceDatabase]]:
    """Makes a database of a service with nothing in it."""
    made: list[ServiceDatabase] = []

    def make(service: str) -> ServiceDatabase:
        made.append(create_service_database(server.url, service, name=f"{service}_leeg_{len(made)}", passwords=passwords))
        return made[-1]

    yield make
    for database in made:
        drop_database(server.url, database.name)


@pytest.fixture
def fonds(empty) -> ServiceDatabase:
    """Fonds as it was before the locks."""
    database = empty("fonds")
    migrate(SERVICES["fonds"], database.owner_url, BEFORE_THE_LOCKS)
    return database


@pytest.fixture
def reader(fonds) -> Iterator[psycopg.Connection]:
    """Somebody who has read in a transaction that goes on."""
    with psycopg.connect(fonds.url) as connection:
        connection.execute("SELECT count(*) FROM boekingsregel")
        yield connection


def revision(database: ServiceDatabase) -> str:
    with psycopg.connect(database.owner_url) as owner:
        return owner.execute("SELECT version_num FROM alembic_version").fetchone()[0]  # type: ignore[index]


@pytest.mark.parametrize("file", REVISIONS, ids=lambda file: f"{file.parents[2].name}-{file.stem}")
def test_migratie_leunt_op_niets_dat_kan_veranderen(file):
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            assert all(name.name.split(".")[0] in FROZEN for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module not in HELPER:
            assert not node.level and node.module and node.module.split(".")[0] in FROZEN, node.module
        elif isinstance(node, ast.ImportFrom):
            assert {name.name for name in node.names} <= HELPER[str(node.module)]


def test_migratie_die_heeft_gedraaid_verandert_nooit_meer():
    """At a release its new migrations are added to the list (`sha256sum`); nothing in it ever changes."""
    listed = [line.split() for line in Path(__file__).with_name("migraties.sha256").read_text().splitlines()]
    assert len(listed) >= 24
    assert [name for digest, name in listed if hashlib.sha256((ROOT / name).read_bytes()).hexdigest() != digest] == []


def test_elke_sql_hoort_bij_een_migratie():
    for folder in FOLDERS:
        assert {file.stem for file in folder.glob("versions/*.sql")} <= {file.stem for file in folder.glob("versions/*.py")}


@pytest.mark.parametrize("name", ["abonnement", "fonds"])
def test_wachtrij_is_zoals_de_geinstalleerde_procrastinate_haar_wil(empty, name):
    """Fails when procrastinate is renewed and its tables or functions differ: write a migration that makes the difference."""
    ours, theirs = empty(name), empty(name)
    migrate(SERVICES[name], ours.owner_url)
    with psycopg.connect(ours.owner_url) as mine, psycopg.connect(theirs.owner_url) as fresh:
        fresh.execute(SchemaManager.get_schema())  # type: ignore[arg-type]
        wanted = sorted(fresh.execute(QUEUE).fetchall())
        assert len(wanted) > 50 and sorted(mine.execute(QUEUE).fetchall()) == wanted


def test_andere_procrastinate_onder_dezelfde_namen_wordt_geweigerd(empty, monkeypatch):
    monkeypatch.setattr("gemeengoed_kit.migrations._QUEUE_DIGEST", "0" * 64)
    database = empty("fonds")
    with pytest.raises(RuntimeError, match="not those that this release was made with"):
        migrate(SERVICES["fonds"], database.owner_url)
    with psycopg.connect(database.owner_url) as owner:
        assert owner.execute("SELECT count(*) FROM pg_class WHERE relname LIKE 'procrastinate%%'").fetchone() == (0,)


def test_wie_leest_wacht_kort_op_een_migratie_die_zelf_moet_wachten(fonds, reader, caplog):
    with (
        caplog.at_level(logging.WARNING, "gemeengoed.migrate"),
        ThreadPoolExecutor(1) as pool,
        psycopg.connect(fonds.url, autocommit=True, options="-c statement_timeout=3s") as other,
    ):
        migrating = pool.submit(migrate, SERVICES["fonds"], fonds.owner_url, patience=(0.3,) * 30)
        while len(caplog.records) < 2:
            other.execute("SELECT count(*) FROM boeking")  # of the tables that are locked before the one that is read
            assert not migrating.done()
        reader.rollback()
        migrating.result()
    assert "in the way" in caplog.text and revision(fonds) > BEFORE_THE_LOCKS


def test_migratie_die_haar_grendels_nooit_krijgt_houdt_op_en_laat_niets_achter(fonds, reader):
    with pytest.raises(DBAPIError) as refused:
        migrate(SERVICES["fonds"], fonds.owner_url, patience=(0.1, 0.1))
    assert isinstance(refused.value.orig, psycopg.errors.LockNotAvailable)
    assert revision(fonds) == BEFORE_THE_LOCKS


def test_alle_grendels_samen_duren_niet_langer_dan_twee_seconden(fonds, reader):
    with pytest.raises(DBAPIError) as refused:
        migrate(SERVICES["fonds"], fonds.owner_url, patience=(30.0,))
    assert isinstance(refused.value.orig, psycopg.errors.QueryCanceled)


def test_een_fout_in_een_migratie_wordt_niet_herhaald(fonds, caplog):
    with psycopg.connect(fonds.owner_url, autocommit=True) as owner:
        owner.execute("ALTER TABLE boeking DISABLE TRIGGER USER")
        owner.execute(
            "INSERT INTO boeking (id, fonds, boekdatum, geboekt_op, omschrijving, bron, pad, aantal_regels) "
            "VALUES (gen_random_uuid(), 'ggu', '2018-01-15', now(), 'Zonder regels', 'b', '/p', 2)"
        )
    with caplog.at_level(logging.WARNING, "gemeengoed.migrate"), pytest.raises(DBAPIError, match="Herstel het grootboek"):
        migrate(SERVICES["fonds"], fonds.owner_url)
    assert not caplog.records and revision(fonds) == BEFORE_THE_LOCKS
