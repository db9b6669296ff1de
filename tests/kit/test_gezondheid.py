"""Readiness by the schema: ours or newer; and a probe that is not held up by a database that is silent."""

from __future__ import annotations

import asyncio

import fonds_api.app
import psycopg
import pytest
from gemeengoed_kit.observe.probe import Probe
from gemeengoed_kit.operation.health import Health, revisions
from sqlalchemy import text

MIGRATIONS = fonds_api.app.service.migrations


@pytest.mark.parametrize(
    ("revision", "works"), [(revisions(MIGRATIONS)[0], True), ("0002", False), (None, False), ("van een latere uitgave", True)]
)
def test_schema_van_voor_deze_uitgave_is_niet_goed_genoeg(database, revision, works):
    with psycopg.connect(database.owner_url) as owner:
        owner.execute("ALTER TABLE alembic_version DROP CONSTRAINT alembic_version_pkc")
        owner.execute("ALTER TABLE alembic_version ALTER version_num DROP NOT NULL, ALTER version_num TYPE text")
        owner.execute("UPDATE alembic_version SET version_num = %s", [revision])
    health = Health(database.url, name="proef", migrations=MIGRATIONS, silence=None)
    seen = {part.name: part.works for part in asyncio.run(health.parts())}
    assert seen == {"database": True, "schema": works}


def test_stille_database_houdt_de_volgende_vraag_niet_op(database):
    """The first question waits for half a minute, the next one is asked on a connection of its own."""
    queries = iter(["SELECT pg_sleep(30)", "SELECT 1"])
    probe = Probe(database.url, lambda session: session.scalar(text(next(queries))), name="proef", seconds=1.1)
    with pytest.raises(TimeoutError):
        probe.ask()
    assert probe.ask() == 1


def test_wie_tegelijk_vraagt_krijgt_hetzelfde_antwoord(database):
    asked: list[int] = []

    def question(session) -> int:
        asked.append(1)
        return session.scalar(text("SELECT pg_backend_pid()"))

    async def all_at_once() -> set[int]:
        probe = Probe(database.url, question, name="proef")
        return set(await asyncio.gather(*(probe.answer() for _ in range(100))))

    assert len(asyncio.run(all_at_once())) == 1 and len(asked) == 1
