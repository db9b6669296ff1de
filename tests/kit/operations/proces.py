"""The trial service of tests/kit/conftest.py as processes of their own, looked at from outside."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx
import psutil
from prometheus_client.parser import text_string_to_metric_families

from tests.conftest import ROOT

T = TypeVar("T")
API_POORT, SERVE_POORT, WORK_POORT = 8101, 8111, 8121
POORTEN = [API_POORT, SERVE_POORT, WORK_POORT]
METRICS_TOKEN = "alleen-om-te-meten"
START = """
from gemeengoed_kit.starting import importing
with importing():
    from gemeengoed_kit.process import main
    from tests.kit.conftest import service
main(service)
"""


def until(condition: Callable[[], T], *, seconds: float = 60, what: str = "condition") -> T:
    """The first true value of `condition`; fails when it stays false."""
    deadline, rest = time.monotonic() + seconds, 0.02
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < deadline, f"{what}: still {value!r} after {seconds} s"
        time.sleep(rest)
        rest = min(0.2, 1.2 * rest)  # who asks all the time keeps a slow machine from what it waits for


@dataclass
class Proces:
    """One command of the service, and what the operator sees of it."""

    opdracht: list[str]
    adres: str
    poort: int
    log: Path
    omgeving: dict[str, str] = field(repr=False)

    def __post_init__(self) -> None:
        with self.log.open("ab") as log:
            command = [sys.executable, "-c", START, *self.opdracht]
            self.popen = subprocess.Popen(command, env=self.omgeving, stdout=log, stderr=log, cwd=ROOT)

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.popen.pid).children()

    def beside(self, path: str, token: str | None = METRICS_TOKEN, *, timeout: float = 10) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx.get(
            f"http://{self.adres}:{self.poort}{path}", headers=headers, trust_env=False, timeout=timeout, verify=False
        )

    def ready(self) -> bool:
        assert self.popen.poll() is None, self.log.read_text()[-2000:]
        try:
            return self.beside("/ready").status_code == 200
        except httpx.TransportError:
            return False

    def failing(self) -> set[str]:
        """The parts of which readiness says that they do not work."""
        return {part["naam"] for part in self.beside("/ready").json()["onderdelen"] if not part["werkt"]}

    def metrics(self) -> list[tuple[str, dict[str, str], float]]:
        answer = self.beside("/metrics")
        assert answer.status_code == 200, answer.text
        return [
            (one.name, one.labels, one.value) for family in text_string_to_metric_families(answer.text) for one in family.samples
        ]

    def total(self, name: str, **labels: str) -> float:
        """Sum of the samples with these labels."""
        return sum(value for found, own, value in self.metrics() if found == name and labels.items() <= own.items())

    def lines(self, **fields: Any) -> list[dict[str, Any]]:
        """The log, of which every line is JSON; only those with these fields."""
        found = [json.loads(line) for line in self.log.read_text().splitlines()]
        return [line for line in found if fields.items() <= line.items()]

    def ends_by_itself(self) -> bool:
        """Whether one SIGTERM ended it, and none of its processes had to be killed for that."""
        if self.popen.poll() is None:
            self.popen.terminate()
        return self.popen.wait(60) == 0 and "killing it" not in self.log.read_text()

    def kill(self) -> None:
        if self.popen.poll() is None:
            self.popen.kill()
            self.popen.wait()


@dataclass
class Dienst:
    """The service on an address of its own, two processes of each kind."""

    adres: str
    folder: Path
    omgeving: dict[str, str] = field(repr=False)
    running: dict[str, Proces] = field(default_factory=dict)

    @property
    def serve(self) -> Proces:
        return self.running["serve"]

    @property
    def work(self) -> Proces:
        return self.running["work"]

    def start(self, *names: str) -> None:
        """Start what does not run of these (all), and wait until it is ready."""
        where = ["--host", self.adres, "--port", str(API_POORT), "--processes", "2"]
        for name, poort, more in (("serve", SERVE_POORT, where), ("work", WORK_POORT, [])):
            if names and name not in names:
                continue
            if name not in self.running or self.running[name].popen.poll() is not None:
                log = self.folder / f"{name}-{time.monotonic_ns()}.log"
                self.running[name] = Proces([name, *more], self.adres, poort, log, self.omgeving)
        for name in names or self.running:
            until(self.running[name].ready, what=f"{name} is ready")
            until(lambda name=name: len(self.running[name].children()) == 2, what=f"two processes of {name}")

    def stop(self) -> None:
        """End what still runs."""
        for proces in self.running.values():
            proces.kill()

    def get(self, path: str, method: str = "GET", **options: Any) -> httpx.Response:
        """One request on a connection of its own."""
        return httpx.request(
            method, f"http://{self.adres}:{API_POORT}{path}", trust_env=False, timeout=20, verify=False, **options
        )

    def connection(self) -> http.client.HTTPConnection:
        """A connection that is kept for as long as the service lets it."""
        return http.client.HTTPConnection(self.adres, API_POORT, timeout=20)


def omgeving(settings: Any, adres: str) -> dict[str, str]:
    """Environment of the trial service's processes."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "ignore",  # of what the tests import, before there is a log
        "PROEF_DATABASE_URL": settings.database_url,
        "PROEF_PEER_ID": settings.peer_id,
        "PROEF_JWKS_URL": settings.jwks_url,
        "PROEF_HEARTBEAT_SECONDS": str(settings.heartbeat_seconds),
        "PROEF_SERVE_OBSERVE_LISTEN": f"{adres}:{SERVE_POORT}",
        "PROEF_WORK_OBSERVE_LISTEN": f"{adres}:{WORK_POORT}",
        "PROEF_METRICS_TOKEN": METRICS_TOKEN,
        "PROEF_WORK_PROCESSES": "2",
        "PROEF_STOP_SECONDS": "3",
    }


@dataclass
class Load:
    """What clients saw that keep their connections: answers by status, and what went wrong after a request had been sent."""

    answers: list[int] = field(default_factory=list)
    lost: list[Exception] = field(default_factory=list)
    told_to_leave: int = 0


@contextmanager
def load(dienst: Dienst, *, again: bool) -> Iterator[Load]:
    """Eight clients, one request after the other; who is told that a connection ends makes another (`again`), or stops."""
    seen, stop = Load(), threading.Event()

    def client() -> None:
        connection = dienst.connection()
        while not stop.is_set():
            try:
                connection.request("GET", "/v1/munten")
                answer = connection.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException) as problem:
                seen.lost.append(problem)
                return
            seen.answers.append(answer.status)
            if answer.will_close:
                seen.told_to_leave += 1
                if not again:
                    return
        connection.close()

    threads = [threading.Thread(target=client) for _ in range(8)]
    for thread in threads:
        thread.start()
    try:
        until(lambda: len(seen.answers) > 50, what="answers")
        yield seen
    finally:
        stop.set()
        for thread in threads:
            thread.join()


@contextmanager
def stopped(server: Any) -> Iterator[None]:
    """Every process of PostgreSQL stands still: it takes connections and says nothing."""
    postmaster = psutil.Process(server.proces.pid)
    postmaster.suspend()  # first, so that it makes no more
    rest = postmaster.children(recursive=True)
    for process in rest:
        process.suspend()
    try:
        yield
    finally:
        for process in [*rest, postmaster]:
            if process.is_running():
                process.resume()
