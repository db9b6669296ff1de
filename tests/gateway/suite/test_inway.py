"""Official cases of the Inway, called by an independent Outway."""

from __future__ import annotations

import re

import httpx
import psycopg
import pytest

from tests.gateway.fakepeer import INWAY, OTHER, OWN, V7
from tests.gateway.independent import Identity, Speaker, grant_hash, new_id
from tests.gateway.lab import until
from tests.gateway.suite.steps import agree, assert_error
from tests.gateway.tokens import claims_in, manager_signs


@pytest.fixture
def token(fake, valid, echo) -> str:
    """A token for the fake peer's Outway; the service's memory starts empty."""
    echo.seen.clear()
    return fake.token(grant_hash(valid)).json()["access_token"]


def test_Inway_Incoming_Request_1_valid_token_is_accepted(fake, token, echo) -> None:
    """A request with a valid token reaches the Service, and its answer comes back."""
    answer = fake.call(token)
    assert (answer.status_code, answer.text, answer.headers["X-Service"]) == (200, "ok", "echo")
    assert [request.target for request in echo.seen] == ["/v1/x"]


def test_Inway_Incoming_Request_2_without_a_token_is_denied(fake, token, echo) -> None:
    """A request without a token is denied."""
    assert_error(fake.call(None), 401, "ERROR_CODE_ACCESS_TOKEN_MISSING")
    assert echo.seen == []


def test_Inway_Incoming_Request_3_token_of_another_certificate_is_denied(lab, fake, other, token, echo) -> None:
    """A token bound to another certificate is denied: of another Peer, of the Manager, or renewed with the same key."""
    renewed = fake.identity_for("outway.eigen.nep.localhost", key=fake.outway.key)
    for speaker in (other.outway_speaker, fake.speaker, Speaker(lab.address, renewed, fake.root, "")):
        assert_error(fake.call(token, speaker=speaker), 401, "ERROR_CODE_ACCESS_TOKEN_INVALID")
    assert echo.seen == []


def test_Inway_Incoming_Request_4_untrusted_certificate_is_denied(lab, fake, token, echo) -> None:
    """A client whose certificate does not lead to a trust anchor gets no answer at all."""
    untrusted = Identity(fake.folder, "vals", OWN, "outway.eigen.nep.localhost", None, key=fake.outway.key)
    with pytest.raises(httpx.TransportError):
        fake.call(token, speaker=Speaker(lab.address, untrusted, fake.root, ""))
    assert echo.seen == []


@pytest.mark.parametrize("form", ["Bearer {}", "bearer {}", "{}"])
def test_Inway_Incoming_Request_5_token_reaches_the_service(fake, token, echo, form) -> None:
    """The Service receives the token as the Inway received it."""
    headers = {"Fsc-Authorization": form.format(token), "Fsc-Transaction-Id": V7}
    answer = fake.outway_speaker.ask("GET", INWAY, "/v1/x", headers=headers)
    assert answer.status_code == 200, answer.text
    assert echo.seen[0].headers["fsc-authorization"] == [form.format(token)]


def test_Inway_Incoming_Request_6_expired_token_is_denied(lab, peers, fake, token, echo) -> None:
    """A token whose time is over is denied."""
    claims = claims_in(token)
    expired = manager_signs(lab, peers["aanbieder"], {**claims, "exp": claims["nbf"] - 1})
    assert_error(fake.call(expired), 401, "ERROR_CODE_ACCESS_TOKEN_EXPIRED")
    assert echo.seen == []


def test_Inway_TransactionLog_1_record_is_there_before_the_service_is_called(lab, fake, token, echo) -> None:
    """While the Service handles a request, the Inway's record of it can be read already."""
    sent, found = new_id(), []
    echo.during = lambda request: found.append(lab.count_records("transaction_id = %s", sent))
    try:
        assert fake.call(token, transaction_id=sent).status_code == 200
    finally:
        echo.during = None
    assert found == [1]


