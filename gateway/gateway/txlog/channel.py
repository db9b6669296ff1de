"""One connection to the transaction log, directly on libpq: psycopg's own way costs three times as much per batch."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

import psycopg
from psycopg import pq

from gateway.txlog.record import INSERT

_NAME = b"record"
_FORMATS = [pq.Format.BINARY] * 4
Finished = Callable[[str | None], None]


class Channel:
    """Sends one batch at a time; after any failure it is closed and cannot be used again."""

    def __init__(self, connection: psycopg.AsyncConnection, timeout: float) -> None:
        self._connection, self._libpq, self._timeout = connection, connection.pgconn, timeout
        self._loop, self._socket = asyncio.get_running_loop(), connection.pgconn.socket
        self._problem = ""
        self._finished: Finished | None = None
        self.closed = False
        self._loop.add_reader(self._socket, self._readable)

    @classmethod
    async def open(cls, database_url: str, timeout: float) -> Channel:
        """A connection whose commits are durable, with the statement prepared.

        Raises:
            psycopg.Error, OSError, TimeoutError: no connection within `timeout` seconds, or the statement was not prepared within
                the same time again.
        """
        connecting = psycopg.AsyncConnection.connect(
            database_url,
            autocommit=True,
            application_name="gateway-txlog",
            connect_timeout=max(2, int(timeout)),
            options="-c synchronous_commit=on -c plan_cache_mode=force_generic_plan",
        )
        channel = cls(await asyncio.wait_for(connecting, timeout), timeout)
        prepared: asyncio.Future[str | None] = channel._loop.create_future()
        channel._ask(partial(channel._libpq.send_prepare, _NAME, INSERT.encode()), prepared.set_result)
        problem = await prepared
        if problem is not None:
            raise psycopg.OperationalError(problem)
        return channel

    @property
    def idle(self) -> bool:
        return self._finished is None

    def write(self, arrays: Sequence[bytes], finished: Finished) -> None:
        """Write records (`record.arrays`). `finished` is called once: with None after the commit, else with the problem."""
        self._ask(partial(self._libpq.send_query_prepared, _NAME, arrays, _FORMATS), finished)

    def _ask(self, send: Callable[[], None], finished: Finished) -> None:
        self._problem, self._finished = "", finished
        self._timer = self._loop.call_later(self._timeout, self._give_up, f"no answer in {self._timeout} s")
        try:
            send()
            self._flush()
        except psycopg.Error as problem:
            self._give_up(str(problem))

    def _readable(self) -> None:
        """Read what the server sent. It is ready for the next query only after the commit (PostgreSQL, message flow)."""
        try:
            self._libpq.consume_input()
            while self._finished is not None and not self._libpq.is_busy():
                result = self._libpq.get_result()
                if result is None:
                    self._end()
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
        """Close without waiting for a server that may be silent, and report the problem at once."""
        self.closed = True
        self._loop.remove_reader(self._socket)
        self._loop.remove_writer(self._socket)
        self._libpq.finish()
        finished, self._finished = self._finished, None
        if finished is not None:
            self._timer.cancel()
            finished(problem)
