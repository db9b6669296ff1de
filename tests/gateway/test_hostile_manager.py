"""A malicious peer whose own Manager misbehaves while the gateway asks it something: that has an end, in time and size."""

from __future__ import annotations

import gzip
import json
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.gateway.fakepeer import DIRECTORY, OTHER, OWN, SUT, Peer
from tests.gateway.independent import Handler, Identity, make_content
from tests.gateway.lab import until
from tests.gateway.suite.steps import assert_error, assert_refused
from tests.gateway.suite.test_outway import agree_with, call

JWKS = "/v1/.well-known/jwks.json"
UNKNOWN = "00000099000000009909"
DEADLINE = 4


def endless(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n[")
    while True:
        handler.wfile.write(b" " * 65536)


def bomb(handler: Handler) -> None:
    data = gzip.compress(b" " * 50_000_000, 1)
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: {len(data)}\r\n\r\n"
    handler.wfile.write(head.encode() + data)


def redirect(handler: Handler) -> None:
    target = f"https://{DIRECTORY}:8443{handler.path}"
    handler.wfile.write(f"HTTP/1.1 307 Elders\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode())


def many_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: x\r\n" % number for number in range(200_000)) + b"\r\n{}")


def deep(handler: Handler) -> None:
    text = b"[" * 500_000
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(text) + text)


def nothing(handler: Handler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def dripping(start: bytes) -> Callable[[Handler], None]:
    """Answers a byte at a time, each well within any read timeout, and never ends."""

    def drip(handler: Handler) -> None:
        handler.wfile.write(start)
        while True:
            handler.wfile.write(b" ")
            time.sleep(0.5)

    return drip


def silent(handler: Handler) -> None:
    handler.connection.recv(1)


QUICK = {"endless": endless, "bomb": bomb, "redirect": redirect, "many headers": many_headers, "deep": deep, "nothing": nothing}
SLOW = {
    "slow body": dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"),
    "slow headers": dripping(b"HTTP/1.1 200 OK\r\nX-Lang: "),
    "silent": silent,
}


@pytest.fixture
def hostile(fake) -> Iterator[Peer]:
    """The fake peer; its Manager behaves again afterwards."""
    yield fake
    fake.manager.instead.clear()


def submit_with_unknown_key(peer: Peer, content: dict[str, Any]) -> httpx.Response:
    """Signed with a certificate that can only be found in the peer's JWKS."""
    return peer.submit(content, signature=peer.identity_for(peer.host).says("accept", content))


@pytest.mark.parametrize("behaviour", QUICK)
def test_jwks_that_misbehaves_makes_the_signature_unverified(hostile, content, behaviour) -> None:
    hostile.manager.instead[JWKS] = QUICK[behaviour]
    started = time.monotonic()
    assert_refused(submit_with_unknown_key(hostile, content), "ERROR_CODE_SIGNATURE_VERIFICATION_FAILED")
    assert time.monotonic() - started < DEADLINE
    assert hostile.holds(content) is None


def test_slow_managers_have_an_end_and_keep_nobody_waiting(hostile, other, content, peers) -> None:
    contents = [make_content(hostile.connection(peers["aanbieder"])) for _ in range(12)]
    behaviours = iter([*SLOW.values()] * 4)
    hostile.manager.instead[JWKS] = lambda handler: next(behaviours)(handler)
    started = time.monotonic()
    with ThreadPoolExecutor(12) as pool:
        answers = [pool.submit(submit_with_unknown_key, hostile, each) for each in contents]
        until(lambda: sum(path == JWKS for _, path in hostile.manager.requests) >= 4, what="the Manager is being asked")
        for _ in range(5):
            asked = time.monotonic()
            assert other.speaker.ask("GET", SUT, "/v1/peer").status_code == 200
            assert time.monotonic() - asked < 2
    assert time.monotonic() - started < DEADLINE + 5
    statuses = [answer.result().status_code for answer in answers]
    assert set(statuses) == {422, 503} and statuses.count(422) == 4


@pytest.mark.parametrize(
    "keys",
    [
        {},
        None,
        [1, None, "x", []],
        [{}],
        [{"x5c": "tekst"}],
        [{"x5c": []}],
        [{"x5c": [1]}],
        [{"x5c": ["@@@"]}],
        [{"x5c": ["AAAA"]}],
        [{"kty": "oct", "k": "AAAA"}],
        [{"kid": "x"}] * 50_000,
    ],
    ids=range(11),
)
def test_odd_jwks_makes_the_signature_unverified(hostile, content, keys) -> None:
    hostile.manager.instead[JWKS] = lambda handler: handler.answer(200, {"keys": keys})
    assert_refused(submit_with_unknown_key(hostile, content), "ERROR_CODE_SIGNATURE_VERIFICATION_FAILED")


def test_key_under_the_thumbprint_of_another_certificate_is_not_used(hostile, other, content) -> None:
    signer = other.identity_for(hostile.host)
    lying = {**signer.jwk(), "kid": hostile.identity.thumbprint, "x5t#S256": hostile.identity.thumbprint}
    hostile.manager.instead[JWKS] = lambda handler: handler.answer(200, {"keys": [lying]})
    unknown = hostile.identity_for(hostile.host)
    signature = signer.jws(
        {"contract_content_hash": "x", "type": "accept", "signed_at": 1}, header={"x5t#S256": unknown.thumbprint}
    )
    assert_refused(hostile.submit(content, signature=signature), "ERROR_CODE_SIGNATURE_VERIFICATION_FAILED")


def test_signing_certificate_that_ended_or_of_another_root_is_not_used(hostile, content) -> None:
    ended = Identity(hostile.folder, "oud", OWN, hostile.host, hostile.ca, days=-0.5)
    own_root = Identity(hostile.folder, "zelf", OWN, hostile.host, None)
    for signer in (ended, own_root):
        hostile.manager.instead[JWKS] = lambda handler, key=signer: handler.answer(200, {"keys": [key.jwk()]})
        answer = hostile.submit(content, signature=signer.says("accept", content))
        assert_refused(answer, "ERROR_CODE_SIGNATURE_VERIFICATION_FAILED")


@pytest.mark.parametrize("behaviour", QUICK)
def test_token_endpoint_that_misbehaves_gives_the_outways_error(lab, peers, hostile, inway, behaviour) -> None:
    hostile.manager.instead["/v1/token"] = QUICK[behaviour]
    grant = agree_with(lab, peers, hostile, inway)
    started = time.monotonic()
    assert_error(call(lab, grant), 502, "ERROR_CODE_TOKEN_UNAVAILABLE", "OUTWAY")
    assert time.monotonic() - started < 5


def test_slow_token_endpoint_has_an_end_and_other_calls_pass(lab, peers, hostile, echo, inway) -> None:
    good = lab.connect(peers["afnemer"], peers["aanbieder"], "echo")["grants"][0]["hash"]
    assert call(lab, good).status_code == 200
    hostile.manager.instead["/v1/token"] = SLOW["slow headers"]
    grant = agree_with(lab, peers, hostile, inway)
    started = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        slow = [pool.submit(call, lab, grant) for _ in range(8)]
        for _ in range(10):
            asked = time.monotonic()
            assert call(lab, good).status_code == 200
            assert time.monotonic() - asked < 1
        for answer in slow:
            assert_error(answer.result(), 502, "ERROR_CODE_TOKEN_UNAVAILABLE", "OUTWAY")
    assert time.monotonic() - started < DEADLINE + 5


@pytest.mark.parametrize(
    "listed",
    [
        {"id": UNKNOWN, "name": "x", "manager_address": "http://manager.ander.nep.localhost:8443"},
        {"id": UNKNOWN, "name": "x", "manager_address": "https://127.0.0.1:8443"},
        {"id": UNKNOWN, "name": "x", "manager_address": "https://manager.ander.nep.localhost:8443"},
        {"id": UNKNOWN, "name": "x", "manager_address": None},
        {"id": UNKNOWN},
        {"id": OTHER, "name": "x", "manager_address": "https://manager.ander.nep.localhost:8443"},
    ],
    ids=range(6),
)
def test_directory_that_lies_about_an_address_gets_nothing_delivered(lab, peers, hostile, other, listed) -> None:
    lab.post(f"/peers/{peers['afnemer']}/announcements", {"managerAddress": f"https://{hostile.host}:8443"}, expect=202)
    until(lambda: ("PUT", "/v1/announce") in hostile.manager.requests, what="announcement at the lying Directory")
    hostile.manager.instead["/v1/peers"] = lambda handler: handler.answer(
        200, {"peers": [listed], "pagination": {"next_cursor": ""}}
    )
    before = len(other.manager.received)
    grant = {**lab.connection(peers["afnemer"], peers["afnemer"], "elders"), "delegator": {"peer_id": UNKNOWN}}
    contract = lab.offer(peers["afnemer"], {**grant, "type": "GRANT_TYPE_DELEGATED_SERVICE_CONNECTION"})
    told = until(
        lambda: lab.contract(peers["afnemer"], contract["contentHash"])["bezorgingen"][0]["fout"], what="delivery has failed"
    )
    assert "intern" not in told and UNKNOWN in told
    assert len(other.manager.received) == before
    lab.post(f"/peers/{peers['afnemer']}/contracts/{contract['contentHash']}/revoke", expect=200)


def test_everything_works_after_all_that(lab, peers, fake, content) -> None:
    assert json.loads(submit_with_known_key(fake, content).content or b"null") is None
    assert fake.holds(content) is not None


def submit_with_known_key(peer: Peer, content: dict[str, Any]) -> httpx.Response:
    signer = peer.identity_for(peer.host)
    peer.manager.keys.append(signer)
    answer = peer.submit(content, signature=signer.says("accept", content))
    assert answer.status_code == 201, answer.text
    return answer
