"""Certificates end before contracts do: accepts are renewed, old keys stay known, and a new Outway key is told."""

from __future__ import annotations

import base64
import json

import httpx
import psycopg
import pytest

from tests.gateway.fakepeer import DIRECTORY, Peer
from tests.gateway.independent import content_hash, make_content
from tests.gateway.lab import until
from tests.gateway.suite.steps import keys_of

NEW_KEY = pytest.mark.parametrize("new_key", [False, True], ids=["same-key", "new-key"])


def renew(lab, peer: str, component: str, *, new_key: bool = False) -> str:
    """A new certificate; returns its thumbprint."""
    return lab.post(f"/peers/{peer}/certificates/{component}/renewals", {"nieuweSleutel": new_key})["vingerafdruk"]


def signer(jws: str) -> str:
    """The certificate (thumbprint) with which a JWS says it is signed."""
    return json.loads(base64.urlsafe_b64decode(jws.split(".")[0] + "=="))["x5t#S256"]


def accepts(contract: dict, peer: str) -> list[str]:
    """Certificates (thumbprints) with which a peer's accept of a contract is signed."""
    return [one["certificaat"] for one in contract["handtekeningen"] if (one["peerId"], one["soort"]) == (peer, "accept")]


@NEW_KEY
def test_renewed_manager_certificate_signs_running_contracts_again_and_tells_the_other_side(
    lab, peers, fake, valid, new_key
) -> None:
    own, path = peers["aanbieder"], f"/peers/{peers['aanbieder']}/contracts/{content_hash(valid)}"
    until(lambda: fake.manager.told(content_hash(valid), "accept"), what="first accept")
    fresh = renew(lab, own, "manager", new_key=new_key)
    assert accepts(lab.get(path), own) == [fresh] and lab.get(path)["state"] == "VALID"
    last = until(lambda: fake.manager.told(content_hash(valid), "accept")[1:], what="renewed accept")[-1]
    assert keys_of(fake)[fresh] and last[1]["contract_content"] == valid
    assert fake.holds(valid)["signatures"]["accept"][own] == last[1]["signature"]


def test_old_keys_stay_known_after_renewal(lab, peers, fake) -> None:
    before = set(keys_of(fake))
    fresh = renew(lab, peers["aanbieder"], "manager", new_key=True)
    assert set(keys_of(fake)) == before | {fresh}


def test_renewal_leaves_what_ended_or_was_not_accepted_alone(lab, peers, fake) -> None:
    own = peers["aanbieder"]
    open_, revoked = (make_content(fake.connection(own)) for _ in range(2))
    for content in (open_, revoked):
        assert fake.submit(content).status_code == 201
    lab.accept(own, content_hash(revoked))
    lab.post(f"/peers/{own}/contracts/{content_hash(revoked)}/revoke", expect=200)
    old = accepts(lab.contract(own, content_hash(revoked)), own)
    renew(lab, own, "manager")
    assert accepts(lab.contract(own, content_hash(revoked)), own) == old
    assert accepts(lab.contract(own, content_hash(open_)), own) == []


def test_hosted_parties_hear_of_each_others_renewal_and_calls_go_on(lab, peers, echo) -> None:
    provider, consumer = peers["aanbieder"], peers["afnemer"]
    agreed = lab.connect(consumer, provider, "echo", alias="vernieuwd")["contentHash"]
    fresh = {peer: renew(lab, peer, "manager", new_key=True) for peer in (provider, consumer)}
    for holder in (provider, consumer):
        until(
            lambda holder=holder: (
                [accepts(lab.contract(holder, agreed), peer) for peer in fresh] == [[t] for t in fresh.values()]
            ),
            what=f"{holder} has both renewed accepts",
        )
    assert httpx.get(lab.outway("afnemer"), headers={"Host": "vernieuwd"}, timeout=20).status_code == 200


