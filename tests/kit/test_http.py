"""A real server on a real socket: what the HTTP parser refuses is a problem in Dutch too."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn
from gemeengoed_kit.app import application
from gemeengoed_kit.http import LARGEST_HEAD, http_protocol

from tests.kit.conftest import service


@pytest.fixture
def poort(context) -> Iterator[int]:
    """The port of the service, served as `serve` does."""
    listener = socket.create_server(("127.0.0.1", 0))
    protocol = http_protocol(service.api.version)
    server = uvicorn.Server(
        uvicorn.Config(application(service.api, context), http=protocol, server_header=False, log_config=None, access_log=False)
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield listener.getsockname()[1]
    server.should_exit = True
    thread.join()
    listener.close()


def stuur(poort: int, *stukken: bytes) -> bytes:
    """Everything that the server says until it closes."""
    with socket.create_connection(("127.0.0.1", poort), timeout=20) as verbinding:
        for stuk in stukken:
            verbinding.sendall(stuk)
        gezegd = b""
        while stuk := verbinding.recv(65536):
            gezegd += stuk
    return gezegd


def antwoorden(gezegd: bytes) -> list[tuple[int, dict[str, str], bytes]]:
    """(status, headers, body) of each answer, by its Content-Length."""
    gevonden = []
    while gezegd:
        kop, _, rest = gezegd.partition(b"\r\n\r\n")
        regels = kop.decode().split("\r\n")
        headers = {naam.lower(): waarde for naam, waarde in (regel.split(": ", 1) for regel in regels[1:])}
        lengte = int(headers["content-length"])
        gevonden.append((int(regels[0].split()[1]), headers, rest[:lengte]))
        gezegd = rest[lengte:]
    return gevonden


def is_probleem(antwoord: tuple[int, dict[str, str], bytes], status: int) -> str:
    gekregen, headers, inhoud = antwoord
    assert gekregen == status and headers["content-type"] == "application/problem+json"
    assert headers["api-version"] == "1.2.3" and headers["x-content-type-options"] == "nosniff"
    body = json.loads(inhoud)
    assert body["status"] == status and {"type", "title", "detail"} <= set(body)
    return body["detail"]


GOED = b"GET /v1/munten HTTP/1.1\r\nHost: a\r\n\r\n"
LAATSTE = b"GET /v1/munten HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"


@pytest.mark.parametrize(
    ("aanvraag", "status", "woord"),
    [
        ("GET /v1/munten?naam=Súdwest HTTP/1.1\r\nHost: a\r\n\r\n".encode(), 400, "procenttekens"),
        ("GET /v1/mún HTTP/1.1\r\nHost: a\r\n\r\n".encode(), 400, "procenttekens"),
        (b"GET /v1/munten?a b HTTP/1.1\r\nHost: a\r\n\r\n", 400, "HTTP"),
        (b"FOO /v1/munten HTTP/1.1\r\nHost: a\r\n\r\n", 501, "methode"),
        (b"get /v1/munten HTTP/1.1\r\nHost: a\r\n\r\n", 501, "methode"),
        (b"\x16\x03\x01\x02\x00\x01\x00", 501, "methode"),
        (b"GET /v1/munten HTTP/9.9\r\nHost: a\r\n\r\n", 400, "HTTP"),
        (b"GET /v1/munten HTTP/1.1\r\nHost a\r\n\r\n", 400, "HTTP"),
        (b"POST /v1/munten HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", 400, "HTTP"),
        (b"POST /v1/munten HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400, "HTTP"),
        (b"CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", 400, "HTTP"),
        (b"GET /v1/munten HTTP/1.1\r\nX: " + b"a" * (LARGEST_HEAD + 10) + b"\r\n\r\n", 431, "kopregels"),
        (b"GET /v1/munten?x=" + b"a" * 30_000 + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 414, "adres"),
        (b"PROPFIND /v1/munten HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 405, "methode"),
    ],
)
def test_wat_geen_goede_aanvraag_is_krijgt_een_probleem(poort, aanvraag, status, woord):
    [antwoord] = antwoorden(stuur(poort, aanvraag))
    assert woord.lower() in is_probleem(antwoord, status).lower()
    assert antwoord[1]["connection"] == "close"


def test_405_noemt_wat_wel_mag(poort):
    [(_, headers, _)] = antwoorden(stuur(poort, b"PROPFIND /v1/munten HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
    assert headers["allow"] == "GET, HEAD, POST"


def test_kopregels_zonder_einde_worden_afgebroken(poort):
    stukken = [b"GET /v1/munten HTTP/1.1\r\n"] + [b"X: " + b"a" * 30_000 + b"\r\n"] * 30
    try:
        gezegd = stuur(poort, *stukken)
    except (BrokenPipeError, ConnectionResetError):
        return  # the server closed before all was sent, and its answer was lost with it
    assert antwoorden(gezegd)[0][0] == 431


def test_goede_aanvraag_voor_een_slechte_krijgt_eerst_haar_antwoord(poort):
    """The answer to the first is never mixed with, or replaced by, what is said of the second."""
    gezegd = stuur(poort, GOED + b"FOO / HTTP/1.1\r\n\r\n")
    eerste = antwoorden(gezegd)[0]
    assert eerste[0] == 200 and json.loads(eerste[2]) == {"aantal": 0}
    assert len(re.findall(b"HTTP/1.1 ", gezegd)) == 1


def test_stukke_inhoud_krijgt_een_antwoord(poort):
    kop = b"POST /v1/munten HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    [antwoord] = antwoorden(stuur(poort, kop + b"xyz\r\n"))
    is_probleem(antwoord, 400)


def test_wie_een_websocket_vraagt_krijgt_http(poort):
    vraag = b"GET /v1/munten HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    vraag += b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    [(status, headers, _)] = antwoorden(stuur(poort, vraag))
    assert status == 200 and headers["api-version"] == "1.2.3"


def test_verbinding_blijft_bruikbaar_na_goede_aanvragen(poort):
    assert [status for status, _, _ in antwoorden(stuur(poort, GOED + GOED + LAATSTE))] == [200, 200, 200]
