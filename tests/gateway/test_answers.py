"""Whatever a service answers, a client gets one right final answer or a 502, and its next call gets its own answer: on the same
connection, over HTTP/1.1 and HTTP/2, in the clients that people use."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import httpx
import pytest
import urllib3

from tests.gateway.suite.test_outway import agree_with

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
EVIL = b"HTTP/1.1 200 OK\r\nX-Service: echo\r\nContent-Length: 4\r\n\r\nevil"
BOTH = len(OK + EVIL)
REFUSED = [502, "ERROR_CODE_"]
ANSWERS: dict[str, tuple[bytes, bytes, list]] = {
    # Name to what comes at once, what comes while the client's next call is handled, and what the client must see.
    "100-with-body": (b"HTTP/1.1 100 Continue\r\nContent-Length: %d\r\n\r\n" % BOTH + OK, EVIL, REFUSED),
    "102-with-body": (b"HTTP/1.1 102 Processing\r\nContent-Length: %d\r\n\r\n" % BOTH + OK, EVIL, REFUSED),
    "199-with-body": (b"HTTP/1.1 199 Almost\r\nContent-Length: %d\r\n\r\n" % BOTH + OK, EVIL, REFUSED),
    "100-chunked": (b"HTTP/1.1 100 Continue\r\nTransfer-Encoding: chunked\r\n\r\n28\r\n" + OK + b"\r\n", EVIL, REFUSED),
    "100-alone": (b"HTTP/1.1 100 Continue\r\n\r\n", EVIL, REFUSED),
    "100-then-200": (b"HTTP/1.1 100 Continue\r\n\r\n" + OK, EVIL, REFUSED),
    "102-then-200": (b"HTTP/1.1 102 Processing\r\n\r\n" + OK, EVIL, REFUSED),
    "103-then-200": (b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK, EVIL, [200, "ok"]),
    "101-unasked": (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n" + OK, EVIL, REFUSED),
    "000": (b"HTTP/1.1 000 Nothing\r\nContent-Length: 2\r\n\r\nok", EVIL, REFUSED),
    "no-status-line": (b"SSH-2.0-OpenSSH_9.9\r\n" + OK, EVIL, REFUSED),
    "blank-line-first": (b"\r\n" + OK, EVIL, REFUSED),
    "http2-preface": (b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + bytes(18), EVIL, REFUSED),
    "tls-alert": (b"\x15\x03\x01\x00\x02\x02\x46", EVIL, REFUSED),
    "two-lengths": (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 4\r\n\r\nokok", EVIL, REFUSED),
    "length-and-chunked": (
        b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
        EVIL,
        REFUSED,
    ),
    "negative-length": (b"HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok", EVIL, REFUSED),
    "header-without-name": (b"HTTP/1.1 200 OK\r\n: x\r\nContent-Length: 2\r\n\r\nok", EVIL, REFUSED),
    "too-much": (OK + EVIL, EVIL, [200, "ok"]),
    "204-with-body": (b"HTTP/1.1 204 No Content\r\nContent-Length: %d\r\n\r\n" % len(EVIL) + EVIL, EVIL, [204, ""]),
    "304-with-body": (b"HTTP/1.1 304 Not Modified\r\n\r\n" + EVIL, EVIL, [304, ""]),
}
Call = Callable[[str, str], list]
"""Makes a GET under an alias; status, and the FSC code when there is one, else the body."""


def seen(status: int, code: str | None, body: str) -> list:
    return [status, code[:11] if code else body]


def with_httpx(url: str, *, http2: bool = False) -> Iterator[Call]:
    with httpx.Client(base_url=url, timeout=10, trust_env=False, http1=not http2, http2=http2) as client:

        def call(alias: str, path: str) -> list:
            got = client.get(path, headers={"Fsc-Grant-Hash": alias})
            return seen(got.status_code, got.headers.get("Fsc-Error-Code"), got.text)

        yield call


def with_httpx_http2(url: str) -> Iterator[Call]:
    return with_httpx(url, http2=True)


def with_urllib3(url: str) -> Iterator[Call]:
    pool = urllib3.HTTPConnectionPool(*_address(url), maxsize=1, retries=False, timeout=10)

    def call(alias: str, path: str) -> list:
        got = pool.request("GET", path, headers={"Fsc-Grant-Hash": alias})
        return seen(got.status, got.headers.get("Fsc-Error-Code"), got.data.decode())

    yield call
    pool.close()


def with_http_client(url: str) -> Iterator[Call]:
    connection = HTTPConnection(*_address(url), timeout=10)

    def call(alias: str, path: str) -> list:
        connection.request("GET", path, headers={"Fsc-Grant-Hash": alias})
        got = connection.getresponse()
        return seen(got.status, got.getheader("Fsc-Error-Code"), got.read().decode())

    yield call
    connection.close()


def with_bare_socket(url: str) -> Iterator[Call]:
    """Takes any status for a final one, and each answer for that to its last call; as simple clients do."""
    connection = socket.create_connection(_address(url), 10)
    rest = b""

    def call(alias: str, path: str) -> list:
        nonlocal rest
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nFsc-Grant-Hash: {alias}\r\n\r\n".encode())
        while b"\r\n\r\n" not in rest:
            part = connection.recv(65536)
            assert part, "closed without an answer"
            rest += part
        head, _, rest = rest.partition(b"\r\n\r\n")
        lines = dict(line.lower().split(": ", 1) for line in head.decode().split("\r\n")[1:])
        status = int(head.split(b" ")[1])
        size = 0 if status in (204, 304) else int(lines["content-length"])
        while len(rest) < size:
            rest += connection.recv(65536)
        body, rest = rest[:size], rest[size:]
        return seen(status, lines.get("fsc-error-code", "").upper() or None, body.decode())

    yield call
    connection.close()


def _address(url: str) -> tuple[str, int]:
    host, _, port = url.removeprefix("http://").partition(":")
    return host, int(port)


@pytest.fixture
def hostile(lab, connected, backend, echo) -> Iterator[None]:
    """`vrij` answers as its path says; its second part comes while `echo` handles the next call."""
    echo.seen.clear()
    waiting: list[tuple[threading.Event, threading.Event]] = []

    def answer(connection: socket.socket, head: bytes) -> None:
        first, second, _ = ANSWERS[head.split(b" ")[1].decode().strip("/")]
        go, sent = threading.Event(), threading.Event()
        waiting.append((go, sent))
        try:
            connection.sendall(first)
            assert go.wait(20)
            connection.sendall(second)
        except OSError:
            pass
        finally:
            sent.set()

    def during(request: object) -> None:
        while waiting:
            go, sent = waiting.pop()
            go.set()
            assert sent.wait(20)

    backend.handler, echo.during = answer, during
    yield
    during(None)
    echo.during = None


@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize("client", [with_bare_socket, with_http_client, with_urllib3, with_httpx, with_httpx_http2])
def test_no_answer_reaches_another_call(lab, client) -> None:
    table = {}
    for name in ANSWERS:
        for call in client(lab.outway("afnemer")):  # one
            table[name] = [call("vrij", f"/{name}"), call("dataplane", "/eigen")]
    assert table == {name: [expected, [200, "ok"]] for name, (_, _, expected) in ANSWERS.items()}


PROGRAMS = {
    "node": ("node", "antwoorden.mjs"),
    "go": ("go", "run", "antwoorden.go"),
    "java": ("java", "-XX:TieredStopAtLevel=1", "Antwoorden.java"),
}


@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize("language", PROGRAMS)
def test_no_answer_reaches_another_call_in_other_languages(lab, language) -> None:
    program = PROGRAMS[language]
    if shutil.which(program[0]) is None:
        pytest.skip(f"{program[0]} is not installed")
    done = subprocess.run(
        [*program, lab.outway("afnemer"), *ANSWERS],
        cwd=Path(__file__).parent / "programmas",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    table = {name: [seen(*first), seen(*second)] for name, first, second in map(json.loads, done.stdout.splitlines())}
    assert table == {name: [expected, [200, "ok"]] for name, (_, _, expected) in ANSWERS.items()}


def test_no_answer_of_another_inway_reaches_another_call(lab, peers, fake, inway, connected, echo) -> None:
    """An Inway that is not ours: the client of our Outway gets a right answer or 502, or its connection closes."""
    grant, was, table = agree_with(lab, peers, fake, inway), inway.answer, {}
    try:
        for name, (first, second, _) in ANSWERS.items():
            inway.answer = first + second
            calls = with_bare_socket(lab.outway("afnemer"))
            call = next(calls)
            try:
                answered = call(grant, "/x")
            except (AssertionError, ConnectionResetError):
                answered = ["closed"]
                call = next(with_bare_socket(lab.outway("afnemer")))
            table[name] = [answered, call("dataplane", "/eigen")]
    finally:
        inway.answer = was
    assert all(own == [200, "ok"] for _, own in table.values()) and table.keys() == ANSWERS.keys()
    wrong = {name: got for name, (got, _) in table.items() if got not in (ANSWERS[name][2], REFUSED, ["closed"])}
    assert wrong == {}
    assert table["too-much"][0] == [200, "ok"] and table["103-then-200"][0] == [200, "ok"]
