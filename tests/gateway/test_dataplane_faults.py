"""Reloads lose nothing; and while a part of the gateway is gone, calls are refused until it is back, by itself."""

from __future__ import annotations

import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import psutil
import pytest

from tests.gateway.backend import answer, read_head
from tests.gateway.lab import until

RELOADS = 20


@pytest.fixture
def call(lab, connected, echo) -> Iterator:
    """Calls `echo` through the consumer's Outway on one kept connection; the service's memory starts empty."""
    echo.seen.clear()
    with httpx.Client(base_url=lab.outway("afnemer"), headers={"Host": "dataplane"}, timeout=20, trust_env=False) as client:
        yield lambda: client.get("/v1/x")


def refused(answered: httpx.Response) -> bool:
    return answered.status_code == 500 and answered.headers["Fsc-Error-Code"] == "TRANSACTION_LOG_WRITE_ERROR"


def digest(lab) -> str:
    return (lab.folder / "run" / "nginx" / "nginx.conf").read_text().splitlines()[0]


class Callers:
    """Clients that call without pause, each on its own kept connection, until the block ends."""

    def __init__(self, lab, number: int) -> None:
        self._lab, self._stop = lab, threading.Event()
        self.statuses: list[int | str] = []
        self._threads = [threading.Thread(target=self._call, args=(post,)) for post in [True, False] * (number // 2)]

    def __enter__(self) -> Callers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _call(self, post: bool) -> None:
        with httpx.Client(
            base_url=self._lab.outway("afnemer"), headers={"Host": "dataplane"}, timeout=20, trust_env=False
        ) as client:
            while not self._stop.is_set():
                try:
                    sent = client.post("/", content=b"x" * 1000) if post else client.get("/")
                    self.statuses.append(sent.status_code)
                except httpx.HTTPError as problem:
                    self.statuses.append(repr(problem))


def test_reloads_fail_no_call_and_cut_no_stream(lab, peers, connected, backend, echo) -> None:
    done = threading.Event()

    def stream(connection, head: bytes) -> None:
        if head.startswith(b"GET"):
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: begin\n\n")
            assert done.wait(60)
            connection.sendall(b"data: einde\n\n")
        else:
            got = b""
            while b"einde" not in got:
                got += connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    backend.handler = stream
    open_streams = [socket.create_connection(lab.outway_at("afnemer"), 10) for _ in range(2)]
    events, upload = open_streams
    events.sendall(b"GET / HTTP/1.1\r\nHost: vrij\r\n\r\n")
    assert read_head(events)[0].startswith(b"HTTP/1.1 200")
    upload.sendall(b"PUT / HTTP/1.1\r\nHost: vrij\r\nContent-Length: 10\r\n\r\nbegin")
    until(lambda: backend.heads and backend.heads[-1].startswith(b"PUT"), what="the upload is at the service")
    with Callers(lab, 4) as callers:
        for number in range(RELOADS):
            before = digest(lab)
            lab.post(f"/peers/{peers['dir']}/services", {"naam": f"extra-{number}", "url": f"http://{lab.address}:7009"})
            until(lambda before=before: digest(lab) != before, what="a new configuration")
    assert set(callers.statuses) == {200} and len(callers.statuses) > RELOADS
    done.set()
    upload.sendall(b"einde")
    for connection, last in ((events, b"einde"), (upload, b"ok")):
        with connection:
            got = b""
            while last not in got:
                part = connection.recv(65536)
                assert part, "the stream was cut"
                got += part


def test_control_gone_passes_calls_and_comes_back(lab, call) -> None:
    assert call().status_code == 200, "the Outway has its token, which it gets from a Manager, so from control"
    lab.end("control", signal.SIGKILL)
    try:
        assert [call().status_code for _ in range(5)] == [200] * 5
    finally:
        lab.spawn("control")
    until(lab._ready, what="control is back")
    assert call().status_code == 200


def test_database_that_hangs_refuses_and_comes_back(lab, server, call, echo) -> None:
    assert call().status_code == 200
    echo.seen.clear()
    main = psutil.Process(server.proces.pid)
    with frozen([main, *main.children(recursive=True)]):
        started = time.monotonic()
        assert refused(call())
        assert time.monotonic() - started < 8
        assert refused(call())
    assert echo.seen == []
    until(lambda: call().status_code == 200, what="calls pass again")


@contextmanager
def frozen(processes: list[psutil.Process]) -> Iterator[None]:
    """Processes stopped where they stand, and going on after the block."""
    for process in processes:
        process.suspend()
    try:
        yield
    finally:
        for process in processes:
            process.resume()


def test_service_that_hangs_up_gives_the_inways_error(lab, backend) -> None:
    backend.handler = answer(b"")
    with httpx.Client(base_url=lab.outway("afnemer"), headers={"Host": "vrij"}, timeout=20, trust_env=False) as client:
        answered = client.get("/")
    assert (answered.status_code, answered.json()["code"]) == (502, "ERROR_CODE_SERVICE_UNREACHABLE")
    assert answered.json()["domain"] == "ERROR_DOMAIN_INWAY" and answered.headers["Fsc-Transaction-Id"]
