"""Official cases of the Outway, against the Manager and the Inway of an independent provider."""

from __future__ import annotations

import time
from typing import Any

import httpx
import psycopg
import pytest

from tests.gateway.fakepeer import CONSUMER, OTHER, OWN, Peer
from tests.gateway.independent import FakeInway, content_hash, grant_hash, make_content
from tests.gateway.lab import until
from tests.gateway.suite.steps import assert_error


@pytest.fixture
def agreed(lab, peers, fake, inway) -> str:
    """The hash of a grant with which the hosted consumer may call the independent provider; the Inway's memory is empty."""
    inway.seen.clear()
    return agree_with(lab, peers, fake, inway)


def agree_with(lab, peers, fake: Peer, inway: FakeInway, *, also: Peer | None = None, **more: Any) -> str:
    """A contract for the hosted consumer's Outway, and a token for it (or another `answer`) ready at the provider's Manager."""
    outway = next(c for c in lab.get(f"/peers/{peers['afnemer']}")["certificaten"] if c["onderdeel"] == "outway")
    service = {"type": "SERVICE_TYPE_SERVICE", "peer_id": OWN, "name": "elders"}
    grant: dict[str, Any] = {
        "type": "GRANT_TYPE_SERVICE_CONNECTION",
        "outway": {"peer_id": peers["afnemer"], "public_key_thumbprint": outway["sleutelVingerafdruk"]},
        "service": service,
        **more.get("grant", {}),
    }
    content = make_content(grant)
    assert fake.submit(content, host=CONSUMER).status_code == 201
    if also is not None:
        assert also.put("accept", content, host=CONSUMER).status_code == 201
    now = int(time.time())
    claims = {
        "gth": grant_hash(content),
        "gid": "lab",
        "sub": peers["afnemer"],
        "iss": OWN,
        "svc": "elders",
        "aud": inway.url,
        "exp": now + 300,
        "nbf": now,
        "cnf": {"x5t#S256": outway["vingerafdruk"]},
        "add": {},
        **more.get("claims", {}),
    }
    # The Outway may fetch its token as soon as the contract is valid, so the provider's answer is ready by then.
    fake.manager.token = more.get("answer") or {"access_token": fake.identity.jws(claims), "token_type": "bearer"}
    lab.accept(peers["afnemer"], content_hash(content))
    lab.wait_state(peers["afnemer"], content_hash(content), "VALID")
    return grant_hash(content)


def call(lab, grant: str, path: str = "/v1/x") -> httpx.Response:
    return httpx.get(lab.outway("afnemer") + path, headers={"Fsc-Grant-Hash": grant}, timeout=20, trust_env=False)


def test_Outway_IncomingRequest_1_request_reaches_the_inway_and_its_answer_the_client(lab, peers, fake, agreed, inway) -> None:
    """With a valid Contract the request goes to the Inway with a token for this Outway's certificate, and the answer comes
    back."""
    answer = call(lab, agreed, "/v1/a%2Fb//c;d=1?e=a+b&f=&g=%20")
    assert (answer.status_code, answer.text, answer.headers["X-Service"]) == (200, "ok", "echo")
    asked = [form for form in fake.manager.token_forms if form["scope"] == agreed]
    assert asked == [{"grant_type": "client_credentials", "scope": agreed, "client_id": peers["afnemer"]}]
    [request] = inway.seen
    assert request.target == "/v1/a%2Fb//c;d=1?e=a+b&f=&g=%20"
    assert request.headers["fsc-authorization"] == [f"Bearer {fake.manager.token['access_token']}"]


def test_Outway_IncomingRequest_2_without_a_valid_contract_nothing_is_sent(lab, peers, fake, agreed, inway) -> None:
    """Without a valid Contract, or when the provider gives no token, the Outway answers with an error and sends nothing."""
    assert_error(call(lab, "$1$3$" + "A" * 86), 400, "UNKNOWN_GRANT_HASH_IN_HEADER", "OUTWAY")
    refusal = {"error": "invalid_grant", "error_description": "ingetrokken"}
    refused = call(lab, agree_with(lab, peers, fake, inway, answer=refusal))
    assert_error(refused, 502, "ERROR_CODE_TOKEN_UNAVAILABLE", "OUTWAY")
    assert "ingetrokken" in refused.json()["message"] and OWN in refused.json()["message"]
    content = lab.get(f"/peers/{peers['afnemer']}/contracts")["results"][0]
    lab.post(f"/peers/{peers['afnemer']}/contracts/{content['contentHash']}/revoke", expect=200)
    assert_error(call(lab, content["grants"][0]["hash"]), 403, "ERROR_CODE_CONTRACT_NOT_VALID", "OUTWAY")
    assert inway.seen == []


