"""Official cases of the whole chain: client, Outway, Inway, Service; peers of the gateway and independent ones."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.gateway.fakepeer import CONSUMER, DIRECTORY, OTHER, SUT, Peer
from tests.gateway.independent import grant_hash
from tests.gateway.lab import until
from tests.gateway.suite.steps import assert_error

PUBLISHED = "GRANT_TYPE_DELEGATED_SERVICE_PUBLICATION"


def call(lab, grant: str) -> httpx.Response:
    return httpx.get(lab.outway("afnemer") + "/v1/x", headers={"Fsc-Grant-Hash": grant}, timeout=20, trust_env=False)


def consume(lab, peers, signer: Peer | None = None, **grant: Any) -> str:
    """The hash of a grant for the hosted consumer that all parties accepted; `signer` is an independent party to it."""
    if signer is not None:
        signer.announce()
    contract = lab.offer(peers["afnemer"], {**lab.connection(peers["afnemer"], peers["aanbieder"], "echo"), **grant})
    if signer is not None:
        content = signer.offered(contract["contentHash"])
        for host in (CONSUMER, SUT):
            assert signer.put("accept", content, host=host).status_code == 201
    lab.accept(peers["aanbieder"], contract["contentHash"])
    lab.wait_state(peers["afnemer"], contract["contentHash"], "VALID")
    return contract["grants"][0]["hash"]


@pytest.fixture(scope="module")
def delegated(lab, peers, echo, other) -> dict[str, Any]:
    """The service member of a grant for `echo`, which the provider published on behalf of an independent peer."""
    other.announce()
    publication = lab.offer(
        peers["aanbieder"],
        {
            "type": PUBLISHED,
            "directory": {"peer_id": peers["dir"]},
            "service": {"peer_id": peers["aanbieder"], "name": "echo", "protocol": "PROTOCOL_TCP_HTTP_1.1"},
            "delegator": {"peer_id": OTHER},
        },
    )
    content = other.offered(publication["contentHash"])
    for host in (SUT, DIRECTORY):
        assert other.put("accept", content, host=host).status_code == 201
    listed = until(lambda: other.listings("echo"), what="the Directory lists the service")
    assert [one["delegator"]["peer_id"] for one in listed] == [OTHER]
    service = {"type": "SERVICE_TYPE_DELEGATED_SERVICE", "peer_id": peers["aanbieder"], "name": "echo"}
    return {**service, "delegator": {"peer_id": OTHER}}


def test_Integration_ConsumeService_1_service_is_called(lab, peers, echo) -> None:
    """With a valid ServiceConnectionGrant the Service answers a call through the Outway."""
    answer = call(lab, consume(lab, peers))
    assert (answer.status_code, answer.text, answer.headers["X-Service"]) == (200, "ok", "echo")


@pytest.mark.parametrize("who", ["afnemer", "aanbieder"])
def test_Integration_ConsumeService_2_without_a_valid_contract_the_outway_refuses(lab, peers, echo, who) -> None:
    """Without a valid Contract the Outway refuses; a Contract that either side revoked stops the next call."""
    contract = lab.connect(peers["afnemer"], peers["aanbieder"], "echo")
    grant = contract["grants"][0]["hash"]
    assert call(lab, grant).status_code == 200
    lab.post(f"/peers/{peers[who]}/contracts/{contract['contentHash']}/revoke", expect=200)
    until(lambda: call(lab, grant).status_code in (401, 403), seconds=1, what="the next call is refused")
    lab.wait_state(peers["afnemer"], contract["contentHash"], "REVOKED")
    echo.seen.clear()
    assert_error(call(lab, grant), 403, "ERROR_CODE_CONTRACT_NOT_VALID", "OUTWAY")
    assert echo.seen == []


def test_Integration_ConsumeServiceAsDelegatee_1_service_is_called_on_behalf_of_another(lab, peers, echo, other) -> None:
    """With a valid DelegatedServiceConnectionGrant the Service answers a call on behalf of the Delegator."""
    delegation = {"type": "GRANT_TYPE_DELEGATED_SERVICE_CONNECTION", "delegator": {"peer_id": OTHER}}
    assert call(lab, consume(lab, peers, other, **delegation)).status_code == 200


def test_Integration_ConsumeDelegatedService_1_service_published_for_another_is_called(lab, peers, other, delegated) -> None:
    """A Service that is published by a Delegatee answers a call with a ServiceConnectionGrant."""
    assert call(lab, consume(lab, peers, other, service=delegated)).status_code == 200


def test_Integration_ConsumeDelegatedService_2_delegated_on_both_sides(lab, peers, other, delegated) -> None:
    """A Service that is published by a Delegatee answers a call with a DelegatedServiceConnectionGrant."""
    delegation = {"type": "GRANT_TYPE_DELEGATED_SERVICE_CONNECTION", "delegator": {"peer_id": peers["dir"]}}
    contract = lab.offer(
        peers["afnemer"],
        {**lab.connection(peers["afnemer"], peers["aanbieder"], "echo"), **delegation, "service": delegated},
    )
    content = other.offered(contract["contentHash"])
    for host in (CONSUMER, SUT, DIRECTORY):
        assert other.put("accept", content, host=host).status_code == 201
    for party in ("aanbieder", "dir"):
        lab.accept(peers[party], contract["contentHash"])
    for party in ("afnemer", "aanbieder"):
        lab.wait_state(peers[party], contract["contentHash"], "VALID")
    answer = call(lab, grant_hash(content))
    assert answer.status_code == 200, answer.text
    [record] = other.logs(transaction_ids=answer.headers["Fsc-Transaction-Id"])
    assert (record["source"]["delegator_peer_id"], record["destination"]["delegator_peer_id"]) == (peers["dir"], OTHER)


def test_Integration_TransactionLog_1_both_sides_have_the_same_record(lab, peers, echo, other) -> None:
    """Consumer and provider each have a record of a call, with one TransactionID; a Delegator reads both."""
    delegation = {"type": "GRANT_TYPE_DELEGATED_SERVICE_CONNECTION", "delegator": {"peer_id": OTHER}}
    sent = call(lab, consume(lab, peers, other, **delegation)).headers["Fsc-Transaction-Id"]
    [outgoing], [incoming] = (other.logs(host, transaction_ids=sent) for host in (CONSUMER, SUT))
    assert (outgoing.pop("direction"), incoming.pop("direction")) == ("DIRECTION_OUTGOING", "DIRECTION_INCOMING")
    assert abs(outgoing.pop("created_at") - incoming.pop("created_at")) <= 5
    assert outgoing == incoming and outgoing["transaction_id"] == sent
    assert other.logs(DIRECTORY, transaction_ids=sent) == []
