"""Official cases Manager-GetToken: an Outway asks for an access token."""

from __future__ import annotations

import pytest

from tests.gateway.fakepeer import OTHER, OWN
from tests.gateway.independent import Speaker, content_hash, grant_hash, verify
from tests.gateway.suite.steps import agree, assert_no_token, claims_of, keys_of

PROPERTIES = {"gemeengoed.rol": "gemeente", "ns.diep": {"a": [1, 2.5, 1e-7, "é", "🌍"], "leeg": {}}}


def test_Manager_GetToken_1_token_has_every_claim(peers, fake, valid) -> None:
    """With a valid Contract a token is given, bound to the certificate of the connection, verifiable with the JWKS."""
    answer = fake.token(grant_hash(valid))
    assert answer.json()["token_type"] == "bearer" and answer.headers["Cache-Control"] == "no-store"
    claims = verify(answer.json()["access_token"], keys_of(fake))
    assert claims.pop("exp") - claims.pop("nbf") == answer.json()["expires_in"] == 300
    assert claims == {
        "gth": grant_hash(valid),
        "gid": "lab",
        "sub": OWN,
        "iss": peers["aanbieder"],
        "svc": "echo",
        "aud": "https://inway.aanbieder.lab.localhost:8443",
        "cnf": {"x5t#S256": fake.outway.thumbprint},
        "add": {},
    }


def test_Manager_GetToken_2_without_a_valid_contract_no_token(peers, fake, content) -> None:
    """Without a Contract, or with one that the provider has not accepted, no token is given."""
    assert_no_token(fake.token(grant_hash(content)), "invalid_grant")
    assert fake.submit(content).status_code == 201
    assert_no_token(fake.token(grant_hash(content)), "invalid_grant")


@pytest.mark.parametrize("revoker", ["consumer", "provider"])
def test_Manager_GetToken_3_after_a_revoke_no_token(lab, peers, fake, valid, revoker) -> None:
    """After a revoke by either side no token is given (the suite's text asks for a token; it is a slip of the pen)."""
    assert fake.token(grant_hash(valid)).status_code == 200
    if revoker == "consumer":
        assert fake.put("revoke", valid).status_code == 201
    else:
        lab.post(f"/peers/{peers['aanbieder']}/contracts/{content_hash(valid)}/revoke", expect=200)
    assert_no_token(fake.token(grant_hash(valid)), "invalid_grant")


@pytest.mark.parametrize(
    "wrong", ["x", "$1$3$", "$1$2$" + "A" * 86, "$1$3$" + "A" * 85, "$1$3$" + "A" * 86 + "%0A", "content hash"]
)
def test_Manager_GetToken_4_malformed_grant_hash_no_token(fake, valid, wrong) -> None:
    """With a scope that is no hash of a connection grant no token is given."""
    assert_no_token(fake.token(content_hash(valid) if wrong == "content hash" else wrong.replace("%0A", "\n")), "invalid_scope")


@pytest.mark.parametrize("grant_type", ["password", "authorization_code", "Client_Credentials"])
def test_Manager_GetToken_5_other_grant_type_no_token(fake, valid, grant_type) -> None:
    """With another grant_type than client_credentials no token is given."""
    assert_no_token(fake.token(grant_hash(valid), grant_type=grant_type), "unsupported_grant_type")


def test_Manager_GetToken_6_delegated_connection_gives_a_token_with_the_delegator(lab, peers, fake, other) -> None:
    """With a DelegatedServiceConnectionGrant the token names the Delegator."""
    content = agree(lab, peers["aanbieder"], fake.connection(peers["aanbieder"], delegator=OTHER), fake, other)
    claims = claims_of(fake.token(grant_hash(content)))
    assert (claims["act"], claims["sub"]) == ({"sub": OTHER}, OWN) and "pdi" not in claims


def test_Manager_GetToken_7_delegated_service_gives_a_token_with_its_delegator(lab, peers, fake, other) -> None:
    """For a Service that is published on behalf of another Peer the token names that Delegator."""
    content = agree(lab, peers["aanbieder"], fake.connection(peers["aanbieder"], offered_for=OTHER), fake, other)
    claims = claims_of(fake.token(grant_hash(content)))
    assert claims["pdi"] == OTHER and "act" not in claims


def test_Manager_GetToken_8_without_a_client_id_no_token(fake, valid) -> None:
    """Without client_id no token is given."""
    assert_no_token(fake.token(grant_hash(valid), client_id=None), "invalid_request")


def test_Manager_GetToken_9_client_id_of_another_no_token(lab, fake, other, valid) -> None:
    """With a client_id that is not the Peer of the certificate no token is given; nor to another Peer, nor to another key."""
    assert_no_token(fake.token(grant_hash(valid), client_id=OTHER), "invalid_client")
    assert_no_token(other.token(grant_hash(valid)), "unauthorized_client")
    another_key = Speaker(lab.address, fake.identity_for("outway.eigen.nep.localhost"), fake.root, "")
    assert_no_token(fake.token(grant_hash(valid), speaker=another_key), "unauthorized_client")


def test_Manager_GetToken_10_properties_of_the_connection_are_in_the_token(lab, peers, fake) -> None:
    """The properties of a ServiceConnectionGrant are in the token, as they were agreed."""
    content = agree(lab, peers["aanbieder"], fake.connection(peers["aanbieder"], properties=PROPERTIES), fake)
    assert claims_of(fake.token(grant_hash(content)))["prp"] == PROPERTIES


def test_Manager_GetToken_11_properties_of_the_delegated_connection_are_in_the_token(lab, peers, fake, other) -> None:
    """The properties of a DelegatedServiceConnectionGrant are in the token, as they were agreed."""
    grant = fake.connection(peers["aanbieder"], delegator=OTHER, properties=PROPERTIES)
    content = agree(lab, peers["aanbieder"], grant, fake, other)
    claims = claims_of(fake.token(grant_hash(content)))
    assert claims["prp"] == PROPERTIES and claims["act"] == {"sub": OTHER}
