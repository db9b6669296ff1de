"""What goes in comes out: paths, queries, headers, bodies and answers, byte for byte through Outway and Inway.

nginx must drop what belongs to one connection (Connection, Keep-Alive, TE, Upgrade other than websocket) and drops header
names with an underscore, since those could pass for ours; Content-Length may become chunked and the other way round.
"""

from __future__ import annotations

import gzip
import os
import random
import string

import pytest

from tests.gateway.backend import answer
from tests.gateway.wire import Answer, ask, parse

TARGETS = [
    "/",
    "/?",
    "/??",
    "//",
    "///a//b/",
    "/a%2Fb//c;d=1/../e?x=a+b&y=&z=%20&&q=%2F",
    "/a/./b/../c",
    "/x/y/..%2f%2e%2e%2fd",
    "/a%2f..%2fb",
    "/%e2%82%ac?naam=S%C3%BAdwest",
    "/a?b=%00&c=%0d%0a",
    "/decide",
    "/error",
    "/a;b=c;d,e:f@g!h$i&j'k(l)m*n=o~p_q-r.s",
    "/a%25b%3Fc%23d",
    '/[x]|^`{y}<z>"',
    "/a?x[]=1&x[]=2&&&=&=x&y",
    "/\xc3\xa9",
    "/a?" + "q=" + "x" * 20_000,
    "/" + "p/" * 5_000,
]
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "REPORT", "QUERY", "X-EIGEN"]
OURS = {"fsc-authorization", "fsc-transaction-id", "host", "connection", "content-length", "transfer-encoding"}


def call(lab, line: str, *headers: str, body: bytes = b"", name: str = "dataplane") -> Answer:
    lines = [f"{line} HTTP/1.1", f"Host: {name}", "Connection: close", *headers]
    return ask(lab.outway_at("afnemer"), "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)


@pytest.mark.parametrize("target", TARGETS, ids=range(len(TARGETS)))
def test_path_and_query_arrive_byte_for_byte(lab, connected, echo, target) -> None:
    echo.seen.clear()
    assert call(lab, f"GET {target}").status == 200
    assert [request.target for request in echo.seen] == [target]


def test_any_path_of_visible_characters_arrives_byte_for_byte(lab, connected, echo) -> None:
    chance = random.Random(20261122)
    parts = [*string.printable[:94], "%2F", "%2e", "%25", "//", "/./", "%e2%82%ac", "+", "?", "&"]
    parts.remove("#")  # a fragment is never sent; nginx ends the path there
    for _ in range(150):
        target = "/" + "".join(chance.choices(parts, k=chance.randrange(60)))
        echo.seen.clear()
        answered = call(lab, f"GET {target}")
        if answered.status == 400:  # above the root, or a percent sign that encodes nothing
            assert ".." in target.replace("%2e", ".").replace("%2E", ".") or "%" in target, target
            assert echo.seen == []
            continue
        assert answered.status == 200, (target, answered)
        assert [request.target for request in echo.seen] == [target]


@pytest.mark.parametrize("method", METHODS)
def test_method_arrives(lab, connected, echo, method) -> None:
    echo.seen.clear()
    echo_answer = call(lab, f"{method} /")
    assert echo_answer.status == 200 and echo.seen[0].method == method


def test_headers_arrive_in_order_and_with_their_duplicates(lab, connected, echo) -> None:
    sent = [
        "X-Een: 1",
        "x-een: 2",
        "Cookie: a=b; c=d",
        "Accept: text/html;q=0.9, */*",
        "Accept-Encoding: gzip, br",
        "Authorization: Basic YTpi",
        "X-Leeg:",
        "X-Utf8: S\xc3\xbadwest",
        'If-None-Match: "x"',
        "Range: bytes=0-1",
        "Expect-Niets: 1",
        "X-Forwarded-For: 192.0.2.1",
        "Forwarded: for=192.0.2.1",
        "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "X-Lang: " + "w" * 20_000,
        "Content-Type: application/x-iets",
        "Date: gisteren",
        "Via: 1.1 x",
    ]
    echo.seen.clear()
    assert call(lab, "GET /", *sent).status == 200
    lines = echo.seen[0].head.decode("latin-1").split("\r\n")[1:]
    arrived = [line for line in lines if line.partition(":")[0].lower() not in OURS]
    assert arrived == [line if not line.endswith(":") else line + " " for line in sent]


@pytest.mark.parametrize("how", ["none", "empty", "length", "chunked", "tiny chunks"])
def test_body_arrives_byte_for_byte(lab, connected, echo, how) -> None:
    body = {"none": b"", "empty": b"", "tiny chunks": os.urandom(2_000)}.get(how, os.urandom(3_000_000))
    size = 1 if how == "tiny chunks" else 70_001
    chunks = b"".join(
        b"%x;ext=1\r\n%b\r\n" % (len(body[at : at + size]), body[at : at + size]) for at in range(0, len(body), size)
    )
    header, sent = {
        "none": ("X-Geen: body", b""),
        "empty": ("Content-Length: 0", b""),
        "length": (f"Content-Length: {len(body)}", body),
    }.get(how, ("Transfer-Encoding: chunked", chunks + b"0\r\n\r\n"))
    echo.seen.clear()
    assert call(lab, "POST /", header, body=sent).status == 200
    assert echo.seen[0].body == body


ANSWERS = {
    "reason": b"HTTP/1.1 200 Prima Hoor\r\nContent-Length: 2\r\n\r\nok",
    "no reason": b"HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok",
    "unknown status": b"HTTP/1.1 299 Iets\r\nContent-Length: 2\r\n\r\nok",
    "many headers": b"HTTP/1.1 200 OK\r\nSet-Cookie: a=1; Path=/\r\nSet-Cookie: b=2\r\nX-Dubbel: 1\r\nX-Dubbel: 2\r\n"
    b'Vary: A\r\nVary: B\r\nLink: </x>; rel=next\r\nCache-Control: no-store\r\nExpires: 0\r\nETag: W/"x"\r\n'
    b"Last-Modified: Mon, 01 Jan 2018 00:00:00 GMT\r\nServer: Eigen/1\r\nDate: Mon, 01 Jan 2018 00:00:00 GMT\r\n"
    b"Location: http://127.0.0.1:7002/elders?a=b\r\nRefresh: 1; url=http://x/\r\nWWW-Authenticate: Basic realm=x\r\n"
    b"WWW-Authenticate: Bearer\r\nX_Onder: 1\r\nX-Accel-Redirect: /decide\r\nX-Accel-Buffering: yes\r\n"
    b"X-Accel-Limit-Rate: 1\r\nX-Upstream: x\r\nFsc-Error-Code: VAN_DE_SERVICE\r\nContent-Length: 2\r\n\r\nok",
    "error of the service": b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: application/problem+json\r\nContent-Length: 2\r\n\r\n{}",
    "unauthorised": b"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n",
    "forbidden": b"HTTP/1.1 403 Forbidden\r\nContent-Length: 3\r\n\r\nnee",
    "not acceptable": b"HTTP/1.1 413 Te Groot\r\nContent-Length: 3\r\n\r\nnee",
    "redirect": b"HTTP/1.1 301 Weg\r\nLocation: //elders/x\r\nContent-Length: 0\r\n\r\n",
    "no content": b"HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n",
    "not modified": b'HTTP/1.1 304 Not Modified\r\nETag: "x"\r\n\r\n',
    "gzip": (lambda body: b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body) + body)(
        gzip.compress(b"x" * 1000)
    ),
    "binary": b"HTTP/1.1 200 OK\r\nContent-Length: 256\r\n\r\n" + bytes(range(256)),
}


