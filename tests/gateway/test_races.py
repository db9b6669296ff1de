"""What arrives out of order, twice, at once, late, or signed with a renewed certificate."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.gateway.conftest import independent_peer
from tests.gateway.fakepeer import CONSUMER, DIRECTORY, OTHER, OWN, STRANGER, SUT, Peer
from tests.gateway.independent import Speaker, content_hash, grant_hash, make_content
from tests.gateway.lab import until
from tests.gateway.suite.steps import agree, assert_refused, publish

INVALID = "ERROR_CODE_CONTRACT_VALIDATION_FAILED"


def at_once(*works):
    """Run all at the same time; their results in order."""
    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result() for future in [pool.submit(work) for work in works]]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
def test_accepts_may_overtake_the_offer(lab, peers, fake, other, stranger, order) -> None:
    content = make_content(fake.connection(peers["aanbieder"], delegator=OTHER, offered_for=STRANGER))
    works = [lambda: fake.submit(content), lambda: other.put("accept", content), lambda: stranger.put("accept", content)]
    for number in order:
        assert works[number]().status_code == 201
    lab.accept(peers["aanbieder"], content_hash(content))
    lab.wait_state(peers["aanbieder"], content_hash(content), "VALID")
    assert fake.token(grant_hash(content)).status_code == 200


def test_same_signatures_at_once_all_succeed_and_leave_one_contract(lab, peers, fake, other) -> None:
    content = make_content(fake.connection(peers["aanbieder"], delegator=OTHER))
    works = (lambda: fake.submit(content), lambda: fake.put("accept", content), lambda: other.put("accept", content))
    answers = at_once(*works * 6)
    assert {answer.status_code for answer in answers} == {201}
    assert set(fake.holds(content)["signatures"]["accept"]) == {OWN, OTHER}
    assert len(lab.contract(peers["aanbieder"], content_hash(content))["grants"]) == 1


def test_own_accept_and_theirs_at_once_make_the_contract_valid(lab, peers, fake) -> None:
    for _ in range(5):
        content = make_content(fake.connection(peers["aanbieder"]))
        assert fake.submit(content).status_code == 201
        path = f"/peers/{peers['aanbieder']}/contracts/{content_hash(content)}/accept"
        at_once(lambda path=path: lab.post(path, expect=200), lambda content=content: fake.put("accept", content))
        lab.wait_state(peers["aanbieder"], content_hash(content), "VALID")
        until(lambda content=content: fake.manager.told(content_hash(content), "accept"), what="the accept arrives")


def test_accept_and_revoke_at_once_end_the_contract(lab, peers, fake) -> None:
    for _ in range(5):
        content = make_content(fake.connection(peers["aanbieder"]))
        assert fake.submit(content).status_code == 201
        at_once(
            lambda content=content: lab.beheer.post(f"/peers/{peers['aanbieder']}/contracts/{content_hash(content)}/accept"),
            lambda content=content: fake.put("revoke", content),
            lambda content=content: fake.put("accept", content),
        )
        assert lab.contract(peers["aanbieder"], content_hash(content))["state"] == "REVOKED"
        assert fake.token(grant_hash(content)).status_code == 400


@pytest.fixture
def hasty(lab, peers, folder) -> Iterator[Peer]:
    """An independent peer that has yet to announce itself."""
    yield from independent_peer(lab, folder, "gehaast")


def test_announcement_and_publications_at_once_leave_no_publication_waiting(lab, peers, hasty) -> None:
    contents = [make_content(hasty.publication(peers["dir"], f"haast-{number}")) for number in range(12)]
    submits = [lambda content=content: hasty.submit(content, host=DIRECTORY).status_code for content in contents]
    assert [submit() for submit in submits[:8]] == [201] * 8
    assert at_once(*submits[4:8], hasty.announce, *submits[8:]) == [201] * 4 + [None] + [201] * 4
    assert {lab.contract(peers["dir"], content_hash(content))["state"] for content in contents} == {"VALID"}


def test_used_iv_is_refused_also_when_both_come_at_once(peers, fake, content) -> None:
    assert fake.submit(content).status_code == 201
    again = {**content, "created_at": content["created_at"] - 1}
    assert_refused(fake.submit(again), INVALID)
    assert_refused(fake.submit({**again, "iv": content["iv"].upper()}), INVALID)
    first = make_content(fake.connection(peers["aanbieder"]))
    second = {**first, "created_at": first["created_at"] - 1}
    statuses = sorted(answer.status_code for answer in at_once(lambda: fake.submit(first), lambda: fake.submit(second)))
    assert statuses == [201, 422]


def test_iv_of_one_owner_does_not_stand_in_the_way_of_another(fake, content, peers) -> None:
    assert fake.submit(content).status_code == 201
    elsewhere = make_content(fake.publication(peers["dir"], "zelfde-iv"), iv=content["iv"])
    assert fake.submit(elsewhere, host=DIRECTORY).status_code == 201


@pytest.mark.parametrize("same_key", [True, False])
def test_renewed_certificate_of_a_peer_signs_again_and_the_contract_stays_valid(lab, peers, fake, valid, same_key) -> None:
    renewed = fake.identity_for(fake.host, key=fake.identity.key if same_key else None)
    fake.manager.keys.append(renewed)
    again = renewed.says("accept", valid)
    assert fake.put("accept", valid, signature=again).status_code == 201
    assert fake.holds(valid)["signatures"]["accept"][OWN] == again
    lab.wait_state(peers["aanbieder"], content_hash(valid), "VALID")
    assert fake.token(grant_hash(valid)).status_code == 200


@pytest.mark.parametrize("same_key", [True, False])
def test_renewed_outway_certificate_gets_a_token_with_the_same_key_only(lab, peers, fake, valid, same_key) -> None:
    renewed = fake.identity_for("outway.eigen.nep.localhost", key=fake.outway.key if same_key else None)
    speaker = Speaker(lab.address, renewed, fake.root, "")
    answer = fake.token(grant_hash(valid), speaker=speaker)
    assert answer.status_code == (200 if same_key else 400)
    if same_key:
        token = answer.json()["access_token"]
        assert fake.call(token).status_code == 401, "the token is for the renewed certificate alone"
        assert fake.call(token, speaker=speaker).status_code == 200


def test_keys_that_rotate_out_of_the_jwks_leave_earlier_signatures_standing(lab, peers, fake) -> None:
    old, new = fake.identity_for(fake.host), fake.identity_for(fake.host, algorithm="RS256")
    content = make_content(fake.connection(peers["aanbieder"]))
    before = list(fake.manager.keys)
    try:
        fake.manager.keys[:] = [old]
        assert fake.submit(content, signature=old.says("accept", content)).status_code == 201
        lab.accept(peers["aanbieder"], content_hash(content))
        fake.manager.keys[:] = [new]
        second = make_content(fake.connection(peers["aanbieder"]))
        assert fake.submit(second, signature=new.says("accept", second)).status_code == 201
        third = make_content(fake.connection(peers["aanbieder"]))
        never_seen = fake.identity_for(fake.host)
        answer = fake.submit(third, signature=never_seen.says("accept", third))
        assert_refused(answer, "ERROR_CODE_SIGNATURE_VERIFICATION_FAILED")
    finally:
        fake.manager.keys[:] = before
    lab.wait_state(peers["aanbieder"], content_hash(content), "VALID")
    assert fake.token(grant_hash(content)).status_code == 200


def test_delivery_is_repeated_until_the_other_side_is_there_and_takes_it(lab, peers, fake, content) -> None:
    def delivery() -> dict:
        return lab.contract(peers["aanbieder"], content_hash(content))["bezorgingen"][0]

    assert fake.submit(content).status_code == 201
    fake.manager.close()
    lab.accept(peers["aanbieder"], content_hash(content))
    until(lambda: delivery()["fout"], what="nobody there: the first try failed")
    fake.open_manager(lab)
    fake.manager.status = 503
    attempts = delivery()["pogingen"]
    until(lambda: delivery()["pogingen"] > attempts, what="there, but unwilling: another try failed")
    fake.manager.status = None
    told = until(lambda: (found := delivery())["bezorgdOp"] and found, what="delivered")
    assert told["pogingen"] >= 3 and told["fout"] is None
    assert fake.manager.told(content_hash(content), "accept")


def test_own_signature_reaches_every_party_with_the_whole_content(lab, peers, fake, other) -> None:
    content = agree(lab, peers["aanbieder"], fake.connection(peers["aanbieder"], delegator=OTHER), fake, other)
    for peer in (fake, other):
        headers, body = until(lambda peer=peer: peer.manager.told(content_hash(content), "accept"), what="accept arrives")[0]
        assert headers["Fsc-Manager-Address"] == f"https://{SUT}:8443"
        assert body["contract_content"] == content
    lab.post(f"/peers/{peers['aanbieder']}/contracts/{content_hash(content)}/revoke", expect=200)
    for peer in (fake, other):
        until(lambda peer=peer: peer.manager.told(content_hash(content), "revoke"), what="revoke arrives")


def test_service_is_published_at_two_directories(lab, peers, fake, other) -> None:
    """The second Directory is the consumer's Manager, which signs by hand."""
    publish(peers, "twee-gidsen", fake)
    content = make_content(fake.publication(peers["afnemer"], "twee-gidsen"))
    assert fake.submit(content, host=CONSUMER).status_code == 201
    assert fake.listings("twee-gidsen", CONSUMER) == []
    lab.accept(peers["afnemer"], content_hash(content))
    listed = [other.listings("twee-gidsen", host) for host in (DIRECTORY, CONSUMER)]
    assert listed[0] == listed[1] != []
    assert fake.put("revoke", content, host=CONSUMER).status_code == 201
    assert fake.listings("twee-gidsen", CONSUMER) == []
    assert fake.listings("twee-gidsen") == listed[0]


