"""Official cases Manager-AcceptContract, -RejectContract and -RevokeContract: a party signs."""

from __future__ import annotations

import uuid

import pytest

from tests.gateway.fakepeer import OWN
from tests.gateway.independent import content_hash, grant_hash
from tests.gateway.suite.steps import assert_no_token, assert_refused

FAILED = "ERROR_CODE_SIGNATURE_VERIFICATION_FAILED"


@pytest.fixture
def offered(fake, content) -> dict:
    """A contract that the fake peer submitted with an accept of its own."""
    assert fake.submit(content).status_code == 201
    return content


def check_unchanged(fake, content: dict, answer, code: str) -> None:
    """The answer is a refusal and the contract has the signatures it had."""
    assert_refused(answer, code)
    held = fake.holds(content)
    assert held is None or (list(held["signatures"]["accept"]), held["signatures"]["reject"], held["signatures"]["revoke"]) == (
        [OWN],
        {},
        {},
    )


def check_outsider(fake, other, content: dict, kind: str) -> None:
    check_unchanged(fake, content, other.put(kind, content), "ERROR_CODE_SUBMITTING_PEER_NOT_PART_OF_CONTRACT")


def check_no_jws(fake, content: dict, kind: str) -> None:
    good = fake.identity.says(kind, content)
    head, body, tail = good.split(".")
    wrong = (
        "",
        "abc",
        "a.b",
        "!!.??.--",
        "e30.e30.",
        "W10.W10.W10",
        f"{head}.{body}",
        f"{head}.{body}.{tail}.x",
        f"{good[:-6]}AAAAAA",
    )
    for nonsense in wrong:
        check_unchanged(fake, content, fake.put(kind, content, signature=nonsense or " "), FAILED)


def check_other_content(fake, content: dict, kind: str) -> None:
    signature = fake.identity.says(kind, {**content, "iv": str(uuid.uuid4())})
    answer = fake.put(kind, content, signature=signature)
    check_unchanged(fake, content, answer, "ERROR_CODE_SIGNATURE_CONTRACT_CONTENT_HASH_MISMATCH")


def check_other_type(fake, content: dict, kind: str) -> None:
    for wrong in {"accept", "reject", "revoke", "x", None} - {kind}:
        check_unchanged(fake, content, fake.put(kind, content, signature=fake.identity.says(wrong, content)), FAILED)


def check_other_path(fake, content: dict, kind: str) -> None:
    path_hash = content_hash({**content, "iv": str(uuid.uuid4())})
    check_unchanged(fake, content, fake.put(kind, content, path_hash=path_hash), "ERROR_CODE_URL_PATH_CONTENT_HASH_MISMATCH")


def check_algorithms(fake, content: dict, kind: str) -> None:
    """Both readings of the case: the algorithm of the signature, and that of the hash."""
    for algorithm in ("PS256", "EdDSA", "HS256", "none", "rs256"):
        says = {"contract_content_hash": content_hash(content), "type": kind, "signed_at": 1}
        signature = fake.identity.jws(says, algorithm=algorithm)
        check_unchanged(fake, content, fake.put(kind, content, signature=signature), "ERROR_CODE_UNKNOWN_ALGORITHM_SIGNATURE")
    unknown, code = "$9" + content_hash(content)[2:], "ERROR_CODE_UNKNOWN_HASH_ALGORITHM_HASH"
    check_unchanged(fake, content, fake.put(kind, content, path_hash=unknown), code)
    signature = fake.identity.says(kind, content, contract_content_hash=unknown)
    check_unchanged(fake, content, fake.put(kind, content, signature=signature), code)


def check_signed_with(fake, content: dict, algorithm: str) -> None:
    signer = fake.identity_for(fake.host, algorithm=algorithm)
    fake.manager.keys.append(signer)
    signature = signer.says("accept", content)
    assert fake.put("accept", content, signature=signature).status_code == 201
    assert fake.holds(content)["signatures"]["accept"] == {OWN: signature}


def test_Manager_AcceptContract_1_accept_is_stored(fake, content) -> None:
    """A valid accept of a Peer that had not accepted yet is kept; repeating it changes nothing."""
    assert fake.put("accept", content).status_code == 201
    assert list(fake.holds(content)["signatures"]["accept"]) == [OWN]
    assert fake.put("accept", content).status_code == 201
    assert list(fake.holds(content)["signatures"]["accept"]) == [OWN]


def test_Manager_RejectContract_1_reject_is_stored(lab, peers, fake, offered) -> None:
    """A valid reject is kept, and ends the contract."""
    assert fake.put("reject", offered).status_code == 201
    assert OWN in fake.holds(offered)["signatures"]["reject"]
    assert lab.contract(peers["aanbieder"], content_hash(offered))["state"] == "REJECTED"
    assert_no_token(fake.token(grant_hash(offered)), "invalid_grant")


