"""The Manager beyond the official cases (those are in suite/): rules, parameters and access."""

from __future__ import annotations

from urllib.parse import quote

import httpx
import pytest

from tests.gateway.fakepeer import DIRECTORY, OWN, SUT
from tests.gateway.independent import Identity, Speaker, content_hash, grant_hash, make_content
from tests.gateway.suite.steps import assert_error, assert_refused


def test_unknown_fields_and_order_survive_and_count_in_the_hash(lab, peers, fake) -> None:
    content = make_content(
        fake.connection(peers["aanbieder"], properties={"ns.z": "Súdwest", "ns.a": [1, True, None]}),
        toekomstig_veld={"b": 1, "a": "é"},
    )
    assert fake.submit(content).status_code == 201
    held = fake.holds(content)
    assert held["content"] == content and list(held["content"]) == list(content)


def test_directory_does_not_accept_by_itself_for_a_stranger(lab, peers, stranger) -> None:
    content = make_content(stranger.publication(peers["dir"], "stiekem"))
    assert stranger.submit(content, host=DIRECTORY).status_code == 201
    assert lab.contract(peers["dir"], content_hash(content))["state"] == "PROPOSED"


def test_directory_does_not_accept_by_itself_what_is_published_on_its_behalf(lab, peers, fake) -> None:
    fake.announce()
    content = make_content(fake.publication(peers["dir"], "namens-de-directory", delegator=peers["dir"]))
    assert fake.submit(content, host=DIRECTORY).status_code == 201
    assert lab.contract(peers["dir"], content_hash(content))["state"] == "PROPOSED"
    assert fake.listings("namens-de-directory") == []
    lab.accept(peers["dir"], content_hash(content))
    assert [one["delegator"]["peer_id"] for one in fake.listings("namens-de-directory")] == [peers["dir"]]


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("validity", {"not_before": 1, "not_after": 2}),
        ("validity", {"not_before": 4000000000, "not_after": 3900000000}),
        ("created_at", 9_000_000_000),
        ("iv", "x" * 36),
        ("grants", []),
    ],
)
def test_contract_that_breaks_a_rule_is_refused(fake, content, change, value) -> None:
    assert_refused(fake.submit({**content, change: value}), "ERROR_CODE_CONTRACT_VALIDATION_FAILED")


@pytest.mark.parametrize(
    "query",
    [
        "contracts?limit=0",
        "contracts?limit=1001",
        "contracts?limit=x",
        "contracts?sort_order=OP",
        "contracts?grant_type=X",
        "contracts?cursor=onzin",
        "contracts?cursor=WyJhIl0",
        "contracts?grant_hash=%00",
        "contracts?grant_hash=,",
        "peers?peer_id=,",
        f"peers?peer_id={','.join([OWN] * 101)}",
        "logs?transaction_ids=,",
        "logs?grant_hash=,",
        "peers?peer_name=a%00",
        "peers?peer_id=%00",
        "services?service_name=%00",
        "services?cursor=WyJhIiwiXHUwMDAwIl0",
    ],
)
def test_parameter_outside_the_standard_is_refused(fake, query) -> None:
    assert_refused(fake.speaker.ask("GET", SUT, f"/v1/{query}"), "ERROR_CODE_MALFORMED_REQUEST", 400)


IGNORED = "limit=0&cursor=onzin&sort_order=OP"


@pytest.mark.parametrize(("method", "path"), [("GET", "/v1/peer/"), ("POST", "/v1/token/"), ("POST", "/v1/contracts/")])
def test_path_with_a_slash_too_many_leads_nowhere(fake, method, path) -> None:
    """Who is sent elsewhere, to plain http, sends its token request or contract along."""
    answer = fake.speaker.ask(method, SUT, path)
    assert_error(answer, 404, "ERROR_CODE_NOT_FOUND", "MANAGER")
    assert "location" not in answer.headers


def test_peers_by_id_are_all_told_whatever_else_is_asked(peers, fake) -> None:
    fake.announce()
    ids = sorted([OWN, *peers.values()])
    for more in ("limit=1", f"{IGNORED}&peer_name=niemand"):
        answer = fake.speaker.ask("GET", DIRECTORY, f"/v1/peers?peer_id={','.join(ids)}&{more}").json()
        assert [peer["id"] for peer in answer["peers"]] == ids
        assert answer["pagination"]["next_cursor"] == ""


def test_contracts_by_grant_are_all_told_whatever_else_is_asked(fake, content, peers) -> None:
    contents = [content, make_content(fake.connection(peers["aanbieder"]))]
    assert [fake.submit(one).status_code for one in contents] == [201, 201]
    hashes = ",".join(grant_hash(one) for one in contents)
    for more in ("limit=1", f"{IGNORED}&grant_type=X"):
        answer = fake.speaker.ask("GET", SUT, f"/v1/contracts?grant_hash={hashes}&{more}").json()
        assert {content_hash(one["content"]) for one in answer["contracts"]} == {content_hash(one) for one in contents}
        assert answer["pagination"]["next_cursor"] == ""


def test_certificate_without_an_oin_is_told_so(lab, peers, fake) -> None:
    odd = Identity(fake.folder, "krom", "123", "x.nep.localhost", fake.ca)
    answer = Speaker(lab.address, odd, fake.root, "https://x.nep.localhost:8443").ask("GET", SUT, "/v1/peer")
    assert_refused(answer, "ERROR_CODE_PEER_CERTIFICATE_VERIFICATION_FAILED", 400)


def test_untrusted_or_missing_certificate_gets_no_answer(lab, peers, fake) -> None:
    untrusted = Identity(fake.folder, "vals", OWN, fake.host, None)
    with pytest.raises(httpx.TransportError):
        Speaker(lab.address, untrusted, fake.root, "").ask("GET", SUT, "/v1/peer")
    with pytest.raises(httpx.TransportError):
        fake.speaker.ask("GET", "manager.onbekend.lab.localhost", "/v1/peer")


def test_header_with_the_client_certificate_cannot_be_sent_from_outside(peers, fake, other) -> None:
    forged = {"X-Gateway-Client-Cert": quote(other.identity.pem.read_text()), "X-Gateway-Peer": peers["dir"]}
    assert fake.speaker.ask("GET", SUT, "/v1/peer", headers=forged).json()["peer_id"] == peers["aanbieder"]
    content = make_content(fake.connection(peers["aanbieder"]))
    assert fake.submit(content, headers=forged).status_code == 201
