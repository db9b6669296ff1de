"""What a second reading of the kit found: nothing of a refused request stays, and no fault of one thing ends another."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import time
import weakref

import psycopg
import pytest
from gemeengoed_kit import retention, supervise
from gemeengoed_kit.lanes import Busy, Lane
from gemeengoed_kit.observe.logs import JsonLines
from gemeengoed_kit.problem import passes
from gemeengoed_kit.source import parse_json
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError


class Body:
    """Stands for what a request holds."""


def test_van_een_geweigerde_aanvraag_blijft_niets_in_het_geheugen():
    lane, hold, body = Lane("proef", 1, 0.05), threading.Event(), Body()
    kept = weakref.ref(body)

    async def scenario(body: Body) -> None:
        first = asyncio.create_task(lane.run(lambda: hold.wait(10)))
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await lane.run(lambda holding=body: holding)
        del body
        assert not first.done()

    asyncio.run(asyncio.wait_for(_until_refused(scenario, body, hold), 20))
    del body
    assert kept() is None
    lane.close()


async def _until_refused(scenario, body, hold) -> None:
    try:
        await scenario(body)
    finally:
        hold.set()


def test_namen_van_een_groot_antwoord_kosten_niet_meer_dan_hun_aantal():
    names = ", ".join(f'"n{number}": 1' for number in range(200_000))
    began = time.process_time()
    with pytest.raises(ValueError, match="'n7' staat er meer dan eens"):
        parse_json(f'{{{names}, "n7": 2}}'.encode())
    assert time.process_time() - began < 20, "each name looked for among all others takes many minutes"


def test_diepe_json_met_een_escape_is_geen_interne_fout():
    with pytest.raises(ValueError, match="diep"):
        parse_json(("[" * 900 + '"\\u0041"' + "]" * 900).encode())


def test_taak_in_de_rij_zetten_op_een_verbroken_verbinding_is_een_fout_van_de_database(context, server):
    assert context.jobs is not None
    with pytest.raises(DBAPIError) as raised, context.sessions() as session:
        pid = session.scalar(text("SELECT pg_backend_pid()"))
        with psycopg.connect(server.url, autocommit=True) as admin:
            admin.execute("SELECT pg_terminate_backend(%s, 10000)", [pid])
        context.jobs.defer(session, "noteer", naam="x")
    assert passes(raised.value), "so the edge answers 503"


def test_een_kind_dat_niet_kan_starten_beeindigt_de_andere_niet(monkeypatch):
    watch = supervise._Supervisor("proef", 1, lambda number, beat: None, 15, 5.0)
    child = watch._children[0]

    def full() -> int:
        raise BlockingIOError("no room for another process")

    monkeypatch.setattr("os.fork", full)
    watch._start(child)
    assert child.pid == 0 and child.due > time.monotonic()


def test_opruimen_gaat_door_na_een_fout_die_niet_van_de_database_is(monkeypatch):
    monkeypatch.setattr(retention, "AGAIN_SECONDS", 0.0)
    stopping, tries = threading.Event(), []

    def tidy() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise RuntimeError("de pool is vol")
        stopping.set()

    retention.run(tidy, stopping)
    assert len(tries) == 2


def test_een_regel_herhaalt_geen_rij_van_de_database():
    told = 'null value in column "naam"\nDETAIL:  Failing row contains (geheim, 1).\nCONTEXT:  COPY munt'
    record = logging.LogRecord("x", logging.ERROR, "", 0, told, (), None)
    record.error = told
    line = json.loads(JsonLines("proef").format(record))
    assert "geheim" not in json.dumps(line) and 'column "naam"' in line["message"]
