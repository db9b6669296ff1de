"""Where nginx can send a call: to a location in the worker's configuration, else to a literal address."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Coroutine
from ipaddress import ip_address
from typing import Any

import psycopg

from gateway.db import CHANGED
from gateway.decision.answers import Question
from gateway.decision.snapshot import Target
from gateway.errors import FscError
from gateway.hosts import Hosts
from gateway.nginx.way import DIRECT, Hop, Way

log = logging.getLogger("gateway.decision")
_REMEMBER = """
    INSERT INTO remote_inway (peer_id, host, port, first_seen) VALUES (%s, %s, %s, now())
    ON CONFLICT DO NOTHING RETURNING host"""


class Router:
    """Chooses locations and addresses, and remembers Inways for the next configuration."""

    def __init__(self, hosts: Hosts, database_url: str) -> None:
        self._hosts, self._url = hosts, database_url
        self._tasks: set[asyncio.Task[Any]] = set()
        self._remembered: set[tuple[str, str, int]] = set()

    def known(self, target: Target | None, question: Question, way: Way = DIRECT) -> Hop | None:
        """The hop to a target that is in the asking worker's configuration; else by address, if that needs no lookup."""
        if target is None:
            return None
        if is_known(target.since, question):
            return target.along(way)
        address = self._literal(target.host, target.port)
        return Hop(way.name, address) if address else None

    async def resolve(self, host: str, port: int, way: Way = DIRECT) -> Hop | None:
        """The hop to a host, by its address; None when it has none."""
        address = self._literal(host, port)
        if address is None:
            try:
                found = await asyncio.get_running_loop().getaddrinfo(host, port)
            except (OSError, UnicodeError):
                return None
            address = _join(str(found[0][4][0]), port)
        return Hop(way.name, address)

    def _literal(self, host: str, port: int) -> str | None:
        try:
            return _join(str(ip_address(self._hosts.static(host) or host)), port)
        except ValueError:
            return None

    async def remember(self, peer_id: str, host: str, port: int) -> None:
        """Store a remote Inway, so that the next nginx configuration keeps connections to it."""
        if (peer_id, host, port) in self._remembered:
            return
        self._remembered.add((peer_id, host, port))
        try:
            async with await psycopg.AsyncConnection.connect(self._url, connect_timeout=5) as connection:
                cursor = await connection.execute(_REMEMBER, (peer_id, host, port))
                if await cursor.fetchone():
                    await connection.execute(f"NOTIFY {CHANGED}")
        except psycopg.Error:
            self._remembered.discard((peer_id, host, port))
            raise

    def in_background(self, work: Coroutine[Any, Any, Any]) -> None:
        """Run something that no call waits for; a failure is logged, and the next call tries again."""
        task = asyncio.create_task(_quietly(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _quietly(work: Awaitable[Any]) -> None:
    try:
        await work
    except (FscError, psycopg.Error, OSError) as problem:
        log.warning("in the background: %s", problem)


def is_known(since: int | None, question: Question) -> bool:
    """Whether the asking worker has what is in the configuration from number `since` on."""
    return since is not None and since <= question.asker.generation


def _join(address: str, port: int) -> str:
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
