"""The end: one SIGTERM, no request lost, and no waiting for a database that is silent or away."""

from __future__ import annotations

import http.client
import threading
import time

import httpx
import psycopg
import pytest
from sqlalchemy import text

from tests.kit.operations.proces import Dienst, load, stopped, until

pytestmark = pytest.mark.xdist_group("dienst")


def test_einde_onder_last_verliest_geen_aanvraag(draait):
    with load(draait, again=False) as seen:
        ended = draait.serve.ends_by_itself()
    assert ended and seen.lost == [] and set(seen.answers) == {200} and seen.told_to_leave == 8
    with pytest.raises(ConnectionRefusedError):
        draait.connection().connect()


def test_taak_onder_handen_wordt_afgemaakt_voor_het_einde(dienst, made, database):
    dienst.start("work")
    context, _ = made
    with psycopg.connect(database.owner_url) as lock:
        lock.execute("LOCK TABLE munt IN ACCESS EXCLUSIVE MODE")
        with context.sessions.begin() as session:
            context.jobs.defer(session, "noteer", naam="af")
        until(lambda: _jobs(context) == ["doing"], what="job runs")
        dienst.work.popen.terminate()
        until(lambda: len(dienst.work.lines(message="stopping")) == 2, what="both heard it")
        lock.rollback()
    assert dienst.work.ends_by_itself() and _jobs(context) == []


def test_einde_met_stilstaande_database_wacht_daar_niet_op(draait, server):
    with stopped(server):
        waiting = [threading.Thread(target=_ask, args=(draait,)) for _ in range(3)]
        for thread in waiting:
            thread.start()
        until(lambda: draait.serve.total("service_pool_in_use") >= 1, what="a request that waits for the database")
        started = time.monotonic()
        with pytest.raises(httpx.HTTPStatusError, match="503"):
            draait.get("/v1/health").raise_for_status()
        assert time.monotonic() - started < 15  # three seconds, on a machine that has other things to do
        draait.work.popen.terminate()
        draait.serve.popen.terminate()
        assert draait.serve.ends_by_itself() and draait.work.ends_by_itself()
        for thread in waiting:
            thread.join()


def test_werker_eindigt_ook_als_de_database_weg_is(dienst, server):
    dienst.start("work")
    with psycopg.connect(server.url, autocommit=True) as admin:
        admin.execute("ALTER ROLE proef_api NOLOGIN")
        try:
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'proef_api'")
            until(lambda: dienst.work.failing() == {"database"}, what="database is away")
            assert dienst.work.ends_by_itself()
        finally:
            admin.execute("ALTER ROLE proef_api LOGIN")


def _ask(dienst: Dienst) -> None:
    connection = dienst.connection()
    connection.request("GET", "/v1/munten")
    try:
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        connection.close()


def _jobs(context) -> list[str]:
    with context.sessions() as session:
        return list(session.scalars(text('SELECT status::text FROM procrastinate_jobs WHERE args = \'{"naam": "af"}\'')))
