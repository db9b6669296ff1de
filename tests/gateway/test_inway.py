"""The Inway beyond the official cases (those are in suite/): forged tokens, double headers, the second after a revoke."""

from __future__ import annotations

import hashlib
import socket
import ssl
import time

import httpx
import psycopg
import pytest
from gateway.token.verified import VerifiedTokens, bare

from tests.gateway.fakepeer import INWAY, OWN, V7
from tests.gateway.independent import Identity, Speaker, grant_hash
from tests.gateway.lab import until
from tests.gateway.suite.steps import assert_error
from tests.gateway.tokens import claims_in, manager_signs


@pytest.fixture
def token(fake, valid, echo) -> str:
    """A token for the fake peer's Outway; the service's memory starts empty."""
    echo.seen.clear()
    return fake.token(grant_hash(valid)).json()["access_token"]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"gid": "anders"}, 403, "ERROR_CODE_WRONG_GROUP_ID_IN_TOKEN"),
        ({"svc": "weg"}, 404, "ERROR_CODE_SERVICE_NOT_FOUND"),
        ({"gth": "$1$3$" + "A" * 86}, 401, "ERROR_CODE_ACCESS_TOKEN_INVALID"),
        ({"nbf": 4_000_000_000}, 401, "ERROR_CODE_ACCESS_TOKEN_INVALID"),
        ({"cnf": {}}, 401, "ERROR_CODE_ACCESS_TOKEN_INVALID"),
        ({"exp": "morgen"}, 401, "ERROR_CODE_ACCESS_TOKEN_INVALID"),
        ({"iss": OWN}, 401, "ERROR_CODE_ACCESS_TOKEN_INVALID"),
        ({"sub": 7}, 401, "ERROR_CODE_ACCESS_TOKEN_INVALID"),
    ],
)
def test_well_signed_token_with_a_wrong_claim_is_denied(lab, peers, fake, token, echo, change, status, code) -> None:
    assert fake.call(manager_signs(lab, peers["aanbieder"], claims_in(token))).status_code == 200
    echo.seen.clear()
    assert_error(fake.call(manager_signs(lab, peers["aanbieder"], {**claims_in(token), **change})), status, code)
    assert echo.seen == []


def test_token_signed_by_anyone_but_the_own_manager_is_denied(lab, peers, fake, token, echo) -> None:
    by_caller = fake.identity.jws(claims_in(token))
    by_other_peer = manager_signs(lab, peers["dir"], claims_in(token))
    unsigned = fake.identity.jws(claims_in(token), algorithm="none")
    for forged in (by_caller, by_other_peer, unsigned, token[:-4] + "AAAA", "onzin", "a.b.c"):
        assert_error(fake.call(forged), 401, "ERROR_CODE_ACCESS_TOKEN_INVALID")
    assert echo.seen == []


def test_token_signed_by_a_renewed_manager_passes_before_the_decision_process_has_heard_of_it(
    lab, peers, fake, token, echo, tmp_path
) -> None:
    """The row is written without the notice that goes with it; a stranger's token still makes no difference."""
    peer_id = peers["aanbieder"]
    renewed = Identity(tmp_path, "vernieuwd", peer_id, "x.nep.localhost", None)
    row = (peer_id, renewed.thumbprint, "manager", renewed.pem.read_text())
    with psycopg.connect(lab.owner_url) as owner:
        owner.execute("INSERT INTO peer_certificate VALUES (%s, %s, %s, %s, now())", row)
    try:
        assert fake.call(renewed.jws(claims_in(token))).status_code == 200
        strange = Identity(tmp_path, "vreemd", peer_id, "x.nep.localhost", None)
        assert_error(fake.call(strange.jws(claims_in(token))), 401, "ERROR_CODE_ACCESS_TOKEN_INVALID")
    finally:
        with psycopg.connect(lab.owner_url) as owner:
            owner.execute("DELETE FROM peer_certificate WHERE thumbprint = %s", [renewed.thumbprint])


def test_two_values_in_one_header_are_refused(lab, fake, token, echo) -> None:
    context = fake.outway.client_context(fake.root)
    with socket.create_connection((lab.address, 8443), 10) as plain, context.wrap_socket(plain, server_hostname=INWAY) as tls:
        tls.sendall(
            (
                f"GET /v1/x HTTP/1.1\r\nHost: {INWAY}\r\nConnection: close\r\nFsc-Transaction-Id: {V7}\r\n"
                f"Fsc-Authorization: Bearer {token}\r\nFsc-Authorization: Bearer vals\r\n\r\n"
            ).encode()
        )
        answer = tls.recv(65536)
    seen = [request.headers["fsc-authorization"] for request in echo.seen]
    assert answer.startswith(b"HTTP/1.1 401") or seen == [[f"Bearer {token}"]]


