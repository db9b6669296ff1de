"""Contracts and signatures reach every party, even one that is unavailable for a while; simultaneous changes give one state."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from tests.gateway.fakepeer import DIRECTORY, SUT, Peer
from tests.gateway.independent import content_hash, make_content
from tests.gateway.lab import until
from tests.gateway.suite.steps import assert_refused


@pytest.fixture
def away(lab, peers, fake: Peer) -> Iterator[Peer]:
    """The independent peer, known to the provider, its Manager not listening; it listens again afterwards."""
    fake.announce(SUT)
    fake.manager.close()
    yield fake
    fake.manager.close()
    fake.open_manager(lab)


def told(lab, peer: str, contract: str) -> dict[str, Any]:
    """The one delivery about a contract."""
    (delivery,) = lab.get(f"/peers/{peer}/contracts/{contract}")["bezorgingen"]
    return delivery


def at_once(*actions: Callable[[], Any]) -> list[Any]:
    """Do all at the same time; their results in order."""
    start = threading.Barrier(len(actions))

    def run(action: Callable[[], Any]) -> Any:
        start.wait(10)
        return action()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def test_peer_that_was_away_gets_it_after_growing_waits_and_a_restart(lab, peers, away) -> None:
    own = peers["aanbieder"]
    offered = lab.offer(own, away.connection(own))["contentHash"]
    planned = []
    for attempt in (1, 2, 3):
        until(lambda attempt=attempt: told(lab, own, offered)["pogingen"] >= attempt, what=f"attempt {attempt}")
        planned.append(datetime.fromisoformat(told(lab, own, offered)["volgendePogingOp"]))
    waits = [(later - earlier).total_seconds() for earlier, later in pairwise(planned)]
    assert waits[0] >= 2 and waits[1] >= 4
    assert away.host in told(lab, own, offered)["fout"]
    lab.end("control")
    lab.spawn("control")
    until(lab._ready, what="control is back")
    away.open_manager(lab)
    assert away.offered(offered)["grants"][0]["data"]["outway"]["peer_id"] == away.oin
    assert until(lambda: told(lab, own, offered)["bezorgdOp"], what="delivered") and told(lab, own, offered)["fout"] is None


def test_delivery_is_given_up_only_when_the_contract_has_ended(lab, peers, away) -> None:
    own = peers["aanbieder"]
    ends = datetime.now(UTC) + timedelta(seconds=3)
    body = {"grants": [{"data": away.connection(own)}], "notBefore": "2026-01-01T00:00:00Z", "notAfter": ends.isoformat()}
    offered = lab.post(f"/peers/{own}/contracts", body)["contentHash"]
    until(lambda: told(lab, own, offered)["volgendePogingOp"] is None, what="given up")
    assert datetime.now(UTC) > ends.replace(microsecond=0) and told(lab, own, offered)["bezorgdOp"] is None
    assert lab.contract(own, offered)["state"] == "REJECTED"


@pytest.mark.parametrize("there", ["nobody", "another peer"])
def test_peer_that_told_its_move_to_the_directory_only_is_found_there(lab, peers, away, other, there) -> None:
    """Contracts and signatures that wait for it arrive at the new address, and so does what comes after them."""
    own = peers["aanbieder"]
    away.announce()
    if there == "another peer":
        other.move(lab, away.host)
    manager, speaker = away.move(lab, f"verhuisd-{there.replace(' ', '-')}.eigen.nep.localhost")
    try:
        offered = lab.offer(own, away.connection(own))["contentHash"]
        problem = until(lambda: told(lab, own, offered)["fout"], what="first attempt")
        assert away.host in problem and "geen Directory kent een ander adres" in problem
        assert speaker.ask("PUT", DIRECTORY, "/v1/announce").status_code == 200
        until(lambda: told(lab, own, offered)["bezorgdOp"], what="delivered")
        sent = [body["contract_content"] for _, path, _, body in manager.received if path == "/v1/contracts"]
        assert offered in [content_hash(content) for content in sent]
        lab.post(f"/peers/{own}/contracts/{offered}/revoke", expect=200)
        until(lambda: manager.told(offered, "revoke"), what="revocation arrives")
        [known] = [one for one in lab.get(f"/peers/{own}/known-peers", pageSize=100)["results"] if one["peerId"] == away.oin]
        assert known["managerAddress"] == manager.url
    finally:
        manager.close()
        for host in (SUT, DIRECTORY):
            away.announce(host)


def test_peer_that_hangs_keeps_nobody_else_waiting(lab, peers, fake, other) -> None:
    own, go_on = peers["aanbieder"], threading.Event()
    for peer in (fake, other):
        peer.announce(SUT)

    def hang(handler: Any) -> None:
        go_on.wait(30)
        handler.answer(201)

    other.manager.instead["/v1/contracts"] = hang
    try:
        for _ in range(12):
            lab.offer(own, other.connection(own))
        offered = lab.offer(own, fake.connection(own))["contentHash"]
        assert fake.offered(offered) and not go_on.is_set()
    finally:
        go_on.set()
        del other.manager.instead["/v1/contracts"]


def test_accept_and_submission_in_any_order_make_one_valid_contract(lab, peers, fake, other) -> None:
    own = peers["aanbieder"]
    for _ in range(4):
        content = make_content(fake.connection(own, delegator=other.oin))
        actions = (
            lambda content=content: fake.submit(content),
            lambda content=content: other.put("accept", content),
            lambda content=content: fake.put("accept", content),
            lambda content=content: other.submit(content),
        )
        assert [answer.status_code for answer in at_once(*actions)] == [201] * 4
        lab.accept(own, content_hash(content))
        found = lab.contract(own, content_hash(content))
        assert found["state"] == "VALID" and len(found["handtekeningen"]) == 3


@pytest.mark.parametrize("ending", ["revoke", "reject"])
def test_ending_wins_whatever_comes_with_it_or_after_it(lab, peers, fake, ending) -> None:
    own = peers["aanbieder"]
    content = make_content(fake.connection(own))
    assert fake.submit(content).status_code == 201
    path = f"/peers/{own}/contracts/{content_hash(content)}"
    replayed = fake.identity.says("accept", content)
    at_once(
        lambda: fake.put(ending, content),
        lambda: lab.beheer.post(f"{path}/accept"),
        lambda: fake.put("accept", content, signature=replayed),
    )
    for _ in range(3):
        assert fake.put("accept", content, signature=replayed).status_code == 201
        assert fake.put(ending, content).status_code == 201
    found = lab.get(path)
    assert found["state"] == {"revoke": "REVOKED", "reject": "REJECTED"}[ending]
    assert len([one for one in found["handtekeningen"] if one["peerId"] == fake.oin]) == 2
    assert lab.beheer.post(f"{path}/accept").status_code in (200, 409)
    assert lab.get(path)["state"] == found["state"]


def test_contract_that_ended_stays_as_it_is_whatever_is_asked_here(lab, peers, fake) -> None:
    own = peers["aanbieder"]
    for ending, other in (("revoke", "reject"), ("reject", "revoke")):
        content = make_content(fake.connection(own))
        assert fake.submit(content).status_code == 201
        path = f"/peers/{own}/contracts/{content_hash(content)}"
        ended = lab.post(f"{path}/{ending}", expect=200)
        refused = [lab.beheer.post(f"{path}/{kind}") for kind in (other, "accept")]
        assert [(one.status_code, one.json()["type"].rpartition("/")[2]) for one in refused] == [(409, "contract-beeindigd")] * 2
        again = lab.post(f"{path}/{ending}", expect=200)
        assert (again["state"], again["handtekeningen"]) == (ended["state"], ended["handtekeningen"])


def test_contract_past_its_end_is_ended_by_nobody(lab, peers, fake) -> None:
    own, content = peers["aanbieder"], make_content(fake.connection(peers["aanbieder"]))
    content["validity"]["not_after"] = int(time.time()) + 3
    assert fake.submit(content).status_code == 201
    lab.accept(own, content_hash(content))
    lab.wait_state(own, content_hash(content), "EXPIRED")
    for kind in ("reject", "revoke"):
        assert lab.beheer.post(f"/peers/{own}/contracts/{content_hash(content)}/{kind}").status_code == 409
        assert_refused(fake.put(kind, content), "ERROR_CODE_CONTRACT_VALIDATION_FAILED")
    assert lab.contract(own, content_hash(content))["state"] == "EXPIRED"


def test_contract_from_before_stricter_rules_of_the_group_can_be_signed_and_ended(lab, peers, fake) -> None:
    own = peers["aanbieder"]
    grants = fake.connection(own), fake.connection(own, properties={"ns.lang": "x" * 100})
    held, ended = make_content(*grants), make_content(*grants)
    for content in (held, ended):
        assert fake.submit(content).status_code == 201
        lab.accept(own, content_hash(content))
    with stricter(lab, max_grants=1, max_properties_bytes=50):
        assert fake.put("accept", held).status_code == 201
        assert lab.contract(own, content_hash(held))["state"] == "VALID"
        assert fake.put("revoke", ended).status_code == 201
        assert lab.contract(own, content_hash(ended))["state"] == "REVOKED"
        fresh = make_content(*grants)
        refused = fake.submit(fresh)
        assert_refused(refused, "ERROR_CODE_CONTRACT_VALIDATION_FAILED")
        assert "hoogstens 1 grants" in refused.json()["message"] and "properties" in refused.json()["message"]


@contextmanager
def stricter(lab, **rules: int) -> Iterator[None]:
    """The Manager starts again with other rules of the Group, and afterwards with those it had."""
    file = lab.folder / "group.toml"
    before = file.read_text()

    def start(text: str) -> None:
        file.write_text(text)
        lab.end("control")
        lab.spawn("control")
        until(lab._ready, what="control is back")

    start(before + "".join(f"{name} = {value}\n" for name, value in rules.items()))
    try:
        yield
    finally:
        start(before)


def test_one_of_two_contracts_with_the_same_iv_is_refused(lab, peers, fake) -> None:
    for _ in range(3):
        first = make_content(fake.connection(peers["aanbieder"]))
        second = {**first, "created_at": first["created_at"] - 1}
        answers = at_once(lambda first=first: fake.submit(first), lambda second=second: fake.submit(second))
        assert sorted(answer.status_code for answer in answers) == [201, 422]


def test_own_decisions_at_once_leave_one_signature_and_one_delivery(lab, peers, fake) -> None:
    own = peers["aanbieder"]
    content = make_content(fake.connection(own))
    assert fake.submit(content).status_code == 201
    path = f"/peers/{own}/contracts/{content_hash(content)}"
    answers = at_once(*[lambda: lab.beheer.post(f"{path}/accept")] * 4)
    assert [answer.status_code for answer in answers] == [200] * 4
    found = lab.get(path)
    assert len(found["bezorgingen"]) == len(found["beoordelingen"]) == 1 and found["state"] == "VALID"