def test_Inway_TransactionLog_2_transaction_id_reaches_the_service(fake, token, echo) -> None:
    """The Service receives the TransactionID that the Outway sent."""
    assert fake.call(token).status_code == 200
    assert echo.seen[0].headers["fsc-transaction-id"] == [V7]


def test_Inway_TransactionLog_3_without_a_transaction_id_is_refused(fake, token, echo) -> None:
    """A request without a TransactionID, or with something else than a UUID of version 7, is refused."""
    assert_error(fake.call(token, transaction_id=None), 400, "MISSING_LOG_RECORD_ID")
    for wrong in ("6f2d7f0e-5f0a-4f9e-9a53-111111111111", "x", V7 + "0", V7.replace("-", "")):
        assert_error(fake.call(token, transaction_id=wrong), 400, "INVALID_LOG_RECORD_ID")
    assert echo.seen == []


def test_Inway_TransactionLog_4_record_of_a_delegated_request_names_the_delegator(lab, peers, fake, other) -> None:
    """The record of a request on behalf of another Peer names that Delegator in its source."""
    record = called(lab, peers, fake, other, fake.connection(peers["aanbieder"], delegator=OTHER))
    assert record["source"] == {"type": "SOURCE_TYPE_DELEGATED_SOURCE", "outway_peer_id": OWN, "delegator_peer_id": OTHER}
    assert record["destination"]["type"] == "DESTINATION_TYPE_DESTINATION"


def test_Inway_TransactionLog_5_record_for_a_delegated_service_names_the_delegator(lab, peers, fake, other) -> None:
    """The record of a request to a Service that is offered for another Peer names that Delegator in its destination."""
    record = called(lab, peers, fake, other, fake.connection(peers["aanbieder"], offered_for=OTHER))
    assert record["source"] == {"type": "SOURCE_TYPE_SOURCE", "outway_peer_id": OWN}
    assert record["destination"] == {
        "type": "DESTINATION_TYPE_DELEGATED_DESTINATION",
        "service_peer_id": peers["aanbieder"],
        "delegator_peer_id": OTHER,
    }


def called(lab, peers, fake, other, grant: dict) -> dict:
    """The record, as the Delegator reads it, of one call under a new contract with this grant."""
    content, sent = agree(lab, peers["aanbieder"], grant, fake, other), new_id()
    assert fake.call(fake.token(grant_hash(content)).json()["access_token"], transaction_id=sent).status_code == 200
    [record] = other.logs(transaction_ids=sent)
    assert (record["transaction_id"], record["direction"], record["grant_hash"]) == (
        sent,
        "DIRECTION_INCOMING",
        grant_hash(content),
    )
    return record


def test_Inway_TransactionLog_6_log_that_fails_stops_the_call(lab, fake, token, echo) -> None:
    """When the transaction log cannot be written, or does not answer, the Inway answers with an error and the Service is
    not called."""
    assert fake.call(token, transaction_id=new_id()).status_code == 200
    echo.seen.clear()
    with psycopg.connect(lab.owner_url) as blocker:
        blocker.execute("LOCK TABLE transaction_record IN ACCESS EXCLUSIVE MODE")
        assert_error(fake.call(token, transaction_id=new_id()), 500, "TRANSACTION_LOG_WRITE_ERROR")
    assert echo.seen == []
    until(lambda: fake.call(token, transaction_id=new_id()).status_code == 200, what="calls pass again")


def test_Inway_Port_1_inway_listens_on_443_or_8443(lab, fake, token) -> None:
    """The Inway answers on 8443, the one port on which nginx listens for other peers."""
    assert fake.call(token).status_code == 200
    configured = "".join(path.read_text() for path in (lab.folder / "run" / "nginx").rglob("*.conf"))
    assert set(re.findall(r"listen (\S+) ssl", configured)) == {f"{lab.address}:8443"}
