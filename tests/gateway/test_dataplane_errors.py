"""Every error of the data plane in FSC form, also those that nginx makes itself; and nobody reaches another's Inway."""

from __future__ import annotations

import json
import re
import socket

import pytest
from gateway.nginx.binary import find_binary, version

from tests.gateway.fakepeer import INWAY
from tests.gateway.wire import Answer, ask, tls

UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
V7 = "01890a5d-ac96-774b-bcce-b302099a8057"
HOST = b"Host: echo\r\n"
LONG = b"a" * 40_000
MALFORMED = {
    "no request": (b"ONZIN\r\n\r\n", 400),
    "no Host": (b"GET / HTTP/1.1\r\n\r\n", 400),
    "two Hosts": (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
    "bad Host": (b"GET / HTTP/1.1\r\nHost: a/../b\r\n\r\n", 400),
    "bad header": (b"GET / HTTP/1.1\r\n" + HOST + b"X Y: 1\r\n\r\n", 400),
    "NUL in path": (b"GET /%00 HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "path above the root": (b"GET /../error HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "path above the root, encoded": (b"GET /a/%2e%2e/%2E./error HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "no path": (b"GET decide HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "asterisk": (b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "two lengths": (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
    "length and chunks": (b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n", 400),
    "no number": (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: x\r\n\r\n", 400),
    "unknown coding": (b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: gzip\r\n\r\n", 501),
    "unknown version": (b"GET / HTTP/3.0\r\n" + HOST + b"\r\n", 505),
    "long path": (b"GET /" + LONG + b" HTTP/1.1\r\n" + HOST + b"\r\n", 414),
    "long header": (b"GET / HTTP/1.1\r\n" + HOST + b"X: " + LONG + b"\r\n\r\n", 431),
}


def assert_fsc(answer: Answer, status: int, code: str, domain: str) -> str:
    """An FSC error in every part; its transaction id."""
    assert answer.status == status, answer
    assert answer.headers["content-type"] == ["application/json"]
    body = json.loads(answer.body)
    assert set(body) == {"message", "domain", "code", "transaction_id"} and body["message"]
    assert (body["code"], body["domain"]) == (code, f"ERROR_DOMAIN_{domain}")
    assert answer.headers["fsc-error-code"] == [code]
    assert answer.headers["fsc-transaction-id"] == [body["transaction_id"]] and UUID7.fullmatch(body["transaction_id"])
    return body["transaction_id"]


@pytest.mark.parametrize("what", MALFORMED)
def test_malformed_request_gets_an_fsc_error_of_the_outway(lab, peers, echo, what) -> None:
    echo.seen.clear()
    request, status = MALFORMED[what]
    assert_fsc(ask(lab.outway_at("afnemer"), request), status, "ERROR_CODE_MALFORMED_REQUEST", "OUTWAY")
    assert echo.seen == []


@pytest.mark.parametrize("what", ["bad header", "NUL in path", "unknown coding", "long path", "long header"])
def test_malformed_request_gets_an_fsc_error_of_the_inway(lab, fake, echo, what) -> None:
    echo.seen.clear()
    request, status = MALFORMED[what]
    answer = ask(tls(lab, fake.outway, fake.root, INWAY), request.replace(HOST, f"Host: {INWAY}\r\n".encode()))
    assert_fsc(answer, status, "ERROR_CODE_MALFORMED_REQUEST", "INWAY")
    assert echo.seen == []


@pytest.mark.parametrize("line", ["CONNECT elders.example:443", "TRACE /"])
def test_method_that_is_not_passed_on_is_refused(lab, peers, echo, line) -> None:
    echo.seen.clear()
    answer = ask(lab.outway_at("afnemer"), f"{line} HTTP/1.1\r\nHost: echo\r\nConnection: close\r\n\r\n".encode())
    if line.startswith("CONNECT") and version(find_binary(None)) < (1, 29):  # an older nginx cannot read such an address
        assert_fsc(answer, 400, "ERROR_CODE_MALFORMED_REQUEST", "OUTWAY")
    else:
        assert_fsc(answer, 405, "ERROR_CODE_METHOD_UNSUPPORTED", "OUTWAY")
    assert echo.seen == []


def test_refusal_before_an_id_was_chosen_has_one(lab, peers) -> None:
    request = b"GET / HTTP/1.1\r\nHost: onbekend\r\nConnection: close\r\n"
    first = assert_fsc(ask(lab.outway_at("afnemer"), request + b"\r\n"), 400, "ERROR_CODE_GRANT_HASH_MISSING", "OUTWAY")
    second = assert_fsc(ask(lab.outway_at("afnemer"), request + b"\r\n"), 400, "ERROR_CODE_GRANT_HASH_MISSING", "OUTWAY")
    assert first != second
    sent = request + f"Fsc-Transaction-Id: {V7}\r\n\r\n".encode()
    assert assert_fsc(ask(lab.outway_at("afnemer"), sent), 400, "ERROR_CODE_GRANT_HASH_MISSING", "OUTWAY") == V7
    wrong = request + b"Fsc-Transaction-Id: onzin\r\nFsc-Grant-Hash: echo\r\n\r\n"
    assert ask(lab.outway_at("afnemer"), wrong).headers["fsc-transaction-id"] != ["onzin"]


def test_refusal_of_the_inway_has_an_id(lab, fake, peers) -> None:
    answer = ask(
        tls(lab, fake.outway, fake.root, INWAY), f"GET / HTTP/1.1\r\nHost: {INWAY}\r\nConnection: close\r\n\r\n".encode()
    )
    assert_fsc(answer, 401, "ERROR_CODE_ACCESS_TOKEN_MISSING", "INWAY")
    assert answer.headers["www-authenticate"] == ["Bearer"]


@pytest.mark.parametrize("named", ["inway.afnemer.lab.localhost", "manager.aanbieder.lab.localhost", "elders.example"])
def test_connection_for_one_name_reaches_no_other(lab, fake, peers, named) -> None:
    answer = ask(
        tls(lab, fake.outway, fake.root, INWAY), f"GET / HTTP/1.1\r\nHost: {named}\r\nConnection: close\r\n\r\n".encode()
    )
    assert_fsc(answer, 421, "ERROR_CODE_MALFORMED_REQUEST", "INWAY")


def test_unknown_name_and_plain_http_get_nowhere(lab, fake, peers) -> None:
    with pytest.raises(OSError):
        tls(lab, fake.outway, fake.root, "elders.lab.localhost")
    answer = ask((lab.address, 8443), f"GET / HTTP/1.1\r\nHost: {INWAY}\r\n\r\n".encode())
    assert answer.status == 400 and json.loads(answer.body)["code"] == "ERROR_CODE_MALFORMED_REQUEST"


@pytest.mark.parametrize("host", [b"Host: iets-anders\r\n", b"Host: vrij\r\n"])
def test_absolute_target_counts_and_host_does_not(lab, connected, echo, host) -> None:
    """RFC 9112, 3.2.2: with an absolute target the Host header is ignored."""
    echo.seen.clear()
    answer = ask(lab.outway_at("afnemer"), b"GET http://Dataplane/pad HTTP/1.1\r\n" + host + b"Connection: close\r\n\r\n")
    assert answer.status == 200 and echo.seen[0].target == "/pad"


def test_absolute_target_names_the_host_and_passes_only_its_path(lab, connected, echo) -> None:
    echo.seen.clear()
    answer = ask(
        lab.outway_at("afnemer"),
        b"GET http://echo.example/pad?x=1 HTTP/1.1\r\nHost: iets\r\nFsc-Grant-Hash: dataplane\r\nConnection: close\r\n\r\n",
    )
    assert answer.status == 200
    assert echo.seen[0].target == "/pad?x=1" and echo.seen[0].headers["host"] == [f"{lab.address}:7001"]


STEERING = [
    "X-Peer",
    "X-Generation",
    "X-Upstream",
    "X-Way",
    "X-Service",
    "X-Caller",
    "X-Length",
    "X-Grant",
    "X-Token",
    "X-Refusal",
]
STEERING += [
    "X-Client-Cert",
    "X-Fingerprint",
    "X-Gateway-Peer",
    "X-Gateway-Client-Cert",
    "X-Authorization",
    "X-Host",
    "X-Name",
]


@pytest.mark.parametrize("form", ["{}: vals", "{}: vals\r\n{}: nog eens", "{}:vals", "{}: vals; a=b"])
def test_headers_that_steer_the_gateway_have_no_effect_from_outside(lab, connected, echo, form) -> None:
    echo.seen.clear()
    lines = [form.replace("{}", name) for name in (*STEERING, "Fsc-Authorization")]
    lines += [form.replace("{}", name.replace("-", "_")) for name in (*STEERING, "Fsc-Authorization", "Fsc-Transaction-Id")]
    request = "GET / HTTP/1.1\r\nHost: dataplane\r\nConnection: close\r\n" + "\r\n".join(lines) + "\r\n\r\n"
    answer = ask(lab.outway_at("afnemer"), request.encode())
    assert answer.status == 200, answer
    (seen,) = echo.seen
    (token,) = seen.headers["fsc-authorization"]
    assert token.startswith("Bearer ey") and UUID7.fullmatch(seen.headers["fsc-transaction-id"][0])
    assert not [name for name in seen.headers if "_" in name]


def test_folded_header_is_refused(lab, connected, echo) -> None:
    echo.seen.clear()
    request = b"GET / HTTP/1.1\r\nHost: dataplane\r\nX-A: 1\r\n Fsc-Authorization: vals\r\nConnection: close\r\n\r\n"
    assert_fsc(ask(lab.outway_at("afnemer"), request), 400, "ERROR_CODE_MALFORMED_REQUEST", "OUTWAY")
    assert echo.seen == []


def test_trailers_of_a_request_bring_in_no_headers(lab, connected, echo) -> None:
    echo.seen.clear()
    request = (
        b"POST / HTTP/1.1\r\nHost: dataplane\r\nTransfer-Encoding: chunked\r\nTrailer: Fsc-Authorization\r\n"
        b"Connection: close\r\n\r\n2\r\nhe\r\n0\r\nFsc-Authorization: vals\r\nX-Peer: vals\r\n\r\n"
    )
    assert ask(lab.outway_at("afnemer"), request).status == 200
    (seen,) = echo.seen
    assert seen.body == b"he" and seen.headers["fsc-authorization"][0].startswith("Bearer ey") and "x-peer" not in seen.headers


def test_only_websocket_is_switched_to(lab, connected, echo) -> None:
    echo.seen.clear()
    request = b"GET / HTTP/1.1\r\nHost: dataplane\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
    with socket.create_connection(lab.outway_at("afnemer"), 10) as connection:
        connection.sendall(request)
        assert connection.recv(65536).startswith(b"HTTP/1.1 200")
    assert "upgrade" not in echo.seen[0].headers
