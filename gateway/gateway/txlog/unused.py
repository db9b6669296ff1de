"""Writes records whose transaction id the client chose: only if this peer has not used the id before.

Ids that we make ourselves need no lookup, so calls without an id take the short path (`writer`).
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

import psycopg
from gemeengoed_kit.db import sever
from psycopg.adapt import Dumper

from gateway.observe.meter import Meter
from gateway.txlog.record import INSERT, Line, arrays

log = logging.getLogger("gateway.txlog")
_BATCH = 500
_LOCK = "SELECT pg_advisory_xact_lock(key) FROM unnest($1::bigint[]) AS key"
_USED = """
    SELECT owner_number, transaction_id FROM transaction_record
    WHERE transaction_id = ANY($1::uuid[]) AND owner_number = ANY($2::integer[]) AND outgoing"""
Key = tuple[int, uuid.UUID]


class _Array(bytes):
    """A parameter that is already in PostgreSQL's binary form; the statement names its type."""


class _AsItIs(Dumper):
    format = psycopg.pq.Format.BINARY

    def dump(self, obj: _Array) -> bytes:
        return obj


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    record: Line
    key: Key
    done: Callable[[bool], None]
    used: Callable[[], None]


class UnusedWriter:
    """Checks and writes in one transaction per batch, with a lock on each id: of two calls with the same id, also in two
    processes, only one is recorded. The isolation level is read committed, so a transaction that waited for the lock sees what
    the other wrote. A failure refuses all calls in the batch."""

    def __init__(self, database_url: str, *, timeout: float, meter: Meter) -> None:
        self._url, self._timeout, self._meter = database_url, timeout, meter
        self._queue: asyncio.Queue[_Waiting] = asyncio.Queue()
        self._connection: psycopg.AsyncConnection | None = None

    def add(self, record: Line, chosen: tuple[int, str], done: Callable[[bool], None], used: Callable[[], None]) -> None:
        """Queue an outgoing record of a peer (its number) with a transaction id (`chosen`).

        Then one is called: `done(True)` after the commit, `done(False)` when that fails, or `used()` when the peer has used
        this id before.
        """
        self._queue.put_nowait(_Waiting(record, (chosen[0], uuid.UUID(chosen[1])), done, used))

    async def run(self) -> None:
        """Write forever."""
        while True:
            batch = [await self._queue.get()]
            while not self._queue.empty() and len(batch) < _BATCH:
                batch.append(self._queue.get_nowait())
            started = time.perf_counter()
            written = await self._within_time(batch)
            self._meter.wrote(len(batch), time.perf_counter() - started, written is not None)
            for waiting in batch:
                if written is not None and waiting not in written:
                    waiting.used()
                else:
                    waiting.done(written is not None)

    async def _within_time(self, batch: list[_Waiting]) -> set[_Waiting] | None:
        """The calls whose records were committed. None when the batch failed or took too long; the connection is then closed."""
        task = asyncio.create_task(self._write(batch))
        finished, _ = await asyncio.wait({task}, timeout=self._timeout)
        if finished and task.exception() is None:
            return task.result()
        if self._connection is not None:
            sever(self._connection)
            self._connection = None
        log.error("transaction log not written: %s", task.exception() if finished else f"no answer in {self._timeout} s")
        task.cancel()
        task.add_done_callback(lambda late: late.cancelled() or late.exception())
        return None

    async def _write(self, batch: list[_Waiting]) -> set[_Waiting]:
        first = {waiting.key: waiting for waiting in reversed(batch)}
        if self._connection is None:
            self._connection = await psycopg.AsyncConnection.connect(
                self._url,
                autocommit=True,
                application_name="gateway-txlog",
                connect_timeout=max(2, int(self._timeout)),
                options="-c synchronous_commit=on -c default_transaction_isolation=read\\ committed",
            )
            self._connection.adapters.register_dumper(_Array, _AsItIs)
        async with self._connection.transaction(), psycopg.AsyncRawCursor(self._connection) as cursor:
            await cursor.execute(_LOCK, [sorted(map(_lock_number, first))])
            await cursor.execute(_USED, [[id_ for _, id_ in first], [owner for owner, _ in first]])
            used = set(await cursor.fetchall())
            fresh = {waiting for key, waiting in first.items() if key not in used}
            if fresh:
                await cursor.execute(INSERT, [_Array(array) for array in arrays(waiting.record for waiting in fresh)])
        return fresh


def _lock_number(key: Key) -> int:
    digest = hashlib.blake2b(f"{key[0]} {key[1]}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