def test_offer_that_was_not_delivered_goes_out_with_the_new_signature(lab, peers, fake) -> None:
    own = peers["aanbieder"]
    fake.announce("manager.aanbieder.lab.localhost")
    fake.manager.status = 503
    try:
        offered = lab.offer(own, fake.connection(own))["contentHash"]
        path = f"/peers/{own}/contracts/{offered}"
        until(lambda: lab.get(path)["bezorgingen"][0]["fout"], what="first attempt failed")
        fresh = renew(lab, own, "manager", new_key=True)
        first, second = lab.get(path)["bezorgingen"]
        assert (first["volgendePogingOp"], first["bezorgdOp"]) == (None, None) and "vervangen" in first["fout"]
        assert second["soort"] == "submit"
    finally:
        fake.manager.status = None
    until(lambda: lab.get(path)["bezorgingen"][1]["bezorgdOp"], what="offer arrives")
    sent = [body for _, asked, _, body in fake.manager.received if asked == "/v1/contracts"][-1]
    assert content_hash(sent["contract_content"]) == offered
    assert accepts(lab.get(path), own) == [fresh]


@pytest.mark.parametrize("ending", ["reject", "revoke"])
def test_end_that_was_not_delivered_goes_out_with_the_new_signature_and_what_was_delivered_not_again(
    lab, peers, fake, other, ending
) -> None:
    own, content = peers["aanbieder"], make_content(fake.connection(peers["aanbieder"], delegator=other.oin))
    assert [peer.submit(content).status_code for peer in (fake, other)] == [201, 201]
    path = f"/peers/{own}/contracts/{content_hash(content)}"

    def undelivered() -> list[dict]:
        return [one for one in lab.get(path)["bezorgingen"] if one["soort"] == ending and not one["bezorgdOp"]]

    fake.manager.status = 503
    try:
        lab.post(f"{path}/{ending}", expect=200)
        until(
            lambda: [(one["peerId"], bool(one["fout"])) for one in undelivered()] == [(fake.oin, True)],
            what="one party hears it, the other does not",
        )
        fresh = renew(lab, own, "manager", new_key=True)
        first, second = undelivered()
        assert first["volgendePogingOp"] is None and "vervangen" in first["fout"] and second["peerId"] == fake.oin
    finally:
        fake.manager.status = None
    until(lambda: len(undelivered()) == 1, what="the other hears it")
    (_, heard) = fake.manager.told(content_hash(content), ending)[-1]
    assert signer(heard["signature"]) == fresh
    assert len(other.manager.told(content_hash(content), ending)) == 1


def test_earlier_manager_certificate_in_use_again_signs_again(lab, peers, fake, valid) -> None:
    own = peers["aanbieder"]
    (earlier,) = accepts(lab.contract(own, content_hash(valid)), own)
    keys = lab.folder / "keys" / own
    pair = {"keten": (keys / "manager.pem").read_text(), "sleutel": (keys / "manager.key").read_text()}
    later = renew(lab, own, "manager", new_key=True)
    assert accepts(lab.contract(own, content_hash(valid)), own) == [later]
    answer = lab.beheer.put(f"/peers/{own}/certificates/manager", json=pair)
    assert answer.status_code == 200, answer.text
    assert accepts(lab.contract(own, content_hash(valid)), own) == [earlier]
    until(
        lambda: [signer(body["signature"]) for _, body in fake.manager.told(content_hash(valid), "accept")][-1:] == [earlier],
        what="the last that is told is the one in use",
    )


@NEW_KEY
def test_renewed_accept_of_another_peer_takes_the_place_of_the_old_one(lab, peers, fake, valid, new_key) -> None:
    old = fake.identity.says("accept", valid, signed_at=1_700_000_000)
    renewed = fake.identity_for(fake.host, key=None if new_key else fake.identity.key)
    fake.manager.keys.append(renewed)
    accept = renewed.says("accept", valid)
    assert fake.put("accept", valid, signature=accept).status_code == 201
    assert accepts(lab.contract(peers["aanbieder"], content_hash(valid)), fake.oin) == [renewed.thumbprint]
    assert fake.put("accept", valid, signature=old).status_code == 201, "an older one that comes late is heard"
    assert fake.holds(valid)["signatures"]["accept"][fake.oin] == accept, "and changes nothing"


def host(lab, name: str) -> str:
    """A hosted peer of its own, announced, that a test may change. Returns its OIN."""
    oin = lab.add_peer(name)
    lab.wait_served(name)
    lab.announce(oin)
    return oin


