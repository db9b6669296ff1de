"""Group commit: records that arrive while one COPY commits go together in the next. Nobody is answered before that."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import time
from collections.abc import Callable

import psycopg

from gateway.observe.meter import Meter
from gateway.txlog.record import COLUMNS

log = logging.getLogger("gateway.txlog")
_COPY = f"COPY transaction_record ({COLUMNS}) FROM STDIN"
_BATCH = 2000
Done = Callable[[bool], None]


def sever(connection: psycopg.AsyncConnection) -> None:
    """Break a connection whose server is silent: whoever waits on it gets an error at once."""
    try:
        duplicate = socket.socket(fileno=os.dup(connection.fileno()))
    except (psycopg.OperationalError, OSError):
        return
    try:
        duplicate.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    finally:
        duplicate.close()


class LogWriter:
    """Writes records durably and tells each sender whether its record is in; a failure refuses all who wait."""

    def __init__(self, database_url: str, *, timeout: float, meter: Meter) -> None:
        self._url, self._timeout, self._meter = database_url, timeout, meter
        self._waiting: list[tuple[bytes, Done]] = []
        self._work = asyncio.Event()
        self._connection: psycopg.AsyncConnection | None = None

    def add(self, record: bytes, done: Done) -> None:
        """Queue a record; `done(True)` once it is committed, `done(False)` when it is not."""
        self._waiting.append((record, done))
        self._work.set()

    async def run(self) -> None:
        """Write for ever."""
        while True:
            await self._work.wait()
            batch, self._waiting = self._waiting[:_BATCH], self._waiting[_BATCH:]
            if not self._waiting:
                self._work.clear()
            started = time.perf_counter()
            ok = await self._write(b"".join([record for record, _ in batch]))
            self._meter.wrote(len(batch), time.perf_counter() - started, ok)
            if not ok:  # those who came in meanwhile would only wait for the same failure
                batch, self._waiting = batch + self._waiting, []
            for _, done in batch:
                done(ok)

    async def _write(self, data: bytes) -> bool:
        """Whether the data are committed within the timeout; if not, the connection is given up."""
        task = asyncio.create_task(self._copy(data))
        finished, _ = await asyncio.wait({task}, timeout=self._timeout)
        if finished and task.exception() is None:
            return True
        if self._connection is not None:
            sever(self._connection)
            self._connection = None
        log.error("transaction log not written: %s", task.exception() if finished else f"no answer in {self._timeout} s")
        task.cancel()
        task.add_done_callback(lambda late: late.cancelled() or late.exception())
        return False

    async def _copy(self, data: bytes) -> None:
        if self._connection is None:
            self._connection = await psycopg.AsyncConnection.connect(
                self._url,
                autocommit=True,
                application_name="gateway-txlog",
                connect_timeout=max(2, int(self._timeout)),
                options="-c synchronous_commit=on -c timezone=UTC",
            )
        async with self._connection.cursor() as cursor, cursor.copy(_COPY) as copy:
            await copy.write(data)
