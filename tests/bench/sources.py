"""What `make bench-api` and `make bench-catalogus` measure: the sources as an operator starts them, a bare application beside
them, one PostgreSQL."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import psycopg
from catalogus_api.app import service as catalogus
from catalogus_api.settings import Settings
from fonds_api.app import service as fonds
from gemeengoed_kit.clock import SystemClock
from gemeengoed_kit.process import migrate
from gemeengoed_kit.testing import TokenIssuer
from gemeengoed_lokaal import databases, netwerk, postgres

from tests.bench.bare import PEER
from tests.bench.figures import cpu_seconds
from tests.bench.load import SERIAL, Job, ask
from tests.gateway.lab import listening, until

PORTS = {"catalogus": 8001, "fonds": 8002, "bare": 8000}
_JWKS = 8003
OURS = {"catalogus": "catalogus_api", "fonds": "fonds_api"}
SERVICES = {"catalogus": catalogus, "fonds": fonds}
PROVIDER = "00000099000000000001"
ONE_DAY_SECONDS = 86_400
MOST_ON_A_PAGE = 500
_ROOT = Path(__file__).parents[2]
_TRANSACTION = f"0190f5fe-6bd2-7d3a-9f0e-{SERIAL}"
BOOKING = {
    "fonds": "derdengelden",
    "boekdatum": "2018-01-15",
    "omschrijving": "Factuur",
    "bron": {"bron": "abonnement", "pad": f"/v1/facturen/2018-{SERIAL}"},
    "regels": [
        {"rekening": "1300", "bedragCent": 900},
        {"rekening": "2310", "bedragCent": -500},
        {"rekening": "2320", "bedragCent": -400},
    ],
}


@dataclass(frozen=True)
class Subject:
    """One thing that is asked of both sides; with a `body` it is a POST whose every call differs.

    Attributes:
        rest: it is a list, and asked is its last page, with so many results.
    """

    name: str
    title: str
    source: str
    path: str
    body: dict[str, Any] | None = None
    rest: int = 0

    @property
    def status(self) -> int:
        return 200 if self.body is None else 201


SUBJECTS = (
    Subject("resource", "one resource", "catalogus", "/v1/voorzieningen/kindertelefoon"),
    Subject("list3", "a list of 3", "catalogus", "/v1/voorzieningen", rest=3),
    Subject("list100", "a list of 100", "catalogus", "/v1/gemeenten?pageSize=100"),
    Subject("booking", "a booking", "fonds", "/v1/boekingen", BOOKING),
)


@dataclass
class Sources:
    """Everything that runs."""

    server: postgres.Postgres
    address: str
    databases: dict[str, databases.ServiceDatabase]
    tokens: dict[str, str]
    processes: dict[str, subprocess.Popen[Any]] = field(default_factory=dict)
    answers: dict[tuple[str, str], str] = field(default_factory=dict)
    """What a read answers, by name of its subject and side."""
    booked: int = 0
    """Entries that must be in the ledger."""

    def found(self, subject: Subject) -> Subject:
        """The subject as it is to be asked: of a list with a `rest`, the last page, in the fullest pages that leave so many."""
        if not subject.rest:
            return subject
        count = self._ask_once(subject, "ours", f"{9 * 10**11}").json()["count"] - subject.rest
        size = max(size for size in range(1, min(count, MOST_ON_A_PAGE) + 1) if count % size == 0)
        assert size > subject.rest, f"no page size leaves {subject.rest} of {count + subject.rest}"
        return dataclasses.replace(subject, path=f"{subject.path}?page={count // size + 1}&pageSize={size}", rest=0)

    def check(self, subject: Subject) -> None:
        """Both sides answer the same JSON, apart from what is of one entry alone.

        Raises:
            AssertionError: they do not.
        """
        seen = {}
        for number, side in enumerate(("ours", "bare")):
            answer = self._ask_once(subject, side, f"{9 * 10**11 + number}")
            assert answer.status_code == subject.status, f"{subject.name}, {side}: {answer.status_code} {answer.text}"
            seen[side] = answer.json()
            if subject.body is None:
                self.answers[subject.name, side] = answer.text
            else:
                self.booked += 1
                assert {"id", "volgnummer", "geboektOp"} <= seen[side].keys()
                seen[side] |= {"id": "", "volgnummer": 0, "geboektOp": "", "bron": BOOKING["bron"]}
        assert seen["ours"] == seen["bare"], f"{subject.name}: ours {seen['ours']}, bare {seen['bare']}"

    def _ask_once(self, subject: Subject, side: str, serial: str) -> httpx.Response:
        head, _, body = self.request(subject).replace(SERIAL, serial).partition("\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.splitlines()[1:])
        method = "GET" if subject.body is None else "POST"
        address, port = self.target(subject, side)
        with httpx.Client(trust_env=False) as client:
            return client.request(method, f"http://{address}:{port}{subject.path}", headers=headers, content=body or None)

    def target(self, subject: Subject, side: str) -> tuple[str, int]:
        return self.address, PORTS["bare" if side == "bare" else subject.source]

    def request(self, subject: Subject) -> str:
        """The request as the Inway hands it on, the same for both sides; every call has an Fsc-Transaction-Id of its own."""
        headers = {
            "Host": "bench",
            "Accept": "application/json",
            "Fsc-Authorization": f"Bearer {self.tokens[subject.source]}",
            "Fsc-Transaction-Id": _TRANSACTION,
        }
        if subject.body is None:
            return f"GET {subject.path} HTTP/1.1\r\n{_lines(headers)}\r\n"
        body = json.dumps(subject.body, separators=(",", ":"))
        headers |= {
            "Content-Type": "application/json",
            "Content-Length": str(len(body.replace(SERIAL, "0" * 12))),
            "Idempotency-Key": f"bench-{SERIAL}",
        }
        return f"POST {subject.path} HTTP/1.1\r\n{_lines(headers)}\r\n{body}"

    def measure(self, subject: Subject, side: str, connections: int, seconds: float, pause: float = 0.0) -> dict[str, Any]:
        """One turn of one side: the load generator's result, with calls per second and CPU microseconds per call."""
        job = Job(
            "own",
            [self.target(subject, side)],
            connections,
            seconds,
            request=self.request(subject),
            answer=self.answers.get((subject.name, side), ""),
            status=subject.status,
            pause=pause,
        )
        server = self.processes["bare" if side == "bare" else subject.source]
        watched = {"server": server.pid, "postgres": self.server.proces.pid, "load": self.processes["load"].pid}
        before = {kind: cpu_seconds([pid]) for kind, pid in watched.items()}
        result = ask(self.processes["load"], job)
        calls = max(1, result["done"])
        result["rate"] = result["in_time"] / seconds
        result["cpu"] = {kind: (cpu_seconds([pid]) - before[kind]) / calls * 1e6 for kind, pid in watched.items()}
        if subject.body is not None:
            self.booked += result["done"]
        return result

    def entries(self) -> int:
        """How many entries the ledger holds."""
        with psycopg.connect(self.databases["fonds"].owner_url) as connection:
            row = connection.execute("SELECT count(*) FROM boeking").fetchone()
        assert row is not None
        return row[0]


