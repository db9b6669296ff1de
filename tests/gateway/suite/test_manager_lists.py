"""Official cases of the Manager's lists: contracts, services, peers, keys, log, and the port it listens on."""

from __future__ import annotations

import base64
import socket
import subprocess
import sys

import pytest
from cryptography import x509
from cryptography.x509 import verification

from tests.gateway.fakepeer import DIRECTORY, OTHER, OWN, STRANGER, SUT
from tests.gateway.independent import content_hash, grant_hash, make_content, new_id, verify
from tests.gateway.suite.steps import agree, keys_of, publish

DELEGATED = "SERVICE_TYPE_DELEGATED_SERVICE"


@pytest.fixture
def recorded(lab, peers, fake, other, echo) -> dict[str, str]:
    """A call by the fake peer's Outway on behalf of another; its transaction id and grant hash."""
    content = agree(lab, peers["aanbieder"], fake.connection(peers["aanbieder"], delegator=OTHER), fake, other)
    answer = fake.call(fake.token(grant_hash(content)).json()["access_token"], transaction_id=(sent := new_id()))
    assert answer.status_code == 200, answer.text
    return {"transaction_id": sent, "grant_hash": grant_hash(content)}


def test_Manager_Contracts_1_contract_is_listed_to_its_parties(fake, peers, valid) -> None:
    """A valid Contract with the Peer in a ServiceConnectionGrant is in the list, wherever the pages begin."""
    assert fake.holds(valid)["content"] == valid
    for number in range(4):
        content = make_content(fake.connection(peers["aanbieder"]), created_at=1_700_000_000 + number)
        assert fake.submit(content).status_code == 201
    for order in ("SORT_ORDER_ASCENDING", "SORT_ORDER_DESCENDING"):
        seen, cursor = [], ""
        while cursor or not seen:
            page = fake.contracts(limit="2", sort_order=order, grant_type="GRANT_TYPE_SERVICE_CONNECTION", cursor=cursor)
            seen += [contract["content"] for contract in page["contracts"]]
            cursor = page["pagination"]["next_cursor"]
        made = [content["created_at"] for content in seen]
        assert valid in seen and made == sorted(made, reverse=order.endswith("DESCENDING"))


def test_Manager_Contracts_2_contract_is_not_listed_to_others(other, valid) -> None:
    """A Contract without the Peer is not in its list, not even when asked for by hash."""
    assert other.contracts(grant_hash=grant_hash(valid))["contracts"] == []
    listed = other.contracts(limit="1000")["contracts"]
    assert all(OTHER in str(contract["content"]["grants"]) for contract in listed)


def test_Manager_Services_1_published_service_is_listed(peers, fake, stranger) -> None:
    """A Service with a valid ServicePublicationGrant is listed, to everyone in the Group; after a revoke it is not."""
    content = publish(peers, "gepubliceerd", fake)
    for reader in (fake, stranger):
        assert reader.services(service_name="PUBLICEERD") == [
            {
                "type": "SERVICE_TYPE_SERVICE",
                "data": {
                    "type": "SERVICE_TYPE_SERVICE",
                    "peer": {"id": OWN, "name": "Onafhankelijk eigen", "manager_address": f"https://{fake.host}:8443"},
                    "name": "gepubliceerd",
                    "protocol": "PROTOCOL_TCP_HTTP_1.1",
                },
            }
        ]
    assert fake.put("revoke", content, host=DIRECTORY).status_code == 201
    assert fake.services(service_name="gepubliceerd") == []


def test_Manager_Services_2_service_published_for_another_is_listed_with_its_delegator(peers, fake, other) -> None:
    """A Service with a valid DelegatedServicePublicationGrant is listed with the Delegator."""
    publish(peers, "namens-een-ander", fake, delegator=other)
    [listed] = fake.listings("namens-een-ander")
    assert listed["type"] == DELEGATED and listed["peer"]["id"] == OWN
    assert listed["delegator"] == {"peer_id": OTHER, "peer_name": "Onafhankelijk ander"}


PROPERTIES = {"ns.soort": "test", "ns.diep": {"a": [1, 2.5, None, True], "é": "Súdwest-Fryslân 🌍"}}


def test_Manager_Services_3_properties_are_listed(peers, fake) -> None:
    """The properties of a ServicePublicationGrant are in the list of Services."""
    publish(peers, "met-eigenschappen", fake, properties=PROPERTIES)
    [listed] = fake.listings("met-eigenschappen")
    assert listed["properties"] == PROPERTIES


