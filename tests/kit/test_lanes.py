"""Under load and with what it depends on broken: bounded waits, honest refusals, nothing left behind."""

from __future__ import annotations

import asyncio
import resource
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import psycopg
import pytest
from gemeengoed_kit.identity import Verifier
from gemeengoed_kit.lanes import Busy, Lane
from gemeengoed_kit.process import make_context
from gemeengoed_kit.testing import TokenIssuer, make_client
from sqlalchemy import event, func, select

from tests.kit.conftest import Munt
from tests.kit.served import Wire, frozen, served
from tests.kit.test_edge import is_problem


def coin(number: int) -> dict[str, object]:
    return {"naam": f"munt-{number}", "waardeCent": 5}


def tally(responses: list[httpx.Response]) -> dict[int, int]:
    found: dict[int, int] = {}
    for response in responses:
        found[response.status_code] = found.get(response.status_code, 0) + 1
    return found


@pytest.fixture
def hurried(settings):
    """Bounds that a test can wait for."""
    return settings.model_copy(update={"threads": 4, "wait_seconds": 1.0, "request_seconds": 2.0})


@pytest.fixture
def quick(service, hurried, clock, issuer):
    context = make_context(service, hurried, clock=clock, authenticate=issuer.verifier().caller)
    context.watch(hurried.request_seconds)
    yield context
    context.close()


@pytest.fixture
def url(service, quick):
    with served(service, quick) as url:
        yield url


def no_session_is_left(admin_url: str, database: str) -> bool:
    """Whether no session of the service is in a transaction."""
    with psycopg.connect(admin_url) as admin:
        query = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND state <> 'idle' AND application_name LIKE 'proef%%'"
        return admin.execute(query, [database]).fetchone() == (0,)


def eventually(what, seconds: float = 10.0) -> None:
    ends = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < ends
        time.sleep(0.02)


def test_wie_geen_draad_krijgt_wordt_op_tijd_geweigerd_en_nooit_uitgevoerd():
    lane, hold, begun = Lane("proef", 2, 0.05), threading.Event(), []

    def work() -> str:
        begun.append(1)
        hold.wait(10)
        return "klaar"

    async def scenario() -> list[object]:
        first = [asyncio.create_task(lane.run(work)) for _ in range(2)]
        refused = await asyncio.gather(*(lane.run(work) for _ in range(20)), return_exceptions=True)
        assert (lane.running, lane.waiting) == (2, 0)
        hold.set()
        return [*refused, *await asyncio.gather(*first), await lane.run(lambda: "weer vrij")]

    *refused, one, two, again = asyncio.run(scenario())
    assert all(isinstance(refusal, Busy) for refusal in refused) and len(refused) == 20
    assert (one, two, again) == ("klaar", "klaar", "weer vrij") and len(begun) == 2
    assert (lane.running, lane.waiting) == (0, 0)
    lane.close()


def test_schrijvers_die_op_een_slot_wachten_houden_geen_lezer_op(url, quick, database, munter):
    with httpx.Client(base_url=url, timeout=30) as client, ThreadPoolExecutor(40) as pool:
        with psycopg.connect(database.owner_url) as other:
            other.execute("LOCK TABLE munt IN SHARE MODE")
            writes = [pool.submit(client.post, "/v1/munten", json=coin(n), headers=munter) for n in range(40)]
            eventually(lambda: sum(write.done() for write in writes) >= 36)
            assert tally([client.get("/v1/munten") for _ in range(20)]) == {200: 20}
        done = [write.result() for write in writes]
    assert set(tally(done)) <= {201, 503}
    refused = [is_problem(response, 503)["type"].rpartition("/")[2] for response in done if response.status_code == 503]
    assert refused.count("te-druk") >= 30
    with quick.sessions() as session:
        assert session.scalar(select(func.count()).select_from(Munt)) == tally(done).get(201, 0) == 40 - len(refused)


def test_database_die_zwijgt_wordt_503_en_daarna_werkt_alles_weer(url, quick, database, munter, server):
    before = threading.active_count()
    with httpx.Client(base_url=url, timeout=30) as client, ThreadPoolExecutor(30) as pool:
        assert client.get("/v1/munten").status_code == client.get("/v1/openapi.json").status_code == 200
        warm = threading.active_count()
        with frozen(server.url, server.proces.pid):
            began = time.monotonic()
            asked = [pool.submit(client.get, "/v1/munten") for _ in range(30)]
            asked += [pool.submit(client.post, "/v1/munten", json=coin(n), headers=munter) for n in range(30)]
            assert client.get("/v1/openapi.json").status_code == 200
            assert client.get("/v1/bestaat-niet").status_code == 404
            assert tally([answer.result() for answer in asked]) == {503: 60}
            assert time.monotonic() - began < 15
        eventually(lambda: client.get("/v1/munten").status_code == 200)
        assert client.post("/v1/munten", json=coin(1), headers=munter).status_code == 201
        eventually(lambda: (quick.lanes.reading.running, quick.lanes.writing.running) == (0, 0))
        assert (quick.engine.pool.checkedout(), quick.reading.pool.checkedout()) == (0, 0)
        eventually(lambda: no_session_is_left(server.url, database.name))
        assert threading.active_count() <= max(warm, before) + 2 * quick.lanes.reading.threads + 30


def test_na_een_herstart_van_de_database_gaat_de_volgende_aanroep_gewoon_door(url, database, munter, server):
    with httpx.Client(base_url=url, timeout=30) as client:
        for _ in range(4):
            assert client.get("/v1/munten").status_code == 200
        with psycopg.connect(server.url, autocommit=True) as admin:
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database.name])
            gone = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
            eventually(lambda: admin.execute(gone, [database.name]).fetchone() == (0,))
        assert client.get("/v1/munten").status_code == 200
        assert client.post("/v1/munten", json=coin(1), headers=munter).status_code == 201