def _lines(headers: dict[str, str]) -> str:
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items())


Fill = Callable[[databases.ServiceDatabase, Path], dict[str, str]]
"""Puts more in a catalogue that has what comes with the product; may leave files in the folder for bare, and name them in what it
returns: more of bare's environment."""


@contextlib.contextmanager
def running(
    names: Sequence[str] = tuple(OURS), *, bare: str = "tests.bench.bare", processes: int = 1, fill: Fill | None = None
) -> Iterator[Sources]:
    """Everything started, durable: fsync and synchronous_commit on. Gone afterwards.

    Args:
        names: the sources that are measured, catalogus among them.
        bare: module of the bare application.
        processes: of each of ours, and of bare.
    """
    server = postgres.start(netwerk.kies_adres([5432]), duurzaam=True)
    try:
        with tempfile.TemporaryDirectory(prefix="bench-api-") as folder, contextlib.ExitStack() as stack:
            address = netwerk.kies_adres([*PORTS.values(), _JWKS])
            jwks_url = f"http://{address}:{_JWKS}/jwks"
            issuer = TokenIssuer(Settings(database_url="", peer_id=PROVIDER, jwks_url=jwks_url), SystemClock())
            stack.enter_context(_publishing(issuer, address))
            made = {name: databases.create_service_database(server.url, name) for name in names}
            for name, database in made.items():
                migrate(SERVICES[name], database.owner_url)
            sources = Sources(server, address, made, {name: _token(issuer, name) for name in names})
            stack.callback(_stop, sources.processes)
            environment = _environment(made, jwks_url)
            _run([OURS["catalogus"], "inlezen"], environment)
            if fill:
                environment |= fill(made["catalogus"], Path(folder))
            _start_all(sources, Path(folder), environment, bare, str(processes))
            yield sources
    finally:
        server.stop()


def _token(issuer: TokenIssuer, service: str) -> str:
    expires = int(SystemClock().now().timestamp()) + ONE_DAY_SECONDS
    headers = issuer.headers(PEER, "fondsbeheerder", properties={"bron": "abonnement"}, svc=service, exp=expires)
    return headers["Fsc-Authorization"].removeprefix("Bearer ")


def _environment(made: dict[str, databases.ServiceDatabase], jwks_url: str) -> dict[str, str]:
    found = dict(os.environ)
    for name, database in made.items():
        prefix = name.upper()
        found |= {f"{prefix}_DATABASE_URL": database.url, f"{prefix}_PEER_ID": PROVIDER, f"{prefix}_JWKS_URL": jwks_url}
        found[f"BARE_{prefix}_URL"] = database.url
    return found


def _start_all(sources: Sources, folder: Path, environment: dict[str, str], bare: str, processes: str) -> None:
    """Start ours, bare and the load generator, and wait until they answer."""
    commands = {"bare": [bare, sources.address, str(PORTS["bare"]), processes]}
    for name in sources.databases:
        serve = ["serve", "--host", sources.address, "--port", str(PORTS[name]), "--processes", processes]
        commands[name] = [OURS[name], *serve]
    for name, command in commands.items():
        with open(folder / f"{name}.log", "wb") as log:
            sources.processes[name] = _start(command, env=environment, stdout=log, stderr=log)
    sources.processes["load"] = _start(["tests.bench.load"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        until(lambda: all(listening(sources.address, PORTS[name]) for name in commands), seconds=120, what="servers answer")
    except AssertionError as problem:
        logs = {name: (folder / f"{name}.log").read_text()[-1000:] for name in commands}
        raise AssertionError(f"{problem}; {logs}") from problem


def _run(command: list[str], environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-m", *command], env=environment, capture_output=True, check=True)


def _start(command: list[str], **options: Any) -> subprocess.Popen[Any]:
    return subprocess.Popen([sys.executable, "-m", *command], cwd=_ROOT, **options)


def _stop(processes: dict[str, subprocess.Popen[Any]]) -> None:
    for process in processes.values():
        process.terminate()
    for process in processes.values():
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)


@contextlib.contextmanager
def _publishing(issuer: TokenIssuer, address: str) -> Iterator[None]:
    """The keys of the Manager that issues the tokens, on HTTP."""

    class Keys(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = issuer.jwks(httpx.Request("GET", self.path)).content
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer((address, _JWKS), Keys)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