def test_Outway_IncomingRequest_3_inway_that_fails_gives_an_error(lab, peers, fake, agreed, inway) -> None:
    """When the Inway breaks the connection, or there is none at the address, the Outway answers with an error."""

    def break_off(_: object) -> None:
        raise ConnectionAbortedError

    inway.during = break_off
    try:
        assert_error(call(lab, agreed), 502, "ERROR_CODE_INWAY_UNREACHABLE", "OUTWAY")
    finally:
        inway.during = None
    closed = agree_with(lab, peers, fake, inway, claims={"aud": "https://inway.eigen.nep.localhost:443"})
    assert_error(call(lab, closed), 502, "ERROR_CODE_INWAY_UNREACHABLE", "OUTWAY")


def test_Outway_TransactionLog_1_record_is_there_before_the_inway_is_called(lab, agreed, inway) -> None:
    """While the Inway handles a request, the Outway's record of it can be read already."""
    found = []
    inway.during = lambda request: found.append(
        lab.count_records("transaction_id = %s AND grant_hash = %s", request.header("fsc-transaction-id"), agreed)
    )
    try:
        assert call(lab, agreed).status_code == 200
    finally:
        inway.during = None
    assert found == [1]


def test_Outway_TransactionLog_2_transaction_id_is_sent_and_told(lab, agreed, inway) -> None:
    """The Outway makes a TransactionID (UUID version 7), sends it to the Inway and tells the client."""
    answer = call(lab, agreed)
    assert answer.status_code == 200, answer.text
    [request] = inway.seen
    assert request.headers["fsc-transaction-id"] == [answer.headers["Fsc-Transaction-Id"]]
    assert answer.headers["Fsc-Transaction-Id"][14] == "7"


def test_Outway_TransactionLog_3_record_of_a_delegated_request_names_the_delegator(lab, peers, fake, other, inway) -> None:
    """The record of a request on behalf of another Peer names that Delegator in its source."""
    grant = {"type": "GRANT_TYPE_DELEGATED_SERVICE_CONNECTION", "delegator": {"peer_id": OTHER}}
    hashed = agree_with(lab, peers, fake, inway, also=other, grant=grant, claims={"act": {"sub": OTHER}})
    record = recorded(lab, other, hashed)
    assert record["source"] == {
        "type": "SOURCE_TYPE_DELEGATED_SOURCE",
        "outway_peer_id": peers["afnemer"],
        "delegator_peer_id": OTHER,
    }
    assert record["destination"] == {"type": "DESTINATION_TYPE_DESTINATION", "service_peer_id": OWN}


def test_Outway_TransactionLog_4_record_for_a_delegated_service_names_the_delegator(lab, peers, fake, other, inway) -> None:
    """The record of a request to a Service that is offered for another Peer names that Delegator in its destination."""
    service = {"type": "SERVICE_TYPE_DELEGATED_SERVICE", "peer_id": OWN, "name": "elders", "delegator": {"peer_id": OTHER}}
    hashed = agree_with(lab, peers, fake, inway, also=other, grant={"service": service}, claims={"pdi": OTHER})
    record = recorded(lab, other, hashed)
    assert record["source"] == {"type": "SOURCE_TYPE_SOURCE", "outway_peer_id": peers["afnemer"]}
    assert record["destination"] == {
        "type": "DESTINATION_TYPE_DELEGATED_DESTINATION",
        "service_peer_id": OWN,
        "delegator_peer_id": OTHER,
    }


def recorded(lab, reader: Peer, grant: str) -> dict[str, Any]:
    """The consumer's record of one call, as the Delegator reads it from the consumer's Manager."""
    answer = call(lab, grant)
    assert answer.status_code == 200, answer.text
    [record] = reader.logs(CONSUMER, transaction_ids=answer.headers["Fsc-Transaction-Id"])
    assert (record["direction"], record["grant_hash"]) == ("DIRECTION_OUTGOING", grant)
    return record


def test_Outway_TransactionLog_5_log_that_fails_stops_the_call(lab, agreed, inway) -> None:
    """When the transaction log cannot be written, or does not answer, the Outway answers with an error and sends nothing."""
    assert call(lab, agreed).status_code == 200
    inway.seen.clear()
    with psycopg.connect(lab.owner_url) as blocker:
        blocker.execute("LOCK TABLE transaction_record IN ACCESS EXCLUSIVE MODE")
        assert_error(call(lab, agreed), 500, "TRANSACTION_LOG_WRITE_ERROR", "OUTWAY")
    assert inway.seen == []
    until(lambda: call(lab, agreed).status_code == 200, what="calls pass again")