def test_more_grants_than_the_group_allows_are_refused(peers, fake) -> None:
    def contract(number: int) -> dict:
        return make_content(*(fake.connection(peers["aanbieder"], f"dienst-{n}") for n in range(number)))

    assert fake.submit(contract(10)).status_code == 201
    assert_refused(fake.submit(contract(11)), INVALID)
    assert_refused(fake.submit(contract(0)), INVALID)


NUMBERS = [0, -0.0, 1.0, 1e21, 1e-7, 123456789.125, 5e-324, 1.7976931348623157e308, 0.1, 333333333.3333333, 1e20, 2**53 - 1]
TEXTS = ["Súdwest-Fryslân", "🌍", "\u2028", "\x7f", '"\\/', "a\u0301", "\ufb33", "\r\n\t\b\f", "</script>", ""]


def test_unicode_and_floats_survive_the_round_trip(lab, peers, fake: Peer) -> None:
    properties = {
        "ns.getallen": NUMBERS,
        "ns.teksten": TEXTS,
        "ns.sleutels": {text: number for number, text in enumerate(["\U0001f600", "\ufb33", "é", "z", "€", "a\u0301", "\x01"])},
        "ns.diep": {"a": [{"b": [[], {}, None, True]}]},
    }
    content = agree(lab, peers["aanbieder"], fake.connection(peers["aanbieder"], properties=properties), fake)
    assert fake.holds(content)["content"] == content
    body = until(lambda: fake.manager.told(content_hash(content), "accept"), what="accept arrives")[0][1]
    assert body["contract_content"] == content and content_hash(body["contract_content"]) == content_hash(content)
    assert fake.token(grant_hash(content)).status_code == 200