def test_token_of_a_contract_revoked_by_the_caller_stops_at_once(lab, fake, valid, token, echo) -> None:
    assert fake.call(token).status_code == 200
    assert fake.put("revoke", valid).status_code == 201
    deadline = time.monotonic() + 1
    while fake.call(token).status_code == 200:
        assert time.monotonic() < deadline, "still passes after a second"
    echo.seen.clear()
    assert_error(fake.call(token), 401, "ERROR_CODE_ACCESS_TOKEN_INVALID")
    assert echo.seen == []


def test_token_is_one_token_whatever_is_around_it(lab, peers, fake, token, echo) -> None:
    for written in (f"Bearer {token}", f"bearer    {token}", token):
        answer = fake.call(None, **{"Fsc-Authorization": written})
        assert answer.status_code == 200, answer.text
    assert {bare(written.encode()) for written in (f" Bearer \t{token} ", f"BEARER {token}", token)} == {token.encode()}
    for spelling in (f"{token}=", token.replace(".", ". "), f"{token[:-1]}B", f"Bearer {token}"):
        assert_error(fake.call(spelling), 401, "ERROR_CODE_ACCESS_TOKEN_INVALID")


def test_decision_process_that_is_new_asks_for_the_certificate_of_a_kept_connection(lab, fake, token, echo) -> None:
    """It knows certificates by fingerprint; what the client sends meanwhile reaches the service whole, once."""
    body = bytes(range(256)) * 400
    head = (
        f"POST /v1/x HTTP/1.1\r\nHost: {INWAY}\r\nFsc-Transaction-Id: {V7}\r\nFsc-Authorization: Bearer {token}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode()
    context = fake.outway.client_context(fake.root)
    with socket.create_connection((lab.address, 8443), 10) as plain, context.wrap_socket(plain, server_hostname=INWAY) as tls:
        tls.sendall(head + body)
        assert tls.recv(65536).startswith(b"HTTP/1.1 200")
        lab.end("decide")
        lab.spawn("decide")
        until(lambda: httpx.get(lab.outway("aanbieder"), trust_env=False).status_code == 400, what="decisions are made again")
        tls.sendall(head + body)
        assert tls.recv(65536).startswith(b"HTTP/1.1 200")
    assert [request.body for request in echo.seen] == [body, body]


def test_fingerprint_of_the_rightful_certificate_helps_nobody_else(lab, fake, token, echo) -> None:
    rightful = hashlib.sha1(
        ssl.PEM_cert_to_DER_cert(fake.outway.pem.read_text().split("-----END")[0] + "-----END CERTIFICATE-----")
    )
    assert fake.call(token).status_code == 200
    echo.seen.clear()
    thief = Speaker(lab.address, fake.identity_for("dief.eigen.nep.localhost"), fake.root, "")
    answer = fake.call(token, speaker=thief, **{"X-Fingerprint": rightful.hexdigest(), "X-Client-Cert": "vals"})
    assert_error(answer, 401, "ERROR_CODE_ACCESS_TOKEN_INVALID")
    assert echo.seen == []


def test_memory_of_verified_tokens_is_bounded_and_keeps_the_newest() -> None:
    known = VerifiedTokens(most_bytes=1000)
    claims = [object() for _ in range(100)]
    for number, one in enumerate(claims):
        known.keep("p", b"%060d" % number, b"c" * 40, one)  # type: ignore[arg-type]
        known.keep("p", b"%060d" % number, b"c" * 40, one)  # type: ignore[arg-type]
    found = [number for number in range(100) if known.find("p", b"%060d" % number, b"c" * 40)]
    assert found == list(range(90, 100))
    assert known.find("p", b"%060d" % 99, b"d" * 40) is None, "another certificate"
    assert known.find("q", b"%060d" % 99, b"c" * 40) is None, "another peer"
    known.keep("p", b"x" * 2000, b"", claims[0])  # type: ignore[arg-type]
    assert known.find("p", b"x" * 2000, b"") is None, "too large to keep"
