"""`make bench-api` measures what it says: its generator tells right answers from wrong ones, its floors bite, and it runs."""

from __future__ import annotations

import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.bench.api import Measured, floors
from tests.bench.figures import Series
from tests.bench.load import CUT, SERIAL, Job, Result, Run
from tests.bench.sources import SUBJECTS

OK = b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nheel"
BUSY = b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 1\r\n\r\n!"
BROKEN = b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n"
HALF = b"HTTP/1.1 200 OK\r\ncontent-length: 400\r\n\r\nhalf"


class Scripted(socketserver.ThreadingTCPServer):
    """Answers calls with the next of `answers`, the last for ever; None closes the connection."""

    daemon_threads = True

    def __init__(self, answers: list[bytes | None]) -> None:
        self.answers, self.heard = answers, list[tuple[float, bytes]]()
        super().__init__(("127.0.0.1", 0), Scripted.Handler)

    class Handler(socketserver.BaseRequestHandler):
        server: Scripted

        def handle(self) -> None:
            script = self.server.answers
            while request := self.request.recv(65536):
                self.server.heard.append((time.monotonic(), request))
                answer = script.pop(0) if len(script) > 1 else script[0]
                if answer is None:
                    return
                for part in (answer[:20], answer[20:]):
                    self.request.sendall(part)
                if answer is HALF:
                    return


@contextmanager
def scripted(*answers: bytes | None) -> Iterator[Scripted]:
    with Scripted(list(answers)) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.02])
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def do(server: Scripted, **more: Any) -> Result:
    """A job of twelve calls on one connection, unless told otherwise."""
    job = {"connections": 1, "calls": 12, "answer": "heel", "request": f"GET /{SERIAL} HTTP/1.1\r\n\r\n", **more}
    return Run(Job("own", [server.server_address], **job)).go()  # type: ignore[list-item]


def test_every_call_differs_where_it_says_serial() -> None:
    with scripted(OK) as server:
        result = do(server, connections=3)

    requests = [request for _, request in server.heard]
    assert (result.done, result.failed, result.statuses) == (12, 0, {"200": 12})
    assert len(set(requests)) == 12 and all(len(request) == len(requests[0]) for request in requests)


def test_connection_waits_after_a_503_when_told_so() -> None:
    with scripted(BUSY, OK) as server:
        result = do(server, calls=2, pause=0.15)

    assert (result.done, result.failed, result.statuses) == (1, 0, {"503": 1, "200": 1})
    (refused_at, _), (again_at, _) = server.heard
    assert again_at - refused_at >= 0.15


def test_nobody_waits_any_longer_when_the_time_is_over() -> None:
    with scripted(BUSY) as server:
        result = do(server, calls=0, seconds=0.3, pause=60.0)

    assert (result.statuses, result.failed) == ({"503": 1}, 0)
    assert result.seconds < 30


def test_503_is_a_fault_where_it_is_not_expected() -> None:
    with scripted(BUSY, OK) as server:
        result = do(server, calls=2)

    assert (result.done, result.failed) == (1, 1)
    assert "503" in result.wrong


@pytest.mark.parametrize(
    ("answer", "status"),
    [(BROKEN, "500"), (None, CUT), (HALF, CUT), (OK.replace(b"heel", b"stuk"), "200")],
    ids=["status", "cut", "cut half-way", "another body"],
)
def test_answer_that_is_not_the_right_one_is_a_fault(answer: bytes | None, status: str) -> None:
    with scripted(answer) as server:
        result = do(server, calls=3, answer="heel" if answer != HALF else "")

    assert (result.done, result.failed, result.statuses) == (0, 3, {status: 3})


def test_answers_are_counted_by_second() -> None:
    with scripted(OK) as server:
        result = do(server, calls=0, seconds=1.0)

    assert result.per_second == [result.in_time]
    assert 0 < result.in_time <= result.done


def turn(rate: float, statuses: dict[str, int] | None = None, per_second: list[int] | None = None) -> dict[str, Any]:
    return {"rate": rate, "statuses": statuses or {"200": 9}, "per_second": per_second or [9, 9]}


def measured(ours: list[dict[str, Any]], **others: list[dict[str, Any]]) -> Measured:
    return Measured(SUBJECTS[0], 32, Series("test", {"ours": ours, "bare": [turn(100)] * len(ours), **others}))


def missed(measured: Measured) -> list[str]:
    return [f"{floor.what} {floor.seen}" for floor in floors(measured) if not floor.held]


def test_half_of_bare_is_enough() -> None:
    assert missed(measured([turn(50), turn(51), turn(40), turn(60)])) == []


def test_less_than_half_of_bare_is_missed() -> None:
    (line,) = missed(measured([turn(49), turn(49), turn(40), turn(60)]))

    assert "ratio 0.49" in line


def test_crowd_may_be_refused_but_not_slow_silent_or_broken() -> None:
    few = [turn(100), turn(100)]

    assert missed(measured([turn(80, {"200": 9, "503": 99}), turn(80)], few=few)) == []
    (slow,) = missed(measured([turn(79), turn(79)], few=few))
    (silent,) = missed(measured([turn(80), turn(80, per_second=[9, 0])], few=few))
    (broken,) = missed(measured([turn(80, {"200": 9, "500": 1}), turn(80)], few=few))
    assert ("0.79" in slow, "answers 1 of 4" in silent, "statuses 200, 500" in broken) == (True, True, True)


def test_quick_benchmark_finds_equal_answers_and_an_entry_for_every_booking() -> None:
    command = ["-m", "tests.bench.api", "--quick", "--only", "list100", "booking", "--rounds", "1"]
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, timeout=300)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "MISSED" not in done.stdout
    assert "| a list of 100 | 4 |" in done.stdout and "| a booking | 20 |" in done.stdout