def test_Manager_Services_4_properties_of_a_delegated_publication_are_listed(peers, fake, other) -> None:
    """The properties of a DelegatedServicePublicationGrant are in the list of Services."""
    publish(peers, "namens-met-eigenschappen", fake, delegator=other, properties=PROPERTIES)
    [listed] = fake.listings("namens-met-eigenschappen")
    assert listed["type"] == DELEGATED and listed["properties"] == PROPERTIES


def test_Manager_PeerInfo_1_manager_tells_whose_it_is(peers, stranger) -> None:
    """The endpoint tells the Peer, its name, the version of FSC and the extensions."""
    assert stranger.speaker.ask("GET", SUT, "/v1/peer").json() == {
        "peer_id": peers["aanbieder"],
        "peer_name": "Lab aanbieder",
        "fsc_version": "1.0.0",
        "enabled_extensions": {"EXTENSION_DELEGATION": "1.0.0", "EXTENSION_TRANSACTION_LOGGING": "1.0.0"},
    }


def test_Manager_Peers_1_announced_peers_are_listed(peers, fake, other, stranger) -> None:
    """Peers that announced themselves are listed with the address they announced."""
    for peer in (fake, other):
        peer.announce()
    answer = stranger.speaker.ask("GET", DIRECTORY, f"/v1/peers?peer_id={OWN},{OTHER},{peers['afnemer']}").json()
    assert {peer["id"]: peer["manager_address"] for peer in answer["peers"]} == {
        OWN: f"https://{fake.host}:8443",
        OTHER: f"https://{other.host}:8443",
        peers["afnemer"]: "https://manager.afnemer.lab.localhost:8443",
    }
    named = stranger.speaker.ask("GET", DIRECTORY, "/v1/peers?peer_name=ONAFHANKELIJK%20eig&limit=1").json()
    assert [peer["id"] for peer in named["peers"]] == [OWN] and named["pagination"] == {"next_cursor": ""}


def test_Manager_TransactionLogRecord_1_records_are_given_to_their_parties(peers, fake, other, stranger, recorded) -> None:
    """The log gives the records in which the Peer takes part, and no one else's."""
    for reader in (fake, other):
        [record] = reader.logs(transaction_ids=recorded["transaction_id"])
        assert record.pop("created_at") > 0
        assert record == {
            **recorded,
            "direction": "DIRECTION_INCOMING",
            "source": {"type": "SOURCE_TYPE_DELEGATED_SOURCE", "outway_peer_id": OWN, "delegator_peer_id": OTHER},
            "destination": {"type": "DESTINATION_TYPE_DESTINATION", "service_peer_id": peers["aanbieder"]},
            "service_name": "echo",
        }
        assert recorded["transaction_id"] in [
            record["transaction_id"] for record in reader.logs(grant_hash=recorded["grant_hash"])
        ]
    assert stranger.oin == STRANGER
    assert stranger.logs() == stranger.logs(transaction_ids=recorded["transaction_id"]) == []


def test_Manager_Port_1_manager_listens_on_443_or_8443(lab, fake) -> None:
    """The Manager answers on 8443, and no gateway starts with another port than 443 or 8443."""
    assert fake.speaker.ask("GET", SUT, "/v1/peer").status_code == 200
    environment = {**lab.environment, "GATEWAY_FSC_LISTEN": f"{lab.address}:9443"}
    refused = subprocess.run([sys.executable, "-m", "gateway", "render"], env=environment, capture_output=True, text=True)
    assert refused.returncode != 0 and "443" in refused.stderr
    with pytest.raises(OSError):
        socket.create_connection((lab.address, 9443), 1)


def test_Manager_JSONWebKeySet_1_keys_of_signatures_and_tokens_are_listed(lab, peers, fake, valid) -> None:
    """The keys that sign contracts and tokens are listed, with a chain without root that leads to a trust anchor."""
    keys = keys_of(fake)
    signature = fake.holds(valid)["signatures"]["accept"][peers["aanbieder"]]
    token = fake.token(grant_hash(valid)).json()["access_token"]
    for signed, told in ((signature, ("contract_content_hash", content_hash(valid))), (token, ("gth", grant_hash(valid)))):
        assert verify(signed, keys)[told[0]] == told[1]
    roots = x509.load_pem_x509_certificates((lab.folder / "pki" / "root.pem").read_bytes())
    for key in keys.values():
        chain = [x509.load_der_x509_certificate(base64.b64decode(part)) for part in key["x5c"]]
        assert len(chain) == 2 and not set(chain) & set(roots)
        verification.PolicyBuilder().store(verification.Store(roots)).build_client_verifier().verify(chain[0], chain[1:])
