"""One connection to the transaction log, straight on libpq: psycopg's own COPY costs three times as much per batch."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import psycopg
from psycopg import pq

from gateway.txlog.record import COLUMNS

_COPY = f"COPY transaction_record ({COLUMNS}) FROM STDIN".encode()
Finished = Callable[[str | None], None]


class Channel:
    """Carries one COPY at a time; after any failure it is closed and of no more use."""

    def __init__(self, connection: psycopg.AsyncConnection, timeout: float) -> None:
        self._connection, self._libpq, self._timeout = connection, connection.pgconn, timeout
        self._loop, self._socket = asyncio.get_running_loop(), connection.pgconn.socket
        self._data, self._problem = b"", ""
        self._finished: Finished | None = None
        self.closed = False
        self._loop.add_reader(self._socket, self._readable)

    @classmethod
    async def open(cls, database_url: str, timeout: float) -> Channel:
        """A connection whose commits are durable.

        Raises:
            psycopg.Error, OSError, TimeoutError: not within `timeout` seconds.
        """
        connecting = psycopg.AsyncConnection.connect(
            database_url,
            autocommit=True,
            application_name="gateway-txlog",
            connect_timeout=max(2, int(timeout)),
            options="-c synchronous_commit=on -c timezone=UTC",
        )
        return cls(await asyncio.wait_for(connecting, timeout), timeout)

    @property
    def idle(self) -> bool:
        return self._finished is None

    def write(self, lines: bytes, finished: Finished) -> None:
        """COPY `lines`; `finished` is called once: with None when they are committed, else with what went wrong."""
        self._data, self._problem, self._finished = lines, "", finished
        self._timer = self._loop.call_later(self._timeout, self._give_up, f"no answer in {self._timeout} s")
        try:
            self._libpq.send_query(_COPY)
            self._flush()
        except psycopg.Error as problem:
            self._give_up(str(problem))

    def _readable(self) -> None:
        """What the server says. Its `COPY n` comes after the commit (PostgreSQL, message flow, simple query)."""
        try:
            self._libpq.consume_input()
            while self._finished is not None and not self._libpq.is_busy():
                result = self._libpq.get_result()
                if result is None:
                    self._end()
                elif result.status == pq.ExecStatus.COPY_IN:
                    self._libpq.put_copy_data(self._data)
                    self._libpq.put_copy_end()
                    self._flush()
                elif result.status != pq.ExecStatus.COMMAND_OK:
                    self._problem = result.get_error_message()
        except psycopg.Error as problem:
            self._give_up(str(problem))

    def _flush(self) -> None:
        if self._libpq.flush():
            self._loop.add_writer(self._socket, self._writable)

    def _writable(self) -> None:
        try:
            if not self._libpq.flush():
                self._loop.remove_writer(self._socket)
        except psycopg.Error as problem:
            self._give_up(str(problem))

    def _end(self) -> None:
        if self._problem:
            self._give_up(self._problem)
            return
        self._timer.cancel()
        finished, self._finished = self._finished, None
        assert finished is not None
        finished(None)

    def _give_up(self, problem: str) -> None:
        """Close without waiting for a server that may be silent; whoever waits hears it now."""
        self.closed = True
        self._loop.remove_reader(self._socket)
        self._loop.remove_writer(self._socket)
        self._libpq.finish()
        finished, self._finished = self._finished, None
        if finished is not None:
            self._timer.cancel()
            finished(problem)
