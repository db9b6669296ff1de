"""Outbox: written with the change, delivered at least once, in effect once, and never stuck on one message."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from gemeengoed_kit import outbox
from gemeengoed_kit.client import OutwayClient
from gemeengoed_kit.testing import make_test_context
from gemeengoed_lokaal.databases import ServiceDatabase
from psycopg import errors, sql

from tests.bron import Antwoord, HttpBron, Vraag
from tests.kit.conftest import Tik, delivery, service
from tests.kit.operations.proces import START
from tests.kit.test_edge import STUIVER
from tests.kit.test_jobs_outbox import until, werker_omgeving

PROBLEM = {"Content-Type": "application/problem+json"}


def weigering(status: int = 409, **members: Any) -> Antwoord:
    """A refusal as a source of ours gives it."""
    return Antwoord(status, {"type": "about:blank", "status": status, "detail": "zo is het", **members}, PROBLEM)


class Kluis(HttpBron):
    """Another source behind the Outway: keeps one deposit per key, and answers otherwise when a test says so.

    Attributes:
        answers: given first, one for each POST.
        storing: given as long as it is set.
        open: a POST waits for it.
    """

    def __init__(self) -> None:
        self.received: list[tuple[str, str | None, dict]] = []
        self.answers: list[Antwoord] = []
        self.storing: Antwoord | None = None
        self.paths: dict[str, str] = {}
        self.kept: dict[str, dict] = {}
        self.open = threading.Event()
        self.open.set()
        self.came = threading.Semaphore(0)
        self._lock = threading.Lock()
        super().__init__()

    def antwoord(self, vraag: Vraag) -> Antwoord:
        if vraag.methode == "GET":
            return Antwoord(200, self.kept[vraag.pad])
        with self._lock:
            self.received.append((vraag.host, vraag.sleutel, vraag.inhoud))
        self.came.release()
        self.open.wait(300)
        with self._lock:
            if self.answers:
                return self.answers.pop(0)
            if self.storing:
                return self.storing
            return Antwoord(201, {}, {"Location": self.deposit(vraag.sleutel or "", vraag.inhoud)})

    def deposit(self, key: str, body: dict) -> str:
        if key not in self.paths:
            self.paths[key] = f"/v1/stortingen/{len(self.paths) + 1}"
            self.kept[self.paths[key]] = body
        return self.paths[key]

    def keys(self) -> list[str | None]:
        return [key for _, key, _ in self.received]


@pytest.fixture
def kluis() -> Iterator[Kluis]:
    made = Kluis()
    yield made
    made.open.set()
    made.stop()


@pytest.fixture
def settings(settings, kluis):
    return settings.model_copy(update={"outway_url": kluis.url, "heartbeat_seconds": 5.0})


def messages(context) -> list[outbox.OutboxMessage]:
    with context.sessions() as session:
        return session.query(outbox.OutboxMessage).order_by(outbox.OutboxMessage.volgnummer).all()


def jobs(database) -> int:
    with psycopg.connect(database.url) as connection:
        return connection.execute("SELECT count(*) FROM procrastinate_jobs").fetchone()[0]  # type: ignore[index]


@contextmanager
def delivering(context, made: outbox.Delivery | None = None) -> Iterator[outbox.Delivery]:
    """The loop, in a thread, as `work` has it."""
    loop, stopping = made or context.jobs.delivery, threading.Event()
    thread = threading.Thread(target=loop.run, args=(context, stopping))
    thread.start()
    try:
        yield loop
    finally:
        stopping.set()
        loop.wake()
        thread.join(10)
        assert not thread.is_alive()


def delivered(context, number: int) -> Callable[[], bool]:
    return lambda: sum(m.verzonden_op is not None for m in messages(context)) == number


def slaan(client, munter, naam: str = "stuiver") -> None:
    assert client.post("/v1/munten", json={**STUIVER, "naam": naam}, headers=munter).status_code == 201


def test_bericht_gaat_een_keer_uit_met_zijn_sleutel(client, munter, context, kluis):
    slaan(client, munter)
    context.jobs.run_waiting(context)
    context.jobs.run_waiting(context)
    (message,) = messages(context)
    assert kluis.received == [("kluis", str(message.id), {"munt": "stuiver"})]
    assert message.verzonden_op and message.antwoord_pad == "/v1/stortingen/1" and message.bezet_tot is None
    with context.sessions() as session:
        assert outbox.progress(session, ["/v1/munten"]) == {"/v1/munten": (1, 1, 0)}
        assert outbox.answers(session, ["/v1/munten/stuiver"]) == {"/v1/munten/stuiver": "/v1/stortingen/1"}


def test_mislukte_transactie_laat_geen_bericht_na(client, munter, context):
    client.post("/v1/munten", json={**STUIVER, "waardeCent": 13}, headers=munter)
    assert messages(context) == []


def test_commit_wekt_de_bezorging(client, munter, context, monkeypatch):
    monkeypatch.setattr(outbox, "POLL_SECONDS", 300.0)
    with delivering(context) as loop:
        loop._lease = timedelta(hours=1)
        slaan(client, munter)
        until(delivered(context, 1))
        slaan(client, munter, "dubbeltje")
        until(delivered(context, 2))


def test_storing_wordt_herhaald_met_dezelfde_sleutel(client, munter, context, kluis):
    kluis.answers = [Antwoord(503, {"detail": "even niet"}, PROBLEM)]
    slaan(client, munter)
    context.jobs.run_waiting(context)
    (message,) = messages(context)
    assert message.verzonden_op is None and "503" in (message.fout or "") and message.geweigerd_op is None
    context.clock.extra_seconds = 2
    context.jobs.run_waiting(context)
    assert len(kluis.received) == 2 and kluis.received[0] == kluis.received[1]
    assert messages(context)[0].verzonden_op and messages(context)[0].fout is None


def test_tweehonderd_transacties_tijdens_een_storing_worden_elk_een_keer_afgeleverd(client, munter, context, kluis, database):
    kluis.storing = Antwoord(502, {"message": "geen verbinding"}, {"Fsc-Error-Code": "SERVICE_UNREACHABLE"})
    with delivering(context) as loop:
        for number in range(200):
            slaan(client, munter, f"m{number}")
        assert jobs(database) == 0
        until(lambda: all(m.fout for m in messages(context)), 60)
        kluis.storing = None
        context.clock.extra_seconds = outbox.BACKOFF_MAX_SECONDS + 1
        loop.wake()
        until(delivered(context, 200), 60)
    assert jobs(database) == 0
    assert sorted(kluis.paths) == sorted(str(m.id) for m in messages(context))
    assert len({m.antwoord_pad for m in messages(context)}) == 200


def test_twee_werkers_bezorgen_elk_bericht_een_keer(client, munter, context, settings, kluis):
    other, _ = make_test_context(service, settings, Tik())
    for number in range(60):
        slaan(client, munter, f"m{number}")
    with delivering(context), delivering(other):
        until(delivered(context, 60))
    other.engine.dispose()
    assert sorted(map(str, kluis.keys())) == sorted(str(m.id) for m in messages(context))


def test_wat_lang_duurt_wordt_vastgehouden_zolang_zijn_werker_leeft(client, munter, context, settings, kluis):
    """The lease is 0,6 s here and the call takes as long as it takes to renew it three times."""
    kluis.open.clear()
    slaan(client, munter)
    short = delivery(settings.model_copy(update={"heartbeat_seconds": 0.1}))
    seen: set[object] = set()

    def renewed() -> bool:
        seen.add(messages(context)[0].bezet_tot)
        return len(seen - {None}) > 3

    with delivering(context, short):
        until(renewed)
        assert context.jobs.delivery.deliver_due(context) == 0
        kluis.open.set()
        until(delivered(context, 1))
    assert len(kluis.received) == 1


def test_wat_hier_onderweg_is_wordt_hier_niet_nog_eens_genomen(client, munter, context, settings, kluis, monkeypatch):
    """Its lease has run out without being renewed, as when the database was away for long."""
    kluis.open.clear()
    slaan(client, munter)
    with delivering(context) as loop:
        assert kluis.came.acquire(timeout=120)
        monkeypatch.setattr(loop, "_renew", lambda context: None)
        context.clock.extra_seconds = 6 * settings.heartbeat_seconds + 1
        slaan(client, munter, "dubbeltje")
        assert kluis.came.acquire(timeout=120)
        assert [m.pogingen for m in messages(context)] == [1, 1]
        kluis.open.set()
        until(delivered(context, 2))
    assert len(kluis.received) == 2


@contextmanager
def work_process(settings) -> Iterator[subprocess.Popen[bytes]]:
    """A worker in a process of its own, gone afterwards."""
    environment = {
        **werker_omgeving(settings),
        "PROEF_HEARTBEAT_SECONDS": str(settings.heartbeat_seconds),
        "PROEF_OUTWAY_URL": settings.outway_url,
        "PROEF_ALIASES": '{"kluis": "kluis"}',
    }
    worker = subprocess.Popen([sys.executable, "-c", START, "work"], env=environment, stderr=subprocess.DEVNULL)
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait()


def test_bericht_van_een_gedode_werker_gaat_na_zijn_termijn_alsnog(client, munter, context, settings, kluis):
    kluis.open.clear()
    slaan(client, munter)
    with work_process(settings):
        assert kluis.came.acquire(timeout=120)
    kluis.open.set()
    assert context.jobs.delivery.deliver_due(context) == 0 and messages(context)[0].bezet_tot
    context.clock.extra_seconds = 6 * settings.heartbeat_seconds + 1
    assert context.jobs.delivery.deliver_due(context) == 1
    assert messages(context)[0].verzonden_op and len(set(kluis.keys())) == 1 and len(kluis.kept) == 1


def test_werker_stopt_op_zijn_eerste_sigterm_ook_als_een_bron_hangt(client, munter, context, settings, kluis):
    kluis.open.clear()
    slaan(client, munter)
    with work_process(settings) as worker:
        assert kluis.came.acquire(timeout=120)
        worker.terminate()
        assert worker.wait(60) == 0
    assert messages(context)[0].verzonden_op is None


def test_gestopte_bezorging_neemt_niets_meer(client, munter, context, kluis):
    with delivering(context):
        slaan(client, munter)
        until(delivered(context, 1))
    slaan(client, munter, "dubbeltje")
    assert len(kluis.received) == 1 and messages(context)[1].pogingen == 0


@pytest.fixture
def zonder_regels(caplog):
    """Half a character in a line that was captured does not travel between processes of the tests."""
    caplog.set_level(logging.CRITICAL, "gemeengoed.outbox")


def vreemde_fout(*_: object) -> None:
    raise RuntimeError("onver\0wacht \ud800")


def test_fout_van_een_bericht_houdt_de_andere_niet_op(client, munter, context, settings, kluis, zonder_regels):
    """An alias that nobody gave, a kind that nobody receives, and a receiver that fails."""
    kluis.answers = [weigering()]
    receivers = [
        outbox.Receiver("kluis", "/v1/stortingen", r"/v1/stortingen/\d+", vreemde_fout),
        outbox.Receiver("elders", "/v1/dingen", r"/v1/dingen/\d+", vreemde_fout),
    ]
    slaan(client, munter, "kapot")
    context.jobs.delivery = outbox.Delivery(settings, OutwayClient(kluis.url, {"kluis": "kluis"}), receivers)
    context.jobs.delivery.deliver_due(context)
    with context.work(None) as work:
        outbox.put(work, source="elders", path="/v1/dingen", body={}, subject="/v1/a", group="g")
        outbox.put(work, source="kluis", path="/v1/onbekend", body={}, subject="/v1/b", group="g")
    with delivering(context) as loop:
        slaan(client, munter)
        until(lambda: delivered(context, 1)() or delivered(context, 2)())
        context.clock.extra_seconds = 2
        loop.wake()
        until(lambda: all(m.verzonden_op or m.pogingen > 1 for m in messages(context)))
    kapot, elders, onbekend, goed = messages(context)
    assert kapot.verzonden_op and goed.verzonden_op  # what failed was tried again, and the next one was not kept
    assert "elders" in (elders.fout or "") and "onbekend" in (onbekend.fout or "")
    assert elders.geweigerd_op is None and onbekend.geweigerd_op is None
    assert elders.volgende_poging_op > elders.ontstaan_op + timedelta(seconds=1)


def test_onverwachte_fout_bij_een_weigering_staat_bij_het_bericht(client, munter, context, settings, kluis, zonder_regels):
    kluis.answers = [weigering()]
    slaan(client, munter)
    made = outbox.Delivery(
        settings,
        OutwayClient(kluis.url, {"kluis": "kluis"}),
        [outbox.Receiver("kluis", "/v1/stortingen", r"/v1/stortingen/\d+", vreemde_fout)],
    )
    made.deliver_due(context)
    (message,) = messages(context)
    assert message.fout == "interne fout: RuntimeError: onver\ufffdwacht \ufffd" and message.geweigerd_op is None


@pytest.mark.parametrize(
    "answer",
    [
        Antwoord(400, {"message": "x", "domain": "outway", "code": "x"}, {"Fsc-Error-Code": "UNKNOWN_GRANT_HASH_IN_HEADER"}),
        Antwoord(409, {"status": 409, "detail": "x"}, {**PROBLEM, "Fsc-Error-Code": "x"}),
        Antwoord(400, {"detail": "Bad Request"}, {"Content-Type": "application/json"}),
        Antwoord(201, {}),
        Antwoord(201, {}, {"Location": "https://elders.example/v1/stortingen/1"}),
        Antwoord(200, {}, {"Location": "/v1/iets/1"}),
    ],
    ids=["gateway", "gateway als probleem", "geen probleem", "zonder pad", "elders", "iets anders"],
)
def test_wat_de_bron_zelf_niet_zei_is_weigering_noch_aflevering(client, munter, context, kluis, answer):
    kluis.answers = [answer]
    slaan(client, munter)
    context.jobs.run_waiting(context)
    (message,) = messages(context)
    assert message.verzonden_op is None and message.geweigerd_op is None and message.fout
    context.clock.extra_seconds = 2
    context.jobs.run_waiting(context)
    assert messages(context)[0].antwoord_pad == "/v1/stortingen/1"


def test_weigering_blijft_staan_en_houdt_de_rest_niet_op(client, munter, context, kluis):
    kluis.answers = [weigering()]
    slaan(client, munter)
    context.jobs.run_waiting(context)
    slaan(client, munter, "dubbeltje")
    context.jobs.run_waiting(context)
    refused, sent = messages(context)
    assert refused.geweigerd_op and "zo is het" in (refused.fout or "") and sent.verzonden_op
    assert len(kluis.received) == 2
    with context.sessions() as session:
        assert outbox.progress(session, ["/v1/munten"]) == {"/v1/munten": (2, 1, 1)}


def test_wat_er_al_is_en_gelijk_is_telt_als_afgeleverd(client, munter, context, kluis):
    path = kluis.deposit("een andere sleutel", {"munt": "stuiver"})
    kluis.answers = [weigering(storting=path)]
    slaan(client, munter)
    context.jobs.run_waiting(context)
    (message,) = messages(context)
    assert message.verzonden_op and message.antwoord_pad == path and message.fout is None


def test_wat_er_al_is_en_anders_is_wordt_geweigerd_met_wat_verschilt(client, munter, context, kluis):
    path = kluis.deposit("een andere sleutel", {"munt": "gulden"})
    kluis.answers = [weigering(storting=path)]
    slaan(client, munter)
    context.jobs.run_waiting(context)
    (message,) = messages(context)
    assert message.geweigerd_op and message.antwoord_pad is None
    assert f"{path} is anders: munt is gulden, niet stuiver" in (message.fout or "")


def test_wat_er_al_is_en_nu_niet_is_te_lezen_wordt_later_vergeleken(client, munter, context, kluis):
    kluis.kept["/v1/stortingen/7"] = {"munt": 7}
    kluis.answers = [weigering(storting="/v1/stortingen/7"), weigering(storting="/v1/stortingen/7")]
    slaan(client, munter)
    context.jobs.run_waiting(context)
    assert messages(context)[0].geweigerd_op is None and messages(context)[0].verzonden_op is None
    kluis.kept["/v1/stortingen/7"] = {"munt": "stuiver"}
    context.clock.extra_seconds = 2
    context.jobs.run_waiting(context)
    assert messages(context)[0].antwoord_pad == "/v1/stortingen/7"


def test_geweigerd_bericht_wordt_na_een_dag_weer_geprobeerd(client, munter, context, kluis, caplog):
    kluis.answers = [weigering(), weigering()]
    slaan(client, munter)
    for day, tried in ((0, 1), (0.99, 1), (1.01, 2), (1.5, 2), (2.1, 3)):
        context.clock.extra_seconds = day * 86_400
        context.jobs.run_waiting(context)
        assert len(kluis.received) == tried
    (message,) = messages(context)
    assert message.verzonden_op and message.geweigerd_op is None and message.fout is None
    assert len(set(kluis.keys())) == 1
    assert sum("refused, tried again in a day" in line for line in caplog.messages) == 2


def test_storing_bij_een_geweigerd_bericht_laat_de_weigering_staan(client, munter, context, kluis):
    kluis.answers = [weigering(), Antwoord(503, {})]
    slaan(client, munter)
    context.jobs.run_waiting(context)
    context.clock.extra_seconds = 86_401
    context.jobs.run_waiting(context)
    (message,) = messages(context)
    assert len(kluis.received) == 2 and message.geweigerd_op and "zo is het" in (message.fout or "")
    assert message.volgende_poging_op < message.geweigerd_op + timedelta(days=2)


def test_geweigerd_bericht_gaat_op_verzoek_meteen(client, munter, context, kluis):
    kluis.answers = [weigering()]
    slaan(client, munter)
    context.jobs.run_waiting(context)
    with delivering(context):
        with context.sessions.begin() as session:
            outbox.again(session, context.clock, session.query(outbox.OutboxMessage).one())
        until(delivered(context, 1))
    assert len(kluis.received) == 2


def test_laatkomer_zonder_termijn_zegt_niet_meer_dat_het_mislukte(client, munter, context, settings, kluis):
    """The first worker was thought dead; what it says afterwards of a failure counts no more, of a delivery it does."""
    kluis.open.clear()
    kluis.answers = [Antwoord(503, {})]
    slaan(client, munter)
    first = threading.Thread(target=context.jobs.delivery.deliver_due, args=(context,))
    first.start()
    assert kluis.came.acquire(timeout=120)
    with context.sessions.begin() as session:
        session.query(outbox.OutboxMessage).update({"pogingen": 2, "volgende_poging_op": context.clock.now() + timedelta(days=9)})
    kluis.open.set()
    first.join()
    (message,) = messages(context)
    assert message.fout is None and message.bezet_tot is not None


@contextmanager
def away(server, database: ServiceDatabase) -> Iterator[None]:
    """The database cuts all its connections and takes no new ones, as in a restart."""

    def admin(statement: str, *values: str) -> None:
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, values)))

    admin("ALTER DATABASE {} ALLOW_CONNECTIONS false", database.name)
    admin("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database.name + "'")
    yield
    admin("ALTER DATABASE {} ALLOW_CONNECTIONS true", database.name)


def test_bezorging_overleeft_een_herstart_van_de_database(client, munter, context, kluis, server, database, caplog, monkeypatch):
    with delivering(context) as loop:
        slaan(client, munter)
        until(delivered(context, 1))
        with away(server, database):
            looks = Counter[str]()
            take = loop._take
            monkeypatch.setattr(loop, "_take", lambda *given, **more: (looks.update(["taken"]), take(*given, **more))[1])
            until(lambda: any("the outbox waits" in line for line in caplog.messages))
            until(lambda: any("not woken by the database" in line for line in caplog.messages))
            assert looks["taken"] < 10  # it does not spin
        slaan(client, munter, "dubbeltje")
        until(delivered(context, 2))
        until(lambda: _listens(database))
    assert len(kluis.received) == 2


def _listens(database) -> bool:
    with psycopg.connect(database.url) as connection:
        query = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN outbox%' AND datname = current_database()"
        return connection.execute(query).fetchone() == (1,)


def test_uitkomst_die_niet_is_op_te_slaan_gaat_na_de_termijn_opnieuw(client, munter, context, settings, kluis, server, database):
    kluis.open.clear()
    slaan(client, munter)
    with delivering(context):
        assert kluis.came.acquire(timeout=120)
        with away(server, database):
            kluis.open.set()
            until(lambda: not context.jobs.delivery._under_way)
        until(lambda: messages(context)[0].verzonden_op is None)
        context.clock.extra_seconds = 6 * settings.heartbeat_seconds + 1
        context.jobs.delivery.wake()
        until(delivered(context, 1))
    assert len(kluis.received) == 2 and len(kluis.kept) == 1


def test_onafgeleverd_bericht_verliest_zijn_inhoud_niet(client, munter, context, database):
    slaan(client, munter)
    with psycopg.connect(database.owner_url) as connection, pytest.raises(errors.IntegrityError):
        connection.execute("UPDATE outbox SET inhoud = NULL")
