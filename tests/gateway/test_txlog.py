"""What a call leaves in the transaction log, and when it is refused for the log's sake; through the whole chain."""

from __future__ import annotations

import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import httpx
import psycopg
import pytest
from gateway.txlog.ids import new_id

from tests.gateway.independent import grant_hash
from tests.gateway.lab import until

LOG = "transaction_record"
TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


@pytest.fixture(scope="module")
def contract(lab, peers, echo) -> dict:
    """The consumer may call `echo` under alias `txlog`."""
    return lab.connect(peers["afnemer"], peers["aanbieder"], "echo", "txlog")


@pytest.fixture
def call(lab, contract, echo):
    """Calls the service through the consumer's Outway; the service's memory starts empty."""
    echo.seen.clear()

    def send(**headers: str) -> httpx.Response:
        given = {"Fsc-Grant-Hash": "txlog", **{name.replace("_", "-"): value for name, value in headers.items()}}
        return httpx.get(lab.outway("afnemer") + "/v1/x", headers=given, timeout=20, trust_env=False)

    return send


def fresh_id() -> str:
    return new_id(int(time.time() * 1000))


def rows(lab, peers, answer: httpx.Response) -> list[dict]:
    """The consumer's record of a call, and the provider's."""
    sent = answer.headers["Fsc-Transaction-Id"]
    found = [lab.get(f"/peers/{peers[who]}/transactions", transactionId=sent)["results"] for who in ("afnemer", "aanbieder")]
    return [row for [row] in found]


def assert_refused(answer: httpx.Response, status: int, code: str) -> None:
    assert (answer.status_code, answer.headers.get("Fsc-Error-Code")) == (status, code), answer.text


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (f"00-{TRACE}-{SPAN}-01", True),
        (f"cc-{TRACE}-{SPAN}-01-en-nog-wat", True),
        ("", False),
        ("onzin", False),
        (f"00-{TRACE}-{SPAN}-01-x", False),
        (f"ff-{TRACE}-{SPAN}-01", False),
        (f"00-{'0' * 32}-{SPAN}-01", False),
        (f"00-{TRACE}-{'0' * 16}-01", False),
        (f"00-{TRACE.upper()}-{SPAN}-01", False),
    ],
)
def test_traceparent_is_kept_on_both_sides_when_it_is_valid_and_passes_untouched(lab, peers, call, echo, sent, kept) -> None:
    answer = call(traceparent=sent) if sent else call()
    assert answer.status_code == 200, answer.text
    assert echo.seen[0].headers.get("traceparent", [""]) == [sent]
    found = [(row["traceId"], row["spanId"]) for row in rows(lab, peers, answer)]
    assert found == [(TRACE, SPAN) if kept else (None, None)] * 2


def test_reference_to_an_external_contract_is_in_both_logs(lab, peers, fake, call) -> None:
    reference = {"reference": "https://contract.example/1", "delegator_id": peers["dir"], "delegator_name": "Súdwest\t\\n"}
    properties = {"delegation.connection.external_contract_reference": reference, "gemeengoed.rol": "gemeente"}
    grant = {**lab.connection(peers["afnemer"], peers["aanbieder"], "echo"), "properties": properties}
    contract = lab.offer(peers["afnemer"], grant, aliases=("extern",))
    until(lambda: lab.contract(peers["aanbieder"], contract["contentHash"]), what="contract has arrived")
    path = f"/peers/{peers['aanbieder']}/contracts/{contract['contentHash']}/accept"
    lab.post(path, {"reden": "gecontroleerd bij de delegator"}, expect=200)
    answer = until(lambda: (a := call(Fsc_Grant_Hash="extern")).status_code == 200 and a, what="contract works")
    expected = {"delegation.connection.external_contract_reference": reference}
    assert [row["additionalData"] for row in rows(lab, peers, answer)] == [expected, expected]


def test_id_of_the_client_can_be_used_once(lab, peers, call, echo) -> None:
    chosen = fresh_id()
    assert call(Fsc_Transaction_Id=chosen).status_code == 200
    for again in (chosen, chosen.upper()):
        answer = call(Fsc_Transaction_Id=again)
        assert_refused(answer, 400, "INVALID_LOG_RECORD_ID")
        assert "eerdere aanroep" in answer.json()["message"]
    assert len(echo.seen) == 1
    assert lab.count_records("transaction_id = %s AND outgoing", chosen) == 1


def test_id_that_the_outway_made_cannot_be_used_again(call, echo) -> None:
    made = call().headers["Fsc-Transaction-Id"]
    assert_refused(call(Fsc_Transaction_Id=made), 400, "INVALID_LOG_RECORD_ID")
    assert len(echo.seen) == 1


