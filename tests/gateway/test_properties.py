"""Properties of grants come out as they went in: in hashes, tokens and listings, here and at the other side."""

from __future__ import annotations

from typing import Any

import pytest

from tests.gateway.independent import content_hash, grant_hash, make_content
from tests.gateway.suite.steps import agree, assert_refused, claims_of, publish

PROPERTIES: dict[str, Any] = {
    "nl.tekst": 'Gemeente Súdwest-Fryslân 🐄 \u0000\u001f"\\/',
    "nl.getallen": [0, -1, 2**53 - 1, 0.1, -0.5, 1e21, 1e-7, 5e-324, 100.0, 1.7976931348623157e308],
    "nl.diep": {"é": {"": [{"a": [None, True, False, {}, []]}]}, "\ue000": 1, "\U0001f600": 2, "Z": 3, "a": 4},
}


def test_properties_of_another_peer_are_in_the_token_as_sent(lab, peers, fake) -> None:
    content = agree(lab, peers["aanbieder"], fake.connection(peers["aanbieder"], properties=PROPERTIES), fake)
    token = fake.token(grant_hash(content))
    assert claims_of(token)["prp"] == PROPERTIES
    assert fake.holds(content)["content"] == content
    assert fake.call(token.json()["access_token"], transaction_id="01890a5d-ac96-774b-bcce-000000000777").status_code == 200


def test_own_properties_give_the_hash_that_another_peer_computes(lab, peers, fake) -> None:
    fake.announce("manager.aanbieder.lab.localhost")
    own = {name: value.replace("\0", "") if isinstance(value, str) else value for name, value in PROPERTIES.items()}
    offered = lab.offer(peers["aanbieder"], fake.connection(peers["aanbieder"], properties=own))
    received = fake.offered(offered["contentHash"])
    assert received["grants"][0]["data"]["properties"] == own
    assert grant_hash(received) == offered["grants"][0]["hash"]
    assert lab.contract(peers["aanbieder"], offered["contentHash"])["grants"][0]["data"]["properties"] == own


def test_properties_of_a_publication_are_listed_as_sent(peers, fake) -> None:
    publish(peers, "heel-bijzonder", fake, properties=PROPERTIES)
    assert [found["properties"] for found in fake.listings("heel-bijzonder")] == [PROPERTIES]


@pytest.mark.parametrize("wrong", [None, [], "tekst", 1])
def test_properties_that_are_no_object_are_refused(peers, fake, wrong) -> None:
    content = make_content(fake.connection(peers["aanbieder"], properties=wrong))
    assert_refused(fake.submit(content), "ERROR_CODE_MALFORMED_REQUEST", 400)


def test_properties_too_large_for_a_token_are_refused_with_the_limit(lab, peers, fake) -> None:
    large = {"x": "é" * 2045}
    received = fake.submit(make_content(fake.connection(peers["aanbieder"], properties=large)))
    assert_refused(received, "ERROR_CODE_CONTRACT_VALIDATION_FAILED")
    assert "4096 bytes" in received.json()["message"]
    fits = make_content(fake.connection(peers["aanbieder"], properties={"x": "é" * 2044}))
    assert fake.submit(fits).status_code == 201 and lab.contract(peers["aanbieder"], content_hash(fits))


def test_everything_wrong_with_an_offer_is_told_at_once(lab, peers) -> None:
    own = peers["afnemer"]
    grant = {**lab.connection(own, "123", "met spatie"), "properties": {"x": "a" * 5000}}
    body = {"grants": [{"data": grant}], "notBefore": "2026-02-01T00:00:00Z", "notAfter": "2026-01-01T00:00:00Z"}
    refused = lab.beheer.post(f"/peers/{own}/contracts", json=body)
    assert refused.status_code == 409
    for fault in ("met spatie", "'123'", "4096 bytes", "not_after moet na", "verleden"):
        assert fault in refused.json()["detail"]