def test_Manager_RevokeContract_1_revoke_is_stored(lab, peers, fake, valid) -> None:
    """A valid revoke is kept, and ends the contract: no token is given any more."""
    assert fake.token(grant_hash(valid)).status_code == 200
    assert fake.put("revoke", valid).status_code == 201
    assert OWN in fake.holds(valid)["signatures"]["revoke"]
    assert lab.contract(peers["aanbieder"], content_hash(valid))["state"] == "REVOKED"
    assert_no_token(fake.token(grant_hash(valid)), "invalid_grant")


def test_Manager_AcceptContract_2_outsider_is_refused(fake, other, offered) -> None:
    """A accept of a Peer that is not on the Contract is refused."""
    check_outsider(fake, other, offered, "accept")


def test_Manager_AcceptContract_3_what_is_no_jws_is_refused(fake, offered) -> None:
    """A accept signature that is no valid JWS is refused."""
    check_no_jws(fake, offered, "accept")


def test_Manager_AcceptContract_4_signature_for_other_content_is_refused(fake, offered) -> None:
    """A accept signature with the hash of other content is refused."""
    check_other_content(fake, offered, "accept")


def test_Manager_AcceptContract_5_signature_of_another_type_is_refused(fake, offered) -> None:
    """A signature that is not of the type accept is refused where a accept is due."""
    check_other_type(fake, offered, "accept")


def test_Manager_AcceptContract_6_other_hash_in_the_path_is_refused(fake, offered) -> None:
    """A accept under the hash of other content than the body has is refused."""
    check_other_path(fake, offered, "accept")


def test_Manager_AcceptContract_7_unsupported_algorithm_is_refused(fake, offered) -> None:
    """A accept with an algorithm that FSC does not support gives 422 and is not kept."""
    check_algorithms(fake, offered, "accept")


@pytest.mark.parametrize("algorithm", ["RS256", "RS384", "RS512"])
def test_Manager_AcceptContract_8_rsa_signature_is_accepted(fake, content, algorithm) -> None:
    """An accept signed with RSA gives 201 and is kept."""
    check_signed_with(fake, content, algorithm)


@pytest.mark.parametrize("algorithm", ["ES256", "ES384", "ES512"])
def test_Manager_AcceptContract_9_ecdsa_signature_is_accepted(fake, content, algorithm) -> None:
    """An accept signed with ECDSA gives 201 and is kept."""
    check_signed_with(fake, content, algorithm)


def test_Manager_RejectContract_2_outsider_is_refused(fake, other, offered) -> None:
    """A reject of a Peer that is not on the Contract is refused."""
    check_outsider(fake, other, offered, "reject")


def test_Manager_RejectContract_3_what_is_no_jws_is_refused(fake, offered) -> None:
    """A reject signature that is no valid JWS is refused."""
    check_no_jws(fake, offered, "reject")


def test_Manager_RejectContract_4_signature_for_other_content_is_refused(fake, offered) -> None:
    """A reject signature with the hash of other content is refused."""
    check_other_content(fake, offered, "reject")


def test_Manager_RejectContract_5_signature_of_another_type_is_refused(fake, offered) -> None:
    """A signature that is not of the type reject is refused where a reject is due."""
    check_other_type(fake, offered, "reject")


def test_Manager_RejectContract_6_other_hash_in_the_path_is_refused(fake, offered) -> None:
    """A reject under the hash of other content than the body has is refused."""
    check_other_path(fake, offered, "reject")


def test_Manager_RejectContract_7_unsupported_algorithm_is_refused(fake, offered) -> None:
    """A reject with an algorithm that FSC does not support gives 422 and is not kept."""
    check_algorithms(fake, offered, "reject")


def test_Manager_RevokeContract_2_outsider_is_refused(fake, other, offered) -> None:
    """A revoke of a Peer that is not on the Contract is refused."""
    check_outsider(fake, other, offered, "revoke")


def test_Manager_RevokeContract_3_what_is_no_jws_is_refused(fake, offered) -> None:
    """A revoke signature that is no valid JWS is refused."""
    check_no_jws(fake, offered, "revoke")


def test_Manager_RevokeContract_4_signature_for_other_content_is_refused(fake, offered) -> None:
    """A revoke signature with the hash of other content is refused."""
    check_other_content(fake, offered, "revoke")


def test_Manager_RevokeContract_5_signature_of_another_type_is_refused(fake, offered) -> None:
    """A signature that is not of the type revoke is refused where a revoke is due."""
    check_other_type(fake, offered, "revoke")


def test_Manager_RevokeContract_6_other_hash_in_the_path_is_refused(fake, offered) -> None:
    """A revoke under the hash of other content than the body has is refused."""
    check_other_path(fake, offered, "revoke")


def test_Manager_RevokeContract_7_unsupported_algorithm_is_refused(fake, offered) -> None:
    """A revoke with an algorithm that FSC does not support gives 422 and is not kept."""
    check_algorithms(fake, offered, "revoke")