def test_of_calls_with_one_id_at_once_one_passes(lab, call, echo) -> None:
    for _ in range(5):
        chosen = fresh_id()
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _, chosen=chosen: call(Fsc_Transaction_Id=chosen), range(8)))
        assert sorted(answer.status_code for answer in answers) == [200] + [400] * 7
        assert lab.count_records("transaction_id = %s AND outgoing", chosen) == 1
    assert len(echo.seen) == 5


def test_many_ids_of_clients_at_once_all_pass(call) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: call(Fsc_Transaction_Id=fresh_id()), range(64)))
    assert {answer.status_code for answer in answers} == {200}


def test_other_peer_may_use_the_same_id(lab, peers, contract, call) -> None:
    provider = peers["aanbieder"]
    lab.offer(provider, lab.connection(provider, provider, "echo"), aliases=("txlog-zelf",))
    chosen = fresh_id()
    assert call(Fsc_Transaction_Id=chosen).status_code == 200

    def own() -> httpx.Response:
        headers = {"Fsc-Grant-Hash": "txlog-zelf", "Fsc-Transaction-Id": chosen}
        return httpx.get(lab.outway("aanbieder"), headers=headers, timeout=20, trust_env=False)

    assert own().status_code == 200
    assert_refused(own(), 400, "INVALID_LOG_RECORD_ID")


def test_at_the_inway_an_id_may_come_again(lab, fake, valid, echo) -> None:
    """nginx may ask twice, and which ids an Outway uses is for its own peer to guard."""
    token = fake.token(grant_hash(valid)).json()["access_token"]
    chosen = fresh_id()
    assert [fake.call(token, transaction_id=chosen).status_code for _ in range(2)] == [200, 200]
    assert lab.count_records("transaction_id = %s AND NOT outgoing", chosen) == 2


def test_call_with_an_id_is_refused_while_the_log_hangs_and_may_come_again(lab, call, echo) -> None:
    chosen = fresh_id()
    with psycopg.connect(lab.owner_url) as blocker:
        blocker.execute("LOCK TABLE transaction_record IN ACCESS EXCLUSIVE MODE")
        started = time.monotonic()
        assert_refused(call(Fsc_Transaction_Id=chosen), 500, "TRANSACTION_LOG_WRITE_ERROR")
        assert time.monotonic() - started < 5
    assert echo.seen == []
    assert until(lambda: call(Fsc_Transaction_Id=chosen).status_code == 200, what="the same call passes")


def test_without_a_table_for_the_month_no_call_passes(lab, call, echo) -> None:
    assert call().status_code == 200
    echo.seen.clear()
    first = datetime.now(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    after = (first.replace(year=first.year + 1, month=1)) if first.month == 12 else first.replace(month=first.month + 1)
    name = f"transaction_record_{first:%Y_%m}"
    with psycopg.connect(lab.owner_url, autocommit=True) as owner:
        owner.execute(f"ALTER TABLE transaction_record DETACH PARTITION {name}")
        try:
            for headers in ({}, {"Fsc_Transaction_Id": fresh_id()}):
                assert_refused(call(**headers), 500, "TRANSACTION_LOG_WRITE_ERROR")
            assert echo.seen == []
        finally:
            owner.execute(f"ALTER TABLE transaction_record ATTACH PARTITION {name} FOR VALUES FROM ('{first}') TO ('{after}')")
    assert until(lambda: call().status_code == 200, what="calls pass again")


def test_control_makes_the_missing_months_when_it_starts(lab, call) -> None:
    def last() -> str:
        with psycopg.connect(lab.owner_url) as owner:
            row = owner.execute("SELECT max(inhrelid::regclass::text) FROM pg_inherits WHERE inhparent = %s::regclass", [LOG])
            return row.fetchone()[0]

    newest = last()
    with psycopg.connect(lab.owner_url, autocommit=True) as owner:
        owner.execute(f"DROP TABLE {newest}")
    assert last() != newest
    lab.end("control")
    lab.spawn("control")
    assert until(lambda: last() == newest, what="the month is there again")
    until(lambda: lab.beheer.get("/peers").status_code == 200, what="control serves")


def test_id_of_another_version_or_none_at_all(call) -> None:
    assert_refused(call(Fsc_Transaction_Id=str(uuid.uuid4())), 400, "INVALID_LOG_RECORD_ID")
    assert uuid.UUID(call().headers["Fsc-Transaction-Id"]).version == 7