@pytest.mark.parametrize("what", ANSWERS)
def test_answer_comes_back_byte_for_byte(lab, backend, what) -> None:
    backend.handler = answer(ANSWERS[what])
    given, got = parse(ANSWERS[what]), call(lab, "GET /", name="vrij")
    assert (got.status, got.reason.strip(), got.body) == (given.status, given.reason.strip(), given.body)
    extra = {name: values for name, values in got.headers.items() if name not in given.headers}
    assert set(extra) <= {"connection", "fsc-transaction-id", "date", "server"}, extra
    assert {name: got.headers[name] for name in given.headers} == given.headers


def test_answer_without_length_and_in_chunks_comes_back_whole(lab, backend) -> None:
    body = os.urandom(300_000)
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(body[at : at + 999]), body[at : at + 999]) for at in range(0, len(body), 999))
    for raw in (
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n",
    ):
        backend.handler = answer(raw)
        assert unchunked(call(lab, "GET /", name="vrij").body) == body


def test_trailers_of_an_answer_come_back(lab, backend) -> None:
    backend.handler = answer(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Som\r\n\r\n2\r\nok\r\n0\r\nX-Som: 1\r\n\r\n"
    )
    assert b"X-Som: 1\r\n" in call(lab, "GET /", "TE: trailers", name="vrij").raw


def test_head_has_the_length_and_no_body(lab, backend) -> None:
    backend.handler = answer(b"HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n")
    got = ask(lab.outway_at("afnemer"), b"HEAD / HTTP/1.1\r\nHost: vrij\r\nConnection: close\r\n\r\n")
    assert (got.status, got.headers["content-length"], got.body) == (200, ["1234"], b"")


def unchunked(body: bytes) -> bytes:
    whole = b""
    while body:
        size, _, rest = body.partition(b"\r\n")
        count = int(size, 16)
        whole, body = whole + rest[:count], rest[count + 2 :]
        if count == 0:
            break
    return whole
