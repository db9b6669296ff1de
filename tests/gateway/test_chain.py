"""Calls through the whole chain: client, Outway, mTLS, Inway, service; everything real."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator

import httpx
import psycopg
import pytest

from tests.gateway.lab import read_lines, until

V7 = "01890a5d-ac96-774b-bcce-b302099a8057"


@pytest.fixture(scope="module")
def contract(lab, peers, echo):
    """The consumer may call `echo` under alias `echo`."""
    return lab.connect(peers["afnemer"], peers["aanbieder"], "echo", "echo")


@pytest.fixture
def call(lab, contract, echo) -> Iterator:
    """Calls the service through the consumer's Outway; the service's memory starts empty."""
    echo.seen.clear()
    with httpx.Client(base_url=lab.outway("afnemer"), timeout=20, trust_env=False) as client:

        def send(method: str = "GET", path: str = "/v1/x", **options) -> httpx.Response:
            options["headers"] = {"Fsc-Grant-Hash": "echo", **options.get("headers", {})}
            return client.request(method, path, **options)

        yield send
    echo.during = None


def assert_fsc_error(answer: httpx.Response, status: int, code: str, domain: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["Fsc-Error-Code"] == code
    body = answer.json()
    assert body["code"] == code and body["domain"] == f"ERROR_DOMAIN_{domain}" and body["message"]


def test_both_records_are_there_before_the_service_is_called(lab, call, echo) -> None:
    found = []
    echo.during = lambda request: found.append(lab.count_records("transaction_id = %s", request.header("fsc-transaction-id")))
    assert call().status_code == 200
    assert found == [2]


def test_client_id_that_is_no_uuidv7_is_refused(call, echo) -> None:
    answer = call(headers={"Fsc-Transaction-Id": str(uuid.uuid4())})
    assert_fsc_error(answer, 400, "INVALID_LOG_RECORD_ID", "OUTWAY")
    assert echo.seen == []


def test_client_id_is_told_back_with_an_error(call) -> None:
    answer = call(headers={"Fsc-Grant-Hash": "onbekend", "Fsc-Transaction-Id": V7})
    assert_fsc_error(answer, 400, "UNKNOWN_GRANT_HASH_IN_HEADER", "OUTWAY")
    assert answer.headers["Fsc-Transaction-Id"] == V7 == answer.json()["transaction_id"]


@pytest.mark.parametrize("host", ["echo", "echo.localhost:8081", "ECHO.example"])
def test_host_names_the_alias(call, echo, host) -> None:
    assert call(headers={"Fsc-Grant-Hash": "", "Host": host}).status_code == 200


def test_grant_hash_itself_selects_the_grant(contract, call) -> None:
    assert call(headers={"Fsc-Grant-Hash": contract["grants"][0]["hash"]}).status_code == 200


def test_without_a_grant_nothing_is_sent(contract, call, echo) -> None:
    assert_fsc_error(call(headers={"Fsc-Grant-Hash": ""}), 400, "ERROR_CODE_GRANT_HASH_MISSING", "OUTWAY")
    answer = call(headers={"Fsc-Grant-Hash": contract["contentHash"]})
    assert_fsc_error(answer, 400, "UNKNOWN_GRANT_HASH_IN_HEADER", "OUTWAY")
    assert "hash van een contract" in answer.json()["message"]
    assert echo.seen == []


def test_access_log_of_the_outway_holds_passed_calls_only(lab, call) -> None:
    path = lab.folder / "run" / "outway-access.log"
    refused = call(headers={"Fsc-Grant-Hash": "onbekend"}).headers["Fsc-Transaction-Id"]
    passed = call().headers["Fsc-Transaction-Id"]

    def logged() -> dict[str, int]:
        return {line["transactionId"]: line["status"] for line in read_lines(path)}

    assert until(lambda: logged().get(passed), what="access log line") == 200
    assert refused not in logged()


def test_unreachable_service_gives_the_inways_error(lab, peers, call) -> None:
    lab.post(f"/peers/{peers['aanbieder']}/services", {"naam": "echo", "url": f"http://{lab.address}:7009"})
    try:
        answer = until(lambda: (a := call()).status_code == 502 and a, what="service is gone")
        assert_fsc_error(answer, 502, "ERROR_CODE_SERVICE_UNREACHABLE", "INWAY")
    finally:
        lab.post(f"/peers/{peers['aanbieder']}/services", {"naam": "echo", "url": f"http://{lab.address}:7001"})
    until(lambda: call().status_code == 200, what="service is back")


def test_hanging_log_refuses_the_call(lab, call, echo) -> None:
    assert call().status_code == 200
    echo.seen.clear()
    with psycopg.connect(lab.owner_url) as blocker:
        blocker.execute("LOCK TABLE transaction_record IN ACCESS EXCLUSIVE MODE")
        started = time.monotonic()
        assert_fsc_error(call(), 500, "TRANSACTION_LOG_WRITE_ERROR", "OUTWAY")
        assert time.monotonic() - started < 5
    assert echo.seen == []
    until(lambda: call().status_code == 200, what="calls pass again")


def test_log_database_down_refuses_the_call(lab, server, call, echo) -> None:
    assert call().status_code == 200
    echo.seen.clear()
    with psycopg.connect(server.url, autocommit=True) as admin:
        admin.execute("ALTER ROLE gateway_api NOLOGIN")
        try:
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'gateway%'")
            assert_fsc_error(call(), 500, "TRANSACTION_LOG_WRITE_ERROR", "OUTWAY")
            assert echo.seen == []
        finally:
            admin.execute("ALTER ROLE gateway_api LOGIN")
    until(lambda: call().status_code == 200, what="calls pass again")


def test_decision_process_gone_refuses_the_call(lab, call, echo) -> None:
    lab.end("decide", 9)
    echo.seen.clear()
    try:
        assert_fsc_error(call(), 500, "TRANSACTION_LOG_WRITE_ERROR", "OUTWAY")
        assert echo.seen == []
    finally:
        lab.spawn("decide")
    until(lambda: call().status_code == 200, what="calls pass again")


def test_contract_with_oneself_needs_one_signature_and_works(lab, peers, echo) -> None:
    peer = peers["aanbieder"]
    contract = lab.offer(peer, lab.connection(peer, peer, "echo"), aliases=("zelf",))
    assert contract["state"] == "VALID" and contract["partijen"] == [peer]
    address, headers = lab.outway("aanbieder"), {"Host": "zelf"}
    answer = until(lambda: (a := httpx.get(address, headers=headers, trust_env=False)).status_code == 200 and a)
    rows = lab.get(f"/peers/{peer}/transactions", transactionId=answer.headers["Fsc-Transaction-Id"])["results"]
    assert {row["direction"] for row in rows} == {"DIRECTION_OUTGOING", "DIRECTION_INCOMING"}


def test_contract_that_was_just_agreed_works_at_once(lab, peers, call) -> None:
    for number in range(5):
        lab.connect(peers["afnemer"], peers["aanbieder"], "echo", f"vers-{number}")
        assert call(headers={"Fsc-Grant-Hash": f"vers-{number}"}).status_code == 200
