"""Contracts that are accepted by rule: only when every grant is exactly what the rule says."""

from __future__ import annotations

import copy
from typing import Any

import psycopg
import pytest
from gateway.acceptance import rules
from gateway.contract.content import Content, Grant
from gateway.contract.hashes import canonical
from gateway.contract.profile import october_2025
from gateway.names import EXTERNAL_CONTRACT, SignatureType
from hypothesis import given
from hypothesis import strategies as st

from tests.gateway.lab import until

OWN, CLIENT, OTHER, DELEGATOR = (f"0000009900000000009{number}" for number in range(4))
KEY = "ab" * 32
NOW = 1_700_000_000
CONNECTION = {
    "type": "GRANT_TYPE_SERVICE_CONNECTION",
    "outway": {"peer_id": CLIENT, "public_key_thumbprint": KEY},
    "service": {"type": "SERVICE_TYPE_SERVICE", "peer_id": OWN, "name": "echo"},
    "properties": {"doel": {"code": 1.5, "namen": ["é", "b"]}},
}
DELEGATED = {**CONNECTION, "type": "GRANT_TYPE_DELEGATED_SERVICE_CONNECTION", "delegator": {"peer_id": DELEGATOR}}
OPEN = {**CONNECTION, "outway": {"peer_id": [CLIENT, OTHER], "public_key_thumbprint": "*"}}


def contract(*grants: dict[str, Any], days: int = 30, begin: int = NOW) -> Content:
    data = {
        "iv": "06338364-8305-7b74-8000-de4963503139",
        "group_id": "lab",
        "validity": {"not_before": begin, "not_after": begin + days * rules.DAY},
        "grants": [{"data": grant} for grant in grants],
        "hash_algorithm": "HASH_ALGORITHM_SHA3_512",
        "created_at": NOW,
    }
    return Content(canonical(data).decode(), data, october_2025)


def accepted(content: Content, *patterns: dict[str, Any], announced: frozenset[str] = frozenset()) -> bool:
    return rules.fits(content, list(patterns), announced=announced, max_days=30, now=NOW)


@pytest.mark.parametrize("grants", [[CONNECTION], [DELEGATED], [CONNECTION, DELEGATED]])
def test_contract_equal_to_the_rule_is_accepted(grants) -> None:
    assert accepted(contract(*grants), *grants)
    assert accepted(contract(*reversed(grants)), *grants)


def test_only_what_the_rule_leaves_open_may_differ() -> None:
    for peer, key in ((CLIENT, KEY), (OTHER, "cd" * 32)):
        assert accepted(contract({**CONNECTION, "outway": {"peer_id": peer, "public_key_thumbprint": key}}), OPEN)
    stranger = {**CONNECTION, "outway": {"peer_id": DELEGATOR, "public_key_thumbprint": KEY}}
    assert not accepted(contract(stranger), OPEN)
    anyone = {**CONNECTION, "outway": {"peer_id": "*", "public_key_thumbprint": "*"}}
    assert not accepted(contract(CONNECTION), anyone)
    assert accepted(contract(CONNECTION), anyone, announced=frozenset({CLIENT}))


def test_publication_fits_an_open_directory() -> None:
    publication = {
        "type": "GRANT_TYPE_DELEGATED_SERVICE_PUBLICATION",
        "directory": {"peer_id": OTHER},
        "service": {"peer_id": CLIENT, "name": "echo", "protocol": "PROTOCOL_TCP_HTTP_1.1"},
        "delegator": {"peer_id": OWN},
    }
    assert accepted(contract(publication), {**publication, "directory": {"peer_id": "*"}})
    assert not accepted(contract(publication), {**publication, "service": {**publication["service"], "name": "*"}})


@pytest.mark.parametrize("days,begin", [(31, NOW), (31, NOW - 20 * rules.DAY), (30, NOW + 1)])
def test_contract_that_lasts_too_long_is_not_accepted(days, begin) -> None:
    assert not accepted(contract(CONNECTION, days=days, begin=begin), CONNECTION)


