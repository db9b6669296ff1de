"""Jobs: queued with the change, done at least once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import psycopg
import pytest
from gemeengoed_kit.jobs import Task

from tests.conftest import ROOT
from tests.kit.conftest import Munt
from tests.kit.operations.proces import START
from tests.kit.test_edge import count


def waiting_jobs(database, task: str) -> int:
    with psycopg.connect(database.url) as connection:
        return connection.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND task_name = %s", [task]
        ).fetchone()[0]  # type: ignore[index]


def test_taak_bestaat_alleen_als_de_transactie_doorgaat(context, database):
    with pytest.raises(RuntimeError), context.sessions.begin() as session:
        context.jobs.defer(session, "noteer", naam="a")
        raise RuntimeError
    assert waiting_jobs(database, "noteer") == 0
    with context.sessions.begin() as session:
        context.jobs.defer(session, "noteer", naam="a")
    context.jobs.run_waiting(context)
    assert count(context, Munt) == 1


def test_mislukte_taak_wacht_op_een_volgende_poging(context, database):
    with context.sessions.begin() as session:
        context.jobs.defer(session, "noteer", naam="kapot")
    context.jobs.run_waiting(context)
    assert waiting_jobs(database, "noteer") == 1


def test_wat_een_taak_in_de_rij_zet_wordt_ook_gedaan(context, database):
    context.jobs.tasks["eerst"] = Task(lambda context: _zet_in_de_rij(context))
    with context.sessions.begin() as session:
        context.jobs.defer(session, "eerst")
    context.jobs.run_waiting(context)
    assert count(context, Munt) == 1 and waiting_jobs(database, "noteer") == 0


def _zet_in_de_rij(context) -> None:
    with context.sessions.begin() as session:
        context.jobs.defer(session, "noteer", naam="daarna")


def werker_omgeving(settings) -> dict[str, str]:
    """Environment of a worker process of this service."""
    return {
        **os.environ,
        "PROEF_DATABASE_URL": settings.database_url,
        "PROEF_PEER_ID": settings.peer_id,
        "PROEF_JWKS_URL": settings.jwks_url,
        "PROEF_HEARTBEAT_SECONDS": "0.3",
        "PYTHONPATH": str(ROOT),
    }


def test_taak_van_een_gedode_werker_wordt_opnieuw_gedaan(context, settings, database):
    """The worker holds a job that waits for a lock of ours; it is killed, and another worker does the job."""
    environment = werker_omgeving(settings)
    command = [
        sys.executable,
        "-c",
        START,
        "work",
    ]
    with psycopg.connect(database.url) as lock:
        lock.execute("LOCK TABLE munt IN ACCESS EXCLUSIVE MODE")
        with context.sessions.begin() as session:
            context.jobs.defer(session, "noteer", naam="gered")
        first = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        until(lambda: _status(database) == "doing")
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
    second = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    until(lambda: count(context, Munt) == 1)
    second.terminate()
    assert second.wait(60) == 0


def _status(database) -> str | None:
    with psycopg.connect(database.url) as connection:
        row = connection.execute("SELECT status::text FROM procrastinate_jobs WHERE task_name = 'noteer'").fetchone()
        return row[0] if row else None


def until(condition, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "the condition did not come true in time"
        time.sleep(0.05)
