"""A gateway that really runs (PostgreSQL, nginx, control, decide) for the tests to talk to from outside."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import httpx
import psutil
import psycopg
from gateway.nginx.binary import find_binary

from tests.gateway.independent import Authority

T = TypeVar("T")
TOKEN = "alleen-voor-deze-tests"
_HOSTED = (
    *("dir", "aanbieder", "afnemer"),
    *(
        "beheer",
        "certificaten",
        "cli",
        "clients",
        "controle",
        "logboek",
        "sleutelwissel",
        "verhuizer",
        "naamwissel",
        "beschadigd",
    ),
)
"""Peers that tests host: those of conftest.py, then those that one module has for itself. The place of a name here gives its
OIN and the port of its Outway, so that modules which share a lab never take what another has."""
OINS = {name: f"{99 * 10**12 + number:020}" for number, name in enumerate(_HOSTED, 1)}
OUTWAY_PORTS = {name: 8100 + number for number, name in enumerate(_HOSTED, 1)}
NOBODY = f"{99 * 10**12 + 9999:020}"
"""The OIN of no peer at all."""


def until(condition: Callable[[], T], *, seconds: float = 60, what: str = "condition") -> T:
    """The first true value of `condition`; fails when it stays false."""
    deadline, rest = time.monotonic() + seconds, 0.02
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: still {value!r} after {seconds} s")
        time.sleep(rest)
        rest = min(0.1, 1.1 * rest)  # who asks all the time keeps a slow machine from what it waits for


@dataclass
class Lab:
    """A running gateway on its own loopback address; `outside` is an address for peers that are not hosted here.
    `group` holds rules of the Group that differ from the defaults. The Group has two trust anchors: the development root
    and that of the independent peers (`authority`); `anchors` is a file with both.
    """

    address: str
    outside: str
    folder: Path
    database_url: str
    owner_url: str
    environment: dict[str, str] = field(default_factory=dict)
    group: dict[str, Any] = field(default_factory=dict)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.authority, self.anchors = Authority(self.folder), self.folder / "anchors.pem"
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("GATEWAY_")},
            "GATEWAY_DATABASE_URL": self.database_url,
            "GATEWAY_RUN_DIR": str(self.folder / "run"),
            "GATEWAY_KEYS_DIR": str(self.folder / "keys"),
            "GATEWAY_DEV_PKI_DIR": str(self.folder / "pki"),
            "GATEWAY_GROUP_FILE": str(self.folder / "group.toml"),
            "GATEWAY_FSC_LISTEN": f"{self.address}:8443",
            "GATEWAY_BEHEER_LISTEN": f"{self.address}:9080",
            "GATEWAY_BEHEER_TOKEN": TOKEN,
            "GATEWAY_ACCESS_LOG": "true",
            "GATEWAY_LOG_TIMEOUT": "1.5",
            "GATEWAY_MANAGER_TIMEOUT": "4",
            "GATEWAY_HOSTS": f"*.lab.localhost={self.address},*.nep.localhost={self.outside}",
        }
        self.beheer = httpx.Client(
            base_url=f"http://{self.address}:9080/v1", timeout=20, trust_env=False, headers={"Authorization": f"Bearer {TOKEN}"}
        )

    # ---- life
    def start(self) -> None:
        """Migrate, then start every process and wait until it serves."""
        self.run("migrate", GATEWAY_DATABASE_URL=self.owner_url)
        self.run("pki-dev")
        self.anchors.write_bytes((self.folder / "pki" / "root.pem").read_bytes() + self.authority.root.read_bytes())
        rules = {"group_id": "lab", "trust_anchors": ["pki/root.pem", self.authority.root.name], **self.group}
        (self.folder / "group.toml").write_text("".join(f"{name} = {json.dumps(value)}\n" for name, value in rules.items()))
        self.run("render")
        self.spawn("control")
        self.spawn("decide")
        self.spawn_nginx()
        try:
            until(self._ready, seconds=60, what="gateway is up")
        except AssertionError as problem:
            raise AssertionError(f"{problem}; {self._last_words()}") from problem

    def _last_words(self) -> str:
        answer = self.beheer.get("/health") if listening(self.address, 9080) else None
        logs = {name: (self.folder / f"{name}.log").read_text()[-500:] for name in self.processes}
        return f"health {answer.text if answer else 'unreachable'}; logs {logs}"

    def run(self, command: str, **extra: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "gateway", command],
            env={**self.environment, **extra},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr

    def spawn(self, command: str) -> None:
        self._popen(command, [sys.executable, "-m", "gateway", command])

    def spawn_nginx(self) -> None:
        run = self.folder / "run" / "nginx"
        self._popen("nginx", [str(find_binary(None)), "-c", str(run / "nginx.conf"), "-p", str(run), "-g", "daemon off;"])

    def _popen(self, name: str, command: list[str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)

    def end(self, name: str, number: int = signal.SIGTERM) -> None:
        process = self.processes.pop(name)
        if process.poll() is None:
            process.send_signal(number)
            process.wait(20)

    def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()  # all at once, and then wait for each
        for name in list(self.processes):
            self.end(name)
        self.beheer.close()

    def _ready(self) -> bool:
        try:
            return self.beheer.get("/health").status_code == 200 and any((self.folder / "run").glob("decide*.sock"))
        except httpx.TransportError:
            return False

    # ---- management
    def post(self, path: str, body: Any = None, expect: int = 201) -> Any:
        answer = self.beheer.post(path, json=body) if body is not None else self.beheer.post(path)
        assert answer.status_code == expect, answer.text
        return answer.json()

    def get(self, path: str, **query: Any) -> Any:
        answer = self.beheer.get(path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def peer(self, name: str) -> dict[str, Any]:
        """A peer as the management API wants it, with names and addresses of its own."""
        hosts = {f"{component}Host": f"{component}.{name}.lab.localhost" for component in ("manager", "inway", "outway")}
        listen = f"{self.address}:{OUTWAY_PORTS[name]}"
        return {"peerId": OINS[name], "naam": f"Lab {name}", **hosts, "outwayListen": listen}

    def add_peer(self, name: str, **more: Any) -> str:
        """Host a peer. Returns its OIN; nginx needs a moment longer (`wait_served`)."""
        self.post("/peers", {**self.peer(name), **more})
        return OINS[name]

    def wait_served(self, *names: str) -> None:
        """Until nginx serves these peers, and no worker that does not takes connections any more: a reload lets both do that for
        a moment, and those are as good as a peer that is not there."""
        for name in names:
            until(lambda name=name: answers(self.outway(name)), what=f"Outway of {name} answers")
        until(lambda: len(self._workers()) == 1, what=f"the workers that do not know {names} end")

    def _workers(self) -> list[int]:
        """Those of nginx's workers that take connections: one that was told to end says so in its title."""
        found = []
        for worker in psutil.Process(self.processes["nginx"].pid).children():
            with contextlib.suppress(psutil.NoSuchProcess):
                if "shutting down" not in " ".join(worker.cmdline()):
                    found.append(worker.pid)
        return found

    def announce(self, *peers: str, directory: str = "dir") -> None:
        """Announce hosted peers (OINs) at a hosted Directory (name)."""
        for peer in peers:
            address = f"https://manager.{directory}.lab.localhost:8443"
            self.post(f"/peers/{peer}/announcements", {"managerAddress": address}, expect=202)
        for peer in peers:
            until(
                lambda peer=peer: all(row["geluktOp"] for row in self.get(f"/peers/{peer}/announcements")["results"]),
                what=f"announcement of {peer}",
            )

    def outway_at(self, name: str) -> tuple[str, int]:
        """Address and port of an Outway."""
        return self.address, OUTWAY_PORTS[name]

    def outway(self, name: str) -> str:
        return "http://{}:{}".format(*self.outway_at(name))

    def offer(self, peer: str, *grants: dict[str, Any], aliases: tuple[str | None, ...] = ()) -> dict[str, Any]:
        now = datetime.now(UTC)
        named = [
            {"data": grant, **({"alias": alias} if alias else {})}
            for grant, alias in zip(grants, (*aliases, *[None] * len(grants)), strict=False)
        ]
        return self.post(
            f"/peers/{peer}/contracts",
            {
                "grants": named,
                "notBefore": (now - timedelta(hours=1)).isoformat(timespec="seconds"),
                "notAfter": (now + timedelta(days=30)).isoformat(timespec="seconds"),
            },
        )

    def contract(self, peer: str, content_hash: str) -> dict[str, Any] | None:
        answer = self.beheer.get(f"/peers/{peer}/contracts/{content_hash}")
        return answer.json() if answer.status_code == 200 else None

    def wait_state(self, peer: str, content_hash: str, state: str) -> dict[str, Any]:
        def there() -> dict[str, Any] | None:
            found = self.contract(peer, content_hash)
            return found if found and found["state"] == state else None

        return until(there, what=f"contract is {state} at {peer}")

    def accept(self, peer: str, content_hash: str) -> None:
        until(lambda: self.contract(peer, content_hash), what="contract has arrived")
        self.post(f"/peers/{peer}/contracts/{content_hash}/accept", expect=200)

    def connection(self, consumer: str, provider: str, service: str) -> dict[str, Any]:
        thumbprint = self.get(f"/peers/{consumer}")["outwayPublicKeyThumbprint"]
        return {
            "type": "GRANT_TYPE_SERVICE_CONNECTION",
            "outway": {"peer_id": consumer, "public_key_thumbprint": thumbprint},
            "service": {"type": "SERVICE_TYPE_SERVICE", "peer_id": provider, "name": service},
        }

    def connect(self, consumer: str, provider: str, service: str, alias: str | None = None) -> dict[str, Any]:
        """A contract accepted by both; valid on both sides when this returns."""
        contract = self.offer(consumer, self.connection(consumer, provider, service), aliases=(alias,))
        self.accept(provider, contract["contentHash"])
        self.wait_state(consumer, contract["contentHash"], "VALID")
        return contract

    def store_again(self, owner: str, content_hash: str, other_hash: str) -> None:
        """Store a contract of this owner, with its signatures, once more: under a hash that it does not have."""
        with psycopg.connect(self.owner_url) as connection:
            for table, columns in (
                ("contract", "owner_id, content, gen_random_uuid(), parties, not_before, not_after, created_at, stored_at"),
                ("contract_signature", "owner_id, peer_id, type, jws, signed_at, certificate_not_after, received_at"),
            ):
                names = columns.replace("gen_random_uuid()", "iv")
                connection.execute(
                    f"INSERT INTO {table} (content_hash, {names}) SELECT %s, {columns} FROM {table} "  # type: ignore[arg-type]
                    "WHERE owner_id = %s AND content_hash = %s",
                    [other_hash, owner, content_hash],
                )

    def count_records(self, where: str = "true", *values: Any) -> int:
        with psycopg.connect(self.database_url) as connection:
            row = connection.execute(f"SELECT count(*) FROM transaction_log WHERE {where}", values).fetchone()  # type: ignore[arg-type]
        assert row is not None
        return row[0]


def listening(address: str, port: int) -> bool:
    try:
        socket.create_connection((address, port), 1).close()
    except OSError:
        return False
    return True


def answers(url: str) -> bool:
    """Whether anything comes back, whatever it is."""
    try:
        httpx.get(url, timeout=10, trust_env=False)
    except httpx.TransportError:
        return False
    return True


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
