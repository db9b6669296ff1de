"""Official cases Manager-SubmitContract: another peer's Manager offers a contract."""

from __future__ import annotations

import pytest

from tests.gateway.fakepeer import DIRECTORY, OTHER, OWN, STRANGER
from tests.gateway.independent import content_hash, grant_hash, make_content
from tests.gateway.lab import until
from tests.gateway.suite.steps import assert_refused, publish


def test_Manager_SubmitContract_1_service_connection_is_accepted(fake, content) -> None:
    """A Contract with a ServiceConnectionGrant is taken, kept as it came and shown with the submitter's signature."""
    assert fake.submit(content).status_code == 201
    held = fake.holds(content)
    assert held["content"] == content and list(held["content"]) == list(content)
    assert list(held["signatures"]["accept"]) == [OWN]
    assert fake.submit(content).status_code == 201


def test_Manager_SubmitContract_2_service_publication_is_accepted(peers, fake) -> None:
    """A Contract with a ServicePublicationGrant is taken by the Directory, which sends its own signature."""
    content = publish(peers, "ingediend", fake)
    until(lambda: fake.manager.told(content_hash(content), "accept"), what="the Directory's signature arrives")
    assert set(fake.holds(content, DIRECTORY)["signatures"]["accept"]) == {OWN, peers["dir"]}


def test_Manager_SubmitContract_3_delegated_service_publication_is_accepted(peers, fake, other) -> None:
    """A Contract with a DelegatedServicePublicationGrant is taken by the Directory, and needs the Delegator's signature."""
    content = make_content(fake.publication(peers["dir"], "namens-ingediend", delegator=OTHER))
    for peer in (fake, other):
        peer.announce()
    assert other.submit(content, host=DIRECTORY).status_code == 201
    assert fake.listings("namens-ingediend") == []
    assert fake.put("accept", content, host=DIRECTORY).status_code == 201
    assert set(other.holds(content, DIRECTORY)["signatures"]["accept"]) == {OWN, OTHER, peers["dir"]}


def test_Manager_SubmitContract_4_delegated_service_connection_is_accepted(lab, peers, fake, other) -> None:
    """A Contract with a DelegatedServiceConnectionGrant is taken, also from the Delegator, and needs three signatures."""
    content = make_content(fake.connection(peers["aanbieder"], delegator=OTHER))
    assert other.submit(content).status_code == 201
    lab.accept(peers["aanbieder"], content_hash(content))
    assert OWN in lab.contract(peers["aanbieder"], content_hash(content))["waaromNietGeldig"]
    assert fake.put("accept", content).status_code == 201
    lab.wait_state(peers["aanbieder"], content_hash(content), "VALID")


def test_Manager_SubmitContract_5_connection_to_a_delegated_service_is_accepted(lab, peers, fake, other) -> None:
    """A Contract with a ServiceConnectionGrant for a delegated Service is taken, and needs the Service's Delegator too."""
    content = make_content(fake.connection(peers["aanbieder"], offered_for=OTHER))
    assert fake.submit(content).status_code == 201
    lab.accept(peers["aanbieder"], content_hash(content))
    assert OTHER in lab.contract(peers["aanbieder"], content_hash(content))["waaromNietGeldig"]
    assert other.put("accept", content).status_code == 201
    lab.wait_state(peers["aanbieder"], content_hash(content), "VALID")


def test_Manager_SubmitContract_6_delegated_connection_to_a_delegated_service_is_accepted(
    lab, peers, fake, other, stranger
) -> None:
    """A Contract with a DelegatedServiceConnectionGrant for a delegated Service is taken, and needs all four signatures."""
    content = make_content(fake.connection(peers["aanbieder"], delegator=OTHER, offered_for=STRANGER))
    assert fake.submit(content).status_code == 201
    lab.accept(peers["aanbieder"], content_hash(content))
    for peer in (other, stranger):
        assert lab.contract(peers["aanbieder"], content_hash(content))["state"] == "PROPOSED"
        assert peer.put("accept", content).status_code == 201
    lab.wait_state(peers["aanbieder"], content_hash(content), "VALID")


def test_Manager_SubmitContract_7_submitter_must_be_a_party(peers, fake, other, content) -> None:
    """A Contract on which the submitter, or the receiver, is no Peer is refused and not kept."""
    assert_refused(other.submit(content), "ERROR_CODE_SUBMITTING_PEER_NOT_PART_OF_CONTRACT")
    assert fake.holds(content) is None
    assert_refused(fake.submit(make_content(fake.connection(OTHER))), "ERROR_CODE_RECEIVING_PEER_NOT_PART_OF_CONTRACT")


@pytest.mark.parametrize("delegated", [False, True])
@pytest.mark.parametrize("combined", ["connection", "delegated connection", "publication", "delegated publication"])
def test_Manager_SubmitContract_8_publication_is_not_combined_with_another_grant(peers, fake, delegated, combined) -> None:
    """A publication together with any other kind of grant is refused; with its own kind it is taken."""
    provider = peers["aanbieder"]
    publication = fake.publication(provider, "dienst", delegator=OTHER if delegated else None)
    delegator = OTHER if combined.startswith("delegated") else None
    second = (
        fake.publication(provider, "tweede", delegator=delegator)
        if combined.endswith("publication")
        else fake.connection(provider, delegator=delegator)
    )
    for grants in ((publication, second), (second, publication)):
        answer = fake.submit(make_content(*grants))
        if second["type"] == publication["type"]:
            assert answer.status_code == 201
        else:
            assert_refused(answer, "ERROR_CODE_GRANT_COMBINATION_NOT_ALLOWED")


def test_Manager_SubmitContract_9_contract_of_another_group_is_refused(fake, content) -> None:
    """A Contract with another Group ID than the Manager's is refused."""
    assert_refused(fake.submit({**content, "group_id": "anders"}), "ERROR_CODE_INCORRECT_GROUP_ID")


def test_Manager_SubmitContract_10_unknown_hash_algorithm_is_refused(fake, content) -> None:
    """A Contract hashed with an algorithm that FSC does not know is refused, whether the content or the signature says so."""
    unknown = "ERROR_CODE_UNKNOWN_HASH_ALGORITHM_HASH"
    assert_refused(fake.submit({**content, "hash_algorithm": "HASH_ALGORITHM_X"}), unknown)
    signature = fake.identity.says("accept", content, contract_content_hash="$9" + content_hash(content)[2:])
    assert_refused(fake.submit(content, signature=signature), unknown)


@pytest.mark.parametrize("algorithm", ["RS256", "RS384", "RS512"])
def test_Manager_SubmitContract_11_rsa_signature_is_accepted(fake, content, algorithm) -> None:
    """A Contract signed with RSA is taken; the certificate comes from the submitter's JWKS."""
    check_algorithm(fake, content, algorithm)


@pytest.mark.parametrize("algorithm", ["ES256", "ES384", "ES512"])
def test_Manager_SubmitContract_12_ecdsa_signature_is_accepted(fake, content, algorithm) -> None:
    """A Contract signed with ECDSA is taken; the certificate comes from the submitter's JWKS."""
    check_algorithm(fake, content, algorithm)


def check_algorithm(fake, content, algorithm: str) -> None:
    signer = fake.identity_for(fake.host, algorithm=algorithm)
    fake.manager.keys.append(signer)
    signature = signer.says("accept", content)
    assert fake.submit(content, signature=signature).status_code == 201
    assert fake.contracts(grant_hash=grant_hash(content))["contracts"][0]["signatures"]["accept"] == {OWN: signature}