def test_new_outway_key_is_told_with_what_to_do_and_same_key_is_not(lab, peers) -> None:
    consumer = host(lab, "sleutelwissel")
    agreed = lab.connect(consumer, peers["aanbieder"], "echo")["contentHash"]
    renew(lab, consumer, "outway")
    assert lab.contract(consumer, agreed)["waaromNietGeldig"] is None
    renew(lab, consumer, "outway", new_key=True)
    found = lab.contract(consumer, agreed)
    assert found["state"] == "VALID"
    assert "sleutel van de Outway is vernieuwd" in found["waaromNietGeldig"] and "nieuw contract" in found["waaromNietGeldig"]


def test_moved_manager_is_announced_at_directory_and_parties(lab, peers, fake: Peer) -> None:
    moving = host(lab, "verhuizer")
    lab.post(f"/peers/{moving}/services", {"naam": "echo", "url": f"http://{lab.address}:7001"})
    content = make_content(fake.connection(moving))
    assert fake.submit(content, host="manager.verhuizer.lab.localhost").status_code == 201
    changed = lab.beheer.patch(f"/peers/{moving}", json={"managerHost": "verhuisd.lab.localhost"})
    assert changed.status_code == 200, changed.text
    address = "https://verhuisd.lab.localhost:8443"

    def told() -> bool:
        announced = [headers for _, path, headers, _ in fake.manager.received if path == "/v1/announce"]
        return any({name.lower(): value for name, value in one.items()}["fsc-manager-address"] == address for one in announced)

    until(told, what="party hears of the move")
    listed = f"/v1/peers?peer_id={moving}"
    until(
        lambda: (
            [one["manager_address"] for one in fake.speaker.ask("GET", "manager.dir.lab.localhost", listed).json()["peers"]]
            == [address]
        ),
        what="Directory hears of the move",
    )


def announced_name(fake: Peer, peer: str) -> str:
    [listed] = fake.peers(DIRECTORY, peer_id=peer)
    return listed["name"]


def test_renamed_peer_is_announced(lab, peers, fake: Peer) -> None:
    renamed = host(lab, "naamwissel")
    assert announced_name(fake, renamed) == "Lab naamwissel"
    assert lab.beheer.patch(f"/peers/{renamed}", json={"naam": "Lab hernoemd"}).status_code == 200
    until(lambda: announced_name(fake, renamed) == "Lab hernoemd", what="Directory hears of the name")


def test_manager_that_starts_at_another_port_than_before_is_announced_once(lab, peers, fake: Peer, valid) -> None:
    """Before: as the database has it from the run before this one."""
    own, path = peers["aanbieder"], f"/peers/{peers['aanbieder']}/announcements"
    before = len(lab.get(path)["results"])
    fake.manager.received.clear()
    with psycopg.connect(lab.owner_url) as connection:
        connection.execute(
            "UPDATE known_peer SET manager_address = 'https://manager.aanbieder.lab.localhost:443' "
            "WHERE owner_id = %s AND peer_id = %s",
            [own, own],
        )
    for _ in range(2):
        lab.end("control")
        lab.spawn("control")
        until(lab._ready, what="control is back")
        until(
            lambda: [path for _, path, _, _ in fake.manager.received if path == "/v1/announce"], what="party hears of the address"
        )
        until(lambda: all(one["geluktOp"] for one in lab.get(path)["results"]), what="Directory heard")
    assert len(lab.get(path)["results"]) == before + 1


def test_contract_that_would_have_another_hash_today_is_shown_and_signed_by_the_hash_it_came_with(lab, peers, valid) -> None:
    own, old = peers["aanbieder"], "$1$1$" + "o" * 86
    lab.store_again(own, content_hash(valid), old)
    fresh = renew(lab, own, "manager")
    assert accepts(lab.contract(own, old), own) == [fresh]
    assert old in [one["contentHash"] for one in lab.get(f"/peers/{own}/contracts", pageSize=100)["results"]]
    lab.post(f"/peers/{own}/contracts/{old}/revoke", expect=200)