@pytest.mark.parametrize("name", sorted(EXTERNAL_CONTRACT))
def test_external_reference_is_for_a_person_even_when_the_rule_has_it(name) -> None:
    grant = {**CONNECTION, "properties": {name: {"reference": "x", "delegator_id": OTHER, "delegator_name": "y"}}}
    assert not accepted(contract(grant), grant)


def test_outway_known_by_domain_name_is_for_a_person() -> None:
    weak = {"type": "OUTWAY_IDENTIFICATION_TYPE_DOMAIN_NAME", "domain_name": "outway.example.nl"}
    grant = {**CONNECTION, "outway": {"peer_id": CLIENT, "identification": weak}}
    assert not accepted(contract(grant), grant)


def test_two_patterns_for_one_grant_accept_nothing() -> None:
    assert not accepted(contract(CONNECTION), CONNECTION, OPEN)
    assert not accepted(contract(CONNECTION, CONNECTION), CONNECTION, OPEN)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every object inside `value`, as a path."""
    if isinstance(value, dict):
        return [path, *(found for key, part in value.items() for found in places(part, (*path, key)))]
    return []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5), lambda part: st.lists(part, max_size=2), max_leaves=3
)


@given(grant=st.sampled_from([CONNECTION, DELEGATED]), where=st.data(), name=st.text("abcdefgé_", min_size=1), value=JSON)
def test_any_field_added_anywhere_makes_it_not_accepted(grant, where, name, value) -> None:
    changed = copy.deepcopy(grant)
    target = changed
    for step in where.draw(st.sampled_from(places(grant))):
        target = target[step]
    if name not in target:
        target[name] = value
        assert accepted(contract(grant), grant) and not accepted(contract(changed), grant)


@given(grant=st.sampled_from([CONNECTION, DELEGATED]), where=st.data())
def test_any_field_left_out_makes_it_not_accepted(grant, where) -> None:
    changed = copy.deepcopy(grant)
    target = changed
    for step in where.draw(st.sampled_from(places(grant))):
        target = target[step]
    target.pop(where.draw(st.sampled_from(sorted(target))))
    for pattern in (grant, OPEN):
        assert not rules.matches(pattern, Grant(changed, "hash"), frozenset({CLIENT}))


@given(extra=st.sampled_from([CONNECTION, DELEGATED]), rule=st.sampled_from([[CONNECTION], [OPEN], [CONNECTION, DELEGATED]]))
def test_any_grant_added_makes_it_not_accepted(extra, rule) -> None:
    fitting = [CONNECTION if pattern is OPEN else pattern for pattern in rule]
    assert accepted(contract(*fitting), *rule)
    assert not accepted(contract(*fitting, extra), *rule)
    other_key = {**extra, "outway": {"peer_id": OTHER, "public_key_thumbprint": "cd" * 32}}
    assert not accepted(contract(*fitting, other_key), *rule)


def test_nobody_answers_before_who_asks_has_signed_nor_after_an_end() -> None:
    one, only = contract(CONNECTION), {SignatureType.ACCEPT}
    assert rules.may_answer(OWN, one, {CLIENT}, only)
    assert not rules.may_answer(OWN, one, set(), only)
    assert not rules.may_answer(OWN, one, {CLIENT, OWN}, only)
    assert not rules.may_answer(CLIENT, one, {OWN}, only), "never for one's own Outway"
    assert not rules.may_answer(OWN, one, {CLIENT}, {SignatureType.ACCEPT, SignatureType.REVOKE})
    assert not rules.may_answer(OWN, contract(DELEGATED), {DELEGATOR}, only), "the delegator signing is not the Outway asking"


# ---- through the gateway
def set_rule(lab, peer: str, name: str, *grants: dict[str, Any], days: int = 40) -> None:
    answer = lab.beheer.put(f"/peers/{peer}/rules/{name}", json={"grants": list(grants), "maxDagen": days})
    assert answer.status_code == 200, answer.text


def test_contract_that_fits_a_rule_is_valid_at_once_and_the_decision_is_kept(lab, peers) -> None:
    provider, consumer = peers["aanbieder"], peers["afnemer"]
    lab.post(f"/peers/{provider}/services", {"naam": "volgens-regel", "url": f"http://{lab.address}:7001"})
    grant = lab.connection(consumer, provider, "volgens-regel")
    pattern = {**grant, "outway": {"peer_id": [consumer], "public_key_thumbprint": "*"}}
    set_rule(lab, provider, "volgens-regel", pattern)
    made = lab.offer(consumer, grant)
    lab.wait_state(consumer, made["contentHash"], "VALID")
    with psycopg.connect(lab.database_url) as connection:
        found = connection.execute(
            "SELECT decision, decided_by FROM contract_assessment WHERE content_hash = %s", [made["contentHash"]]
        ).fetchall()
    assert found == [("accept", "regel volgens-regel")]
    more = lab.offer(consumer, grant, lab.connection(consumer, provider, "meegesmokkeld"))
    until(lambda: lab.contract(provider, more["contentHash"]), what="contract has arrived")
    assert lab.contract(provider, more["contentHash"])["state"] == "PROPOSED"
    assert lab.beheer.delete(f"/peers/{provider}/rules/volgens-regel").status_code == 204
    without = lab.offer(consumer, grant)
    until(lambda: lab.contract(provider, without["contentHash"]), what="contract has arrived")
    assert lab.contract(provider, without["contentHash"])["state"] == "PROPOSED"


def test_service_that_is_not_offered_is_for_a_person_who_is_told_so(lab, peers) -> None:
    provider, consumer = peers["aanbieder"], peers["afnemer"]
    grant = lab.connection(consumer, provider, "nog-niet-geregistreerd")
    set_rule(lab, provider, "nog-niet", grant)
    agreed = lab.offer(consumer, grant)["contentHash"]

    def seen() -> tuple[str, str | None]:
        found = lab.contract(provider, agreed)
        return found["state"], found["waaromNietGeldig"]

    until(lambda: lab.contract(provider, agreed), what="contract has arrived")
    state, reason = seen()
    assert state == "PROPOSED" and f"nog niet getekend door {provider}; " in reason
    assert "biedt service nog-niet-geregistreerd nu niet aan: registreer haar" in reason
    lab.accept(provider, agreed)
    state, reason = seen()
    assert state == "VALID" and reason.startswith("deze peer biedt service nog-niet-geregistreerd nu niet aan")
    assert lab.wait_state(consumer, agreed, "VALID")["waaromNietGeldig"] is None, "who does not offer it cannot know"
    lab.post(f"/peers/{provider}/services", {"naam": "nog-niet-geregistreerd", "url": f"http://{lab.address}:7001"})
    assert seen() == ("VALID", None)
    lab.wait_state(provider, lab.offer(consumer, grant)["contentHash"], "VALID")
    assert lab.beheer.delete(f"/peers/{provider}/services/nog-niet-geregistreerd").status_code == 204
    assert "nu niet aan" in lab.contract(provider, agreed)["waaromNietGeldig"]
    lab.post(f"/peers/{provider}/contracts/{agreed}/revoke", expect=200)
    assert seen() == ("REVOKED", f"ingetrokken door {provider}")
    assert lab.beheer.delete(f"/peers/{provider}/rules/nog-niet").status_code == 204


def test_rule_that_leaves_too_much_open_is_refused_with_every_fault(lab, peers) -> None:
    provider = peers["aanbieder"]
    loose = {"type": "x", "outway": {"peer_id": [provider]}, "service": {"peer_id": "*", "name": "*"}}
    answer = lab.beheer.put(
        f"/peers/{provider}/rules/los", json={"grants": [loose, {"properties": {"getal": 2**60}}], "maxDagen": 1}
    )
    assert answer.status_code == 409
    assert {fault["name"] for fault in answer.json()["invalidParams"] if fault["name"].startswith("grants.0")} == {
        "grants.0.type",
        "grants.0.outway.peer_id",
        "grants.0.service",
    }
    assert ("grants.1", "i-json") in {(fault["name"], fault["code"]) for fault in answer.json()["invalidParams"]}
    assert lab.beheer.delete(f"/peers/{provider}/rules/los").status_code == 404
    assert lab.beheer.put(f"/peers/{provider}/rules/los", json={"grants": [], "maxDagen": 1}).status_code == 400
