"""What is measured: PostgreSQL as in production, the gateway, a bare nginx beside it, the service and the load generator."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jinja2
from gateway.nginx.binary import find_binary
from gateway.nginx.render import CIPHERS, _current_user
from gemeengoed_lokaal import databases, netwerk, postgres

from tests.bench.figures import cpu_seconds, family
from tests.bench.load import Job, ask
from tests.gateway.lab import Lab, listening, until

SERVICE, BARE_OUTWAY, BARE_INWAY, FIRST_OUTWAY = 7001, 7100, 7443, 20000
MOST_PEERS = 520
ALIAS = "bench"
_ROOT = Path(__file__).parents[2]


def oin(number: int) -> str:
    """An invented Peer ID."""
    return f"00000099{number:012d}"


@dataclass
class Stand:
    """Everything that runs. Peer 0 is the Directory, peer 1 the provider, from 2 on the consumers."""

    lab: Lab
    server: postgres.Postgres
    folder: Path
    workers: int
    helpers: dict[str, subprocess.Popen[Any]] = field(default_factory=dict)
    consumers: int = 0
    recorded: int = 0
    """Calls that must be in the log."""

    @property
    def ours(self) -> list[tuple[str, int]]:
        """The Outways of all consumers."""
        return [(self.lab.address, FIRST_OUTWAY + number) for number in range(2, 2 + self.consumers)]

    @property
    def bare(self) -> list[tuple[str, int]]:
        return [(self.lab.address, BARE_OUTWAY)]

    # ---- building
    def begin(self) -> None:
        """Start everything, with a Directory, a provider and one consumer with a contract."""
        self.lab.start()
        self._spawn("service", "tests.bench.service", self.lab.address, str(SERVICE))
        self._spawn("load", "tests.bench.load")
        self.host(0, directory=True, autoAcceptPublication=True)
        self.host(1)
        self.lab.post(f"/peers/{oin(1)}/services", {"naam": "echo", "url": f"http://{self.lab.address}:{SERVICE}"})
        self._announce(1)
        self.add_consumers(1)
        self._start_bare()

    def host(self, number: int, **more: Any) -> None:
        """Add a peer and wait until its Outway listens."""
        name = f"peer{number}"
        self.lab.post(
            "/peers",
            {
                "peerId": oin(number),
                "naam": f"Voorbeeld {number}",
                "managerHost": f"manager.{name}.lab.localhost",
                "inwayHost": f"inway.{name}.lab.localhost",
                "outwayHost": f"outway.{name}.lab.localhost",
                "outwayListen": f"{self.lab.address}:{FIRST_OUTWAY + number}",
                **more,
            },
        )
        until(lambda: listening(self.lab.address, FIRST_OUTWAY + number), seconds=60, what=f"Outway {number}")

    def add_consumers(self, total: int) -> None:
        """Host consumers up to `total`, each with a contract with the provider, and let each call once."""
        numbers = range(2 + self.consumers, 2 + total)
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(self._add_consumer, numbers))
        self.consumers = total
        for number in numbers:
            until(lambda number=number: self._calls(number), seconds=60, what=f"call of peer {number}")
            self.recorded += 1

    def _add_consumer(self, number: int) -> None:
        self.host(number)
        self._announce(number)
        self.lab.connect(oin(number), oin(1), "echo", ALIAS)

    def _announce(self, number: int) -> None:
        directory = "https://manager.peer0.lab.localhost:8443"
        self.lab.post(f"/peers/{oin(number)}/announcements", {"managerAddress": directory}, expect=202)
        until(
            lambda: self.lab.get(f"/peers/{oin(number)}/announcements")["results"][0]["geluktOp"],
            seconds=60,
            what=f"announcement of peer {number}",
        )

    def _calls(self, number: int) -> bool:
        return self.load(Job("small", [(self.lab.address, FIRST_OUTWAY + number)], 1, calls=1))["failed"] == 0

    def _start_bare(self) -> None:
        folder = self.folder / "bare"
        folder.mkdir()
        template = jinja2.Environment(trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined).from_string(
            (Path(__file__).parent / "bare.conf.j2").read_text()
        )
        configuration = template.render(
            user=_current_user() if os.geteuid() == 0 else None,
            workers=self.workers,
            folder=folder,
            ciphers=CIPHERS,
            address=self.lab.address,
            inway_port=BARE_INWAY,
            outway_port=BARE_OUTWAY,
            service_port=SERVICE,
            keys=self.folder / "keys",
            anchors=self.folder / "pki" / "root.pem",
            provider=oin(1),
            consumer=oin(2),
            inway_host="inway.peer1.lab.localhost",
        )
        (folder / "nginx.conf").write_text(configuration)
        command = [str(find_binary(None)), "-c", str(folder / "nginx.conf"), "-p", str(folder), "-g", "daemon off;"]
        self.helpers["bare"] = subprocess.Popen(command)
        until(lambda: listening(*self.bare[0]), what="bare nginx")

    def _spawn(self, name: str, module: str, *arguments: str) -> None:
        self.helpers[name] = subprocess.Popen(
            [sys.executable, "-m", module, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=_ROOT
        )

    # ---- measuring
    def load(self, job: Job) -> dict[str, Any]:
        """Let the generator do a job."""
        return ask(self.helpers["load"], job)

    def cpu(self) -> dict[str, float]:
        """CPU seconds so far by kind of process."""
        roots = {
            "nginx": [self.lab.processes["nginx"], self.helpers["bare"]],
            "decide": [self.lab.processes["decide"]],
            "control": [self.lab.processes["control"]],
            "postgres": [self.server.proces],
            "service": [self.helpers["service"]],
            "load": [self.helpers["load"]],
        }
        return {kind: cpu_seconds(root.pid for root in started) for kind, started in roots.items()}

    def memory(self, kind: str) -> int:
        """Resident bytes of a process of the gateway with its children."""
        return sum(process.memory_info().rss for process in family([self.lab.processes[kind].pid]))

    def stop(self) -> None:
        for helper in self.helpers.values():
            helper.terminate()
            helper.wait(20)
        self.lab.stop()


@contextlib.contextmanager
def standing(workers: int) -> Iterator[Stand]:
    """A stand of its own, durable: fsync and synchronous_commit on. Gone afterwards."""
    server = postgres.start(netwerk.kies_adres([5432]), duurzaam=True)
    try:
        database = databases.create_service_database(server.url, "gateway")
        with tempfile.TemporaryDirectory(prefix="gateway-bench-") as name:
            outways = range(FIRST_OUTWAY, FIRST_OUTWAY + MOST_PEERS)
            address = netwerk.kies_adres([8443, 9080, SERVICE, BARE_OUTWAY, BARE_INWAY, *outways])
            lab = Lab(address, address, Path(name), database.url, database.owner_url)
            del lab.environment["GATEWAY_ACCESS_LOG"]  # what is not asked for is off
            lab.environment |= {"GATEWAY_NGINX_WORKERS": str(workers), "GATEWAY_LOG_TIMEOUT": "5"}
            stand = Stand(lab, server, Path(name), workers)
            try:
                stand.begin()
                yield stand
            finally:
                stand.stop()
    finally:
        server.stop()


def seconds_until(condition: Any, *, limit: float = 60.0) -> float:
    """How long it took until `condition` was true."""
    began = time.monotonic()
    until(condition, seconds=limit, what="condition")
    return time.monotonic() - began
