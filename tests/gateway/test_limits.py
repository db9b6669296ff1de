"""Limits at the Inway, per service and per calling peer: set in the management API, in force within seconds."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import psycopg
import pytest
from gateway.limit.errors import TooManyCalls
from gateway.limit.gate import Gate
from gateway.limit.rules import Bucket, Kind, Limit

from tests.gateway.backend import answer
from tests.gateway.lab import OINS, until

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"


@pytest.fixture
def limits(lab, backend) -> Iterator[str]:
    """Path of the limits at the provider; none are left behind. The service answers at once."""
    backend.handler = answer(OK)
    path = f"/peers/{OINS['aanbieder']}/limits"
    yield path
    for row in lab.get(path)["results"]:
        assert lab.beheer.delete(f"{path}/{row['soort']}/{row['onderwerp']}").status_code == 204
    until(lambda: call(lab).status_code == 200, what="calls pass again")


def put(lab, path: str, **limit: int) -> dict:
    answered = lab.beheer.put(path, json=limit)
    assert answered.status_code == 200, answered.text
    return answered.json()


def call(lab, content: bytes = b"", **options) -> httpx.Response:
    return httpx.post(lab.outway("afnemer"), headers={"Host": "vrij"}, content=content, timeout=20, trust_env=False, **options)


def assert_refused(answered: httpx.Response, status: int, code: str) -> None:
    body = answered.json()
    assert (answered.status_code, answered.headers["Fsc-Error-Code"]) == (status, code), answered.text
    assert (body["code"], body["domain"]) == (code, "ERROR_DOMAIN_INWAY") and body["transaction_id"]


@pytest.mark.parametrize("whose", [f"caller/{OINS['afnemer']}", "service/vrij"])
def test_calls_beyond_the_rate_are_refused_before_they_are_recorded(lab, backend, limits, whose) -> None:
    put(lab, f"{limits}/{whose}", aanroepenPerSeconde=1, piek=2)
    until(lambda: call(lab).status_code == 429, what="the limit is in force")
    started = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: call(lab), range(24)))
    refused = [answered for answered in answers if answered.status_code != 200]
    assert len(answers) - len(refused) <= 1 + time.monotonic() - started
    for answered in refused:
        assert_refused(answered, 429, "ERROR_CODE_TOO_MANY_REQUESTS")
        assert int(answered.headers["Retry-After"]) >= 1
        incoming = "transaction_id = %s AND NOT outgoing"
        assert lab.count_records(incoming, answered.headers["Fsc-Transaction-Id"]) == 0


def test_no_more_calls_are_under_way_than_agreed(lab, backend, limits) -> None:
    put(lab, f"{limits}/service/vrij", gelijktijdig=3)
    # Calls that began before nginx had the limit are not counted by it.
    until(lambda: ten_at_once(lab, backend)[0] == 3, what="the limit is in force")
    most, answers = ten_at_once(lab, backend)
    assert most == 3 and sorted(answered.status_code for answered in answers) == [200] * 3 + [429] * 7
    for answered in answers:
        if answered.status_code == 429:
            assert_refused(answered, 429, "ERROR_CODE_TOO_MANY_REQUESTS")
            assert answered.headers["Retry-After"] == "1"
    backend.handler = answer(OK)
    assert call(lab).status_code == 200


def ten_at_once(lab, backend) -> tuple[int, list[httpx.Response]]:
    """Ten calls to a service that waits: how many it had at most at once, and the answers."""
    most, now, lock, go = [0], [0], threading.Lock(), threading.Event()

    def slow(connection, head: bytes) -> None:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        go.wait(20)
        with lock:
            now[0] -= 1
        connection.sendall(OK)

    backend.handler = slow
    with ThreadPoolExecutor(10) as pool:
        calls = [pool.submit(call, lab) for _ in range(10)]
        until(lambda: now[0] + sum(one.done() for one in calls) == 10, what="ten are under way or refused")
        go.set()
        answers = [one.result() for one in calls]
    return most[0], answers


def in_force(lab) -> bool:
    """Whether nginx has every limit, and calls pass by it."""
    with psycopg.connect(lab.database_url) as connection:
        (waiting,) = connection.execute("SELECT count(*) FROM call_limit WHERE since_generation IS NULL").fetchone()
    return waiting == 0 and call(lab).status_code == 200


@pytest.mark.parametrize("chunked", [False, True])
def test_body_beyond_the_limit_is_refused(lab, backend, limits, chunked) -> None:
    put(lab, f"{limits}/service/vrij", maxBodyBytes=1000)
    put(lab, f"{limits}/caller/{OINS['afnemer']}", maxBodyBytes=5000)
    body = b"x" * 1001

    def sent(size: int):
        return (body[at : at + 100] for at in range(0, size, 100)) if chunked else body[:size]

    answered = until(lambda: (a := call(lab, sent(1001))).status_code == 413 and a, what="the limit is in force")
    assert_refused(answered, 413, "ERROR_CODE_BODY_TOO_LARGE")
    assert call(lab, sent(1000)).status_code == 200


def test_service_silent_for_longer_than_agreed_gives_504(lab, backend, limits) -> None:
    put(lab, f"{limits}/service/vrij", timeoutSeconden=1)
    silent = threading.Event()
    backend.handler = lambda connection, head: (silent.wait(3), connection.sendall(OK))[0]
    answered = until(lambda: (a := call(lab)).status_code != 200 and a, what="the limit is in force")
    silent.set()
    assert 0.9 < answered.elapsed.total_seconds() < 3
    assert_refused(answered, 504, "ERROR_CODE_SERVICE_TIMEOUT")


def test_other_services_and_callers_are_not_limited(lab, connected, backend, limits, echo) -> None:
    put(lab, f"{limits}/service/vrij", aanroepenPerSeconde=1, piek=0)
    put(lab, f"{limits}/caller/{OINS['dir']}", aanroepenPerSeconde=1, piek=0)
    until(lambda: call(lab).status_code == 429, what="the limit is in force")
    with httpx.Client(base_url=lab.outway("afnemer"), headers={"Host": "dataplane"}, trust_env=False) as client:
        assert {client.get("/").status_code for _ in range(20)} == {200}


def test_changing_limits_drops_no_call(lab, backend, limits) -> None:
    stop, statuses = threading.Event(), []

    def calls() -> None:
        with httpx.Client(base_url=lab.outway("afnemer"), headers={"Host": "vrij"}, timeout=20, trust_env=False) as client:
            while not stop.is_set():
                statuses.append(client.get("/").status_code)

    threads = [threading.Thread(target=calls) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(6):
        put(lab, f"{limits}/service/vrij", gelijktijdig=100 + number, maxBodyBytes=10_000 + number, timeoutSeconden=30 + number)
        until(lambda: in_force(lab), what="nginx knows the limit")
    assert lab.beheer.delete(f"{limits}/service/vrij").status_code == 204
    stop.set()
    for thread in threads:
        thread.join()
    assert set(statuses) == {200} and len(statuses) > 10


def test_limits_are_told_and_lifted(lab, peers, limits) -> None:
    assert lab.get(limits) == {"results": []}
    written = put(lab, f"{limits}/service/vrij", aanroepenPerSeconde=50, piek=100)
    assert written == {
        "soort": "service",
        "onderwerp": "vrij",
        "aanroepenPerSeconde": 50,
        "piek": 100,
        "gelijktijdig": None,
        "maxBodyBytes": None,
        "timeoutSeconden": None,
    }
    assert lab.get(f"{limits}/service/vrij") == written and lab.get(limits) == {"results": [written]}
    assert lab.beheer.get(f"{limits}/service/anders").status_code == 404
    assert lab.beheer.delete(f"{limits}/service/anders").status_code == 404
    assert lab.beheer.put(f"{limits}/iets/vrij", json={}).status_code == 400
    faulty = lab.beheer.put(f"{limits}/service/vrij", json={"aanroepenPerSeconde": 0, "gelijktijdig": 0, "maxBodyBytes": 0})
    assert faulty.status_code == 400 and len(faulty.json()["invalidParams"]) == 3


def test_bucket_lets_the_rate_through_and_no_more() -> None:
    bucket, passed = Bucket(10, 5, 0.0), 0
    for step in range(10_000):
        if bucket.missing(step / 100) == 0:
            bucket.take()
            passed += 1
    assert 5 + 999 <= passed <= 5 + 1000


def test_gate_tells_when_to_come_back_and_shares_between_processes() -> None:
    limits = {(Kind.SERVICE, "s"): Limit(calls_per_second=1, burst=9)}
    halves = [Gate(0.5), Gate(0.5)]
    passed = 0
    for number in range(20):
        try:
            halves[number % 2].check("p", limits, "s", "c", 0, 0.0)
            passed += 1
        except TooManyCalls as refused:
            assert refused.retry_after == 2  # each half gives one call in two seconds
    assert passed == 10
