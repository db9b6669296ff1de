"""Where nginx can send a call: a named upstream that the asking worker has, else a literal address."""

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

log = logging.getLogger("gateway.decision")
_REMEMBER = """
    INSERT INTO remote_inway (peer_id, host, port, first_seen) VALUES (%s, %s, %s, now())
    ON CONFLICT DO NOTHING RETURNING host"""


class Router:
    """Upstreams, addresses, and Inways to remember for the next configuration."""

    def __init__(self, hosts: Hosts, database_url: str) -> None:
        self._hosts, self._url = hosts, database_url
        self._tasks: set[asyncio.Task[Any]] = set()
        self._remembered: set[tuple[str, str, int]] = set()

    def known(self, target: Target | None, question: Question) -> str | None:
        """The upstream's name, if the worker that asks has it; with a literal address where that needs no looking up."""
        if target is None:
            return None
        if is_known(target.since, question):
            return target.upstream
        return self._literal(target.host, target.port)

    async def resolve(self, host: str, port: int) -> str | None:
        """A literal address for a host; None when it has none."""
        literal = self._literal(host, port)
        if literal is not None:
            return literal
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port)
        except (OSError, UnicodeError):
            return None
        return _join(str(found[0][4][0]), port)

    def _literal(self, host: str, port: int) -> str | None:
        try:
            return _join(str(ip_address(self._hosts.static(host) or host)), port)
        except ValueError:
            return None

    async def remember(self, peer_id: str, host: str, port: int) -> None:
        """Make a remote Inway known, so that the next nginx configuration keeps connections to it."""
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
        """Do something nobody waits for; its failure is logged, and the next call tries again."""
        task = asyncio.create_task(_quietly(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _quietly(work: Awaitable[Any]) -> None:
    try:
        await work
    except (FscError, psycopg.Error, OSError) as problem:
        log.warning("in the background: %s", problem)


def is_known(since: int | None, question: Question) -> bool:
    """Whether the worker that asks has what is there since configuration `since`."""
    return since is not None and since <= question.asker.generation


def _join(address: str, port: int) -> str:
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