def test_database_die_nieuwe_verbindingen_meteen_sluit_is_503(url, quick, server):
    def close(connection, _):
        admin.execute("SELECT pg_terminate_backend(%s, 10000)", [connection.info.backend_pid])

    with psycopg.connect(server.url, autocommit=True) as admin:
        quick.reading.dispose()
        event.listen(quick.reading, "connect", close)
        refused = [httpx.get(f"{url}/v1/munten") for _ in range(3)]
        event.remove(quick.reading, "connect", close)
    assert tally(refused) == {503: 3} and all(is_problem(response, 503) for response in refused)
    assert httpx.get(f"{url}/v1/munten").status_code == 200


def test_sessie_die_onderweg_wordt_beeindigd_is_503(url, database, munter, server):
    with (
        httpx.Client(base_url=url, timeout=30) as client,
        ThreadPoolExecutor(1) as pool,
        psycopg.connect(database.owner_url) as other,
        psycopg.connect(server.url, autocommit=True) as admin,
    ):
        other.execute("LOCK TABLE munt IN SHARE MODE")
        write = pool.submit(client.post, "/v1/munten", json=coin(1), headers=munter)
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'"
        eventually(lambda: admin.execute(end, [database.name]).rowcount > 0)
        is_problem(write.result(), 503)
        other.rollback()
        assert client.post("/v1/munten", json=coin(1), headers=munter).status_code == 201


def test_antwoord_op_commit_dat_verloren_ging_komt_bij_herhalen_alsnog(service, hurried, clock, issuer, munter, database):
    wire = Wire(database.url)
    context = make_context(
        service, hurried.model_copy(update={"database_url": wire.url}), clock=clock, authenticate=issuer.verifier().caller
    )
    client, headers = make_client(service, context), {**munter, "Idempotency-Key": "sleutel-1"}
    assert client.get("/v1/munten").json() == {"aantal": 0}
    wire.lose_next_commit.set()
    problem = is_problem(client.post("/v1/munten", json=coin(1), headers=headers), 503)
    assert wire.lost.is_set() and "niet bekend" in problem["detail"]
    again = client.post("/v1/munten", json=coin(1), headers=headers)
    assert again.status_code == 201 and again.headers["idempotency-replayed"] == "true"
    assert client.get("/v1/munten").json() == {"aantal": 1}
    context.close()
    wire.close()


def test_duizend_open_verbindingen_en_clients_die_weglopen_laten_niets_na(url, quick, database, munter, server):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    host, port = url.removeprefix("http://").split(":")
    head = "POST /v1/munten HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 40\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in munter.items())
    with httpx.Client(base_url=url, timeout=30) as client:
        crowd = [socket.create_connection((host, int(port))) for _ in range(1000)]
        for number, connection in enumerate(crowd):
            if number % 4 == 1:
                connection.sendall(b"GET /v1/mun")
            elif number % 4 == 2:
                connection.sendall(head.encode() + b"\r\n" + b'{"naam": ')
            elif number % 4 == 3:
                connection.sendall(b"GET /v1/munten HTTP/1.1\r\nHost: x\r\n\r\n")
        statuses = {client.get("/v1/munten").status_code for _ in range(20)}
        assert statuses <= {200, 503} and client.get("/v1/openapi.json").status_code == 200
        for connection in crowd:
            connection.close()
        eventually(lambda: (quick.lanes.reading.running + quick.lanes.reading.waiting) == 0)
        assert client.get("/v1/munten").json() == {"aantal": 0}
    assert (quick.engine.pool.checkedout(), quick.reading.pool.checkedout()) == (0, 0)
    assert no_session_is_left(server.url, database.name)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_inhoud_die_druppelt_wordt_408(url, munter, monkeypatch):
    monkeypatch.setattr("gemeengoed_kit.route.BODY_SECONDS", 0.2)
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        head = "POST /v1/munten HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 40\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in munter.items())
        connection.sendall(head.encode() + b"\r\n{")
        answer = connection.makefile("rb").read().decode()
    assert answer.startswith("HTTP/1.1 408") and "te-traag" in answer and "api-version" in answer.lower()


class SilentManager:
    """Takes connections and never answers, until it is let."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}/jwks"


def test_manager_die_zwijgt_houdt_alleen_tegen_wie_een_onbekende_sleutel_heeft(service, hurried, clock, issuer, settings):
    silent = SilentManager()
    verifier = Verifier(
        jwks_url=silent.url, peer_id=settings.peer_id, group_id=settings.group_id, service_name="proef", clock=clock
    )
    known = issuer.verifier()
    token = issuer.headers("1" * 20, "kijker")
    with pytest.raises(Exception, match="fetched"):
        known.caller({key.lower(): value for key, value in token.items()})
    known._fetching.result()  # type: ignore[union-attr]
    verifier._keys = known._keys
    context = make_context(service, hurried, clock=clock, authenticate=verifier.caller)
    other = TokenIssuer(settings, clock)
    with served(service, context) as url, httpx.Client(base_url=url, timeout=30) as client, ThreadPoolExecutor(20) as pool:
        strangers = [pool.submit(client.get, "/v1/munten", headers=other.headers("2" * 20, "munter")) for _ in range(20)]
        assert client.get("/v1/munten", headers=token).status_code == 200
        answers = [stranger.result() for stranger in strangers]
        assert tally(answers) == {503: 20}
        assert is_problem(answers[0], 503)["type"].endswith("/sleutels-niet-beschikbaar")
        assert answers[0].headers["retry-after"] == "5"
        assert client.get("/v1/munten", headers=token).status_code == 200
    silent.listener.close()
    context.close()
