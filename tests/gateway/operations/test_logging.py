"""Logs: one JSON object per line, refusals once and in bounds, and never a secret."""

from __future__ import annotations

import io
import json
import logging
import os
import signal
import socket
from typing import Any

import pytest
from gateway.nginx.errors import without_content
from gemeengoed_kit.observe.logs import JsonLines, TextLines
from gemeengoed_kit.observe.refusals import Refusals

from tests.gateway.lab import TOKEN, read_lines, until
from tests.gateway.operations.duo import Duo

SECRET = "heel-geheim-7261"


@pytest.mark.xdist_group("duo")
def test_every_line_of_every_process_is_json_with_what_it_needs(duo: Duo) -> None:
    duo.call("onbekend")
    lines = [line for name in ("control", "decide") for line in json_lines(duo, name)]
    assert lines and all({"time", "level", "process", "logger", "message"} <= line.keys() for line in lines)
    assert {"control-1", "control-2", "decide-1", "decide-2"} & {line["process"] for line in lines}


@pytest.mark.xdist_group("duo")
def test_refusal_is_logged_once_with_code_peer_and_transaction(duo: Duo) -> None:
    trace_id = os.urandom(16).hex()
    headers = {"traceparent": f"00-{trace_id}-{'1' * 16}-00"}
    sent = duo.call("onbekend-voor-log", **headers).headers["Fsc-Transaction-Id"]
    (line,) = until(lambda: [one for one in json_lines(duo, "decide") if one.get("transactionId") == sent], what="line")
    assert (line["code"], line["component"], line["peer"]) == ("UNKNOWN_GRANT_HASH_IN_HEADER", "outway", duo.consumer)
    assert line["traceId"] == trace_id


@pytest.mark.xdist_group("duo")
def test_no_log_holds_a_token_key_query_body_or_header_of_a_client(duo: Duo) -> None:
    headers = {"X-Geheim": SECRET, "Cookie": SECRET}
    sent = duo.call(path=f"/{SECRET}?sleutel={SECRET}", **headers).headers["Fsc-Transaction-Id"]
    duo.call(SECRET, f"/{SECRET}?sleutel={SECRET}", **headers)
    with socket.create_connection(duo.lab.outway_at("afnemer"), 10) as raw:
        raw.sendall(f"GET /{SECRET} HTTP/1.1\r\nHost: x\r\n: {SECRET}\r\n\r\n".encode())
        raw.recv(1000)
    answer, duo.echo.answer = duo.echo.answer, f"{SECRET} is geen HTTP\r\n\r\n".encode()
    assert duo.call(path=f"/{SECRET}?sleutel={SECRET}", **headers).status_code == 502
    duo.echo.answer = answer
    until(lambda: any(line["logger"] == "gateway.nginx.errors" for line in json_lines(duo, "control")), what="a message of nginx")
    access = duo.lab.folder / "run"
    for name in ("outway-access.log", "inway-access.log"):
        until(lambda name=name: sent in (access / name).read_text(), what=f"call in {name}")
    for path in (*duo.lab.folder.glob("*.log"), *access.glob("*.log"), access / "nginx" / "error.log"):
        text = path.read_text()
        for secret in (SECRET, TOKEN, "PRIVATE KEY", "Bearer ey", "eyJ"):
            assert secret not in text, f"{secret} in {path.name}"


@pytest.mark.xdist_group("duo")
def test_access_log_of_both_sides_tells_the_same_call(duo: Duo) -> None:
    sent = duo.call().headers["Fsc-Transaction-Id"]
    for name, peer in (("outway", duo.consumer), ("inway", duo.provider)):
        path = duo.lab.folder / "run" / f"{name}-access.log"
        (line,) = until(lambda path=path: [one for one in read_lines(path) if one["transactionId"] == sent], what=name)
        assert (line["peer"], line["status"], line["upstreamStatus"]) == (peer, 200, "200")
        assert line["component"] == name.upper() and line["bytesSent"] > 0 and line["bytesReceived"] > 0


@pytest.mark.xdist_group("duo")
def test_log_that_was_moved_is_opened_anew_on_sigusr1(duo: Duo) -> None:
    path = duo.lab.folder / "run" / "outway-access.log"
    path.rename(path.with_suffix(".oud"))
    os.kill(int((duo.lab.folder / "run" / "nginx" / "nginx.pid").read_text()), signal.SIGUSR1)
    until(path.exists, what="new log")
    sent = duo.call().headers["Fsc-Transaction-Id"]
    until(lambda: sent in path.read_text(), what="call in the new log")


def json_lines(duo: Duo, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (duo.lab.folder / f"{name}.log").read_text().splitlines()]


def logged(formatter: logging.Formatter, *arguments: Any, **options: Any) -> str:
    stream = io.StringIO()
    logger, handler = logging.Logger("proef"), logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    logger.addHandler(handler)
    logger.warning(*arguments, **options)
    return stream.getvalue()


def test_line_with_breaks_and_quotes_stays_one_line() -> None:
    text = logged(JsonLines("decide-1"), 'a\nb "c" %s', "d", extra={"peer": "1", "transaction": "t"})
    assert text.count("\n") == 1
    line = json.loads(text)
    assert line["message"] == 'a\nb "c" d' and (line["peer"], line["transactionId"]) == ("1", "t")


def test_text_form_shows_the_same() -> None:
    assert logged(TextLines("control-1"), "hallo", extra={"code": "X"}).rstrip().endswith("control-1 WARNING proef hallo code=X")


def test_refusals_of_one_code_are_bounded_and_what_was_kept_back_is_told(caplog) -> None:
    now = [0.0]
    refusals = Refusals(lambda: now[0])
    with caplog.at_level("INFO", "gemeengoed.refused"):
        for _ in range(1000):
            refusals.note("A")
        refusals.note("B")
        assert len(caplog.records) == 21
        now[0] = 10.0
        refusals.note("A")
    assert "980 refusals were not logged" in caplog.records[-2].getMessage()


BEHIND = 'client: 127.0.0.1, server: _, request: "GET /x?bsn=1 HTTP/1.1", upstream: "http://127.0.0.1:7001/x?bsn=1", host: "vrij"'
FORGED = 'client: 1.1.1.1, server: , request: "GET /upstream: "http://bsn/ HTTP/1.1", upstream: "http://127.0.0.1:1/upstream:"'
MESSAGES = {
    f"[error] 7#7: *3 connect() failed (111) while connecting to upstream, {BEHIND}": (
        "connect() failed (111) while connecting to upstream (upstream http://127.0.0.1:7001)"
    ),
    '[info] 7#7: *3 client sent invalid header line: "bsn: 1\\x00" while reading, client: 127.0.0.1': (
        'client sent invalid header line: "…" while reading'
    ),
    f"[error] 7#7: *3 js exception: Error: no final answer\n at final (x.js:3), {FORGED}": (
        "js exception: Error: no final answer  at final (x.js:3) (upstream http://127.0.0.1:1)"
    ),
    "bsn in iets anders": "a message in another form",
}


@pytest.mark.parametrize(("message", "shown"), MESSAGES.items())
def test_message_of_nginx_loses_what_it_quotes(message, shown) -> None:
    sent = f"<187>Nov 30 09:10:00 nginx: 2026/11/30 09:10:00 {message}" if message.startswith("[") else message
    assert without_content(sent)[1] == shown
    assert without_content(sent.replace("2026/11/30 09:10:00 ", "", 1))[1] == shown
