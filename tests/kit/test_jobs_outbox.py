"""Jobs and outbox: queued with the change, delivered at least once, in effect once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import psycopg
import pytest
from gemeengoed_kit import outbox
from gemeengoed_kit.jobs import Task
from gemeengoed_kit.testing import make_test_context

from tests.bron import Antwoord, HttpBron, Vraag
from tests.conftest import ROOT
from tests.kit.conftest import Munt, Tik, service
from tests.kit.test_edge import STUIVER, count


class Kluis(HttpBron):
    """Another source behind the Outway: keeps what it got and answers as the test says."""

    def __init__(self) -> None:
        self.received: list[tuple[str, str | None, dict]] = []
        self.statuses: list[int] = []
        super().__init__()

    def antwoord(self, vraag: Vraag) -> Antwoord:
        self.received.append((vraag.host, vraag.sleutel, vraag.inhoud))
        status = self.statuses.pop(0) if self.statuses else 201
        return Antwoord(status, {"detail": "zo is het"}, {"Location": f"/v1/stortingen/{len(self.received)}"})


@pytest.fixture
def kluis() -> Iterator[Kluis]:
    made = Kluis()
    yield made
    made.stop()


@pytest.fixture
def settings(settings, kluis):
    return settings.model_copy(update={"outway_url": kluis.url})


def messages(context) -> list[outbox.OutboxMessage]:
    with context.sessions() as session:
        return session.query(outbox.OutboxMessage).order_by(outbox.OutboxMessage.volgnummer).all()


def waiting_jobs(database, task: str) -> int:
    with psycopg.connect(database.url) as connection:
        return connection.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND task_name = %s", [task]
        ).fetchone()[0]  # type: ignore[index]


def test_bericht_gaat_een_keer_uit_met_zijn_sleutel(client, munter, context, kluis):
    client.post("/v1/munten", json=STUIVER, headers=munter)
    context.jobs.run_waiting(context)
    context.jobs.run_waiting(context)
    (message,) = messages(context)
    assert kluis.received == [("kluis", str(message.id), {"munt": "stuiver"})]
    assert message.verzonden_op and message.antwoord_pad == "/v1/stortingen/1"
    with context.sessions() as session:
        assert outbox.progress(session, "/v1/munten") == (1, 1, 0)
        assert outbox.answers(session, ["/v1/munten/stuiver"]) == {"/v1/munten/stuiver": "/v1/stortingen/1"}


def test_mislukte_transactie_laat_bericht_noch_taak_na(client, munter, context, database):
    client.post("/v1/munten", json={**STUIVER, "waardeCent": 13}, headers=munter)
    assert messages(context) == [] and waiting_jobs(database, outbox.TASK) == 0


def test_storing_wordt_herhaald_met_dezelfde_sleutel(client, munter, context, kluis, database):
    kluis.statuses = [503]
    client.post("/v1/munten", json=STUIVER, headers=munter)
    context.jobs.run_waiting(context)
    (message,) = messages(context)
    assert message.verzonden_op is None and "503" in (message.fout or "") and waiting_jobs(database, outbox.TASK) == 1
    context.clock.extra_seconds = 2
    outbox.drain(context, _client(service, context, kluis))
    assert len(kluis.received) == 2 and kluis.received[0] == kluis.received[1]
    assert messages(context)[0].verzonden_op


def _client(service, context, kluis):
    from gemeengoed_kit.client import OutwayClient

    return OutwayClient(kluis.url, {"kluis": "kluis"})


def test_definitieve_weigering_blijft_staan_en_houdt_de_rest_niet_op(client, munter, context, kluis):
    kluis.statuses = [409]
    client.post("/v1/munten", json=STUIVER, headers=munter)
    client.post("/v1/munten", json={"naam": "dubbeltje", "waardeCent": 10}, headers=munter)
    context.jobs.run_waiting(context)
    states = {(m.geweigerd_op is not None, m.verzonden_op is not None) for m in messages(context)}
    assert states == {(True, False), (False, True)}
    assert len(kluis.received) == 2
    with context.sessions() as session:
        assert outbox.progress(session, "/v1/munten") == (2, 1, 1)


def test_twee_werkers_versturen_elk_bericht_een_keer(client, munter, context, settings, kluis):
    for number in range(60):
        client.post("/v1/munten", json={"naam": f"m{number}", "waardeCent": 1}, headers=munter)
    other, _ = make_test_context(service, settings, Tik())
    both = [threading.Thread(target=c.jobs.run_waiting, args=(c,)) for c in (context, other)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    other.engine.dispose()
    assert sorted(key for _, key, _ in kluis.received) == sorted(str(m.id) for m in messages(context))


def test_bericht_dat_een_gedode_werker_had_genomen_gaat_meteen_mee(client, munter, context, kluis):
    client.post("/v1/munten", json=STUIVER, headers=munter)
    with context.sessions.begin() as session:
        session.query(outbox.OutboxMessage).update({"onderweg": True, "pogingen": 1})
    context.jobs.run_waiting(context)
    assert len(kluis.received) == 1 and messages(context)[0].verzonden_op


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
        "from gemeengoed_kit.process import main; from tests.kit.conftest import service; main(service)",
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
    assert second.wait(10) == 0


def _status(database) -> str | None:
    with psycopg.connect(database.url) as connection:
        row = connection.execute("SELECT status::text FROM procrastinate_jobs WHERE task_name = 'noteer'").fetchone()
        return row[0] if row else None


def until(condition, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "the condition did not come true in time"
        time.sleep(0.05)
