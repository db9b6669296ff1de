"""Group commit: records that arrive during a commit share the next batch. A call gets its answer after the commit of its
record."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from functools import partial

import psycopg

from gateway.observe.meter import Meter
from gateway.txlog.channel import Channel
from gateway.txlog.record import Line, arrays

log = logging.getLogger("gateway.txlog")
_BATCH = 2000
_CHANNELS = 2  # while one batch waits for the disk, the next one can be sent
_ENOUGH = 16  # with a batch in progress, a second one starts from this many records; fewer wait
_AGAIN_SECONDS = 1.0  # wait between attempts to open a second channel
Done = Callable[[bool], None]
_Batch = list[tuple[Line, Done]]


class LogWriter:
    """Writes records durably and tells each sender whether its record is in the log; a failure refuses all waiting records."""

    def __init__(self, database_url: str, *, timeout: float, meter: Meter) -> None:
        self._url, self._timeout, self._meter = database_url, timeout, meter
        self._waiting: _Batch = []
        self._channels: list[Channel] = []
        self._opening: asyncio.Task[None] | None = None
        self._sending = False

    def add(self, record: Line, done: Done) -> None:
        """Queue a record; calls `done(True)` after its commit, `done(False)` when that fails."""
        self._waiting.append((record, done))
        self._send_soon()

    def _send_soon(self) -> None:
        """Send after this turn of the event loop, so that records added in the same turn share the batch."""
        if not self._sending:
            self._sending = True
            asyncio.get_running_loop().call_soon(self._send)

    def _send(self) -> None:
        self._sending = False
        self._channels = [channel for channel in self._channels if not channel.closed]
        for channel in [channel for channel in self._channels if channel.idle]:
            if not self._enough():
                return
            batch, self._waiting = self._waiting[:_BATCH], self._waiting[_BATCH:]
            written = partial(self._written, batch, time.perf_counter())
            channel.write(arrays(record for record, _ in batch), written)
        if self._opening is None and len(self._channels) < _CHANNELS and self._enough():
            self._opening = asyncio.create_task(self._open())

    def _enough(self) -> bool:
        """Whether enough records wait to start a batch now."""
        under_way = any(not channel.idle for channel in self._channels)
        return len(self._waiting) >= (_ENOUGH if under_way else 1)

    def _written(self, batch: _Batch, started: float, problem: str | None) -> None:
        self._meter.wrote(len(batch), time.perf_counter() - started, problem is None)
        if problem is not None:
            self._refuse(batch, problem)
            return
        for _, done in batch:
            done(True)
        if self._waiting:
            self._send_soon()

    async def _open(self) -> None:
        try:
            channel = await Channel.open(self._url, self._timeout)
            self._channels.append(channel)
        except (psycopg.Error, OSError, TimeoutError) as problem:
            if self._channels:
                await asyncio.sleep(_AGAIN_SECONDS)
            else:
                self._meter.wrote(len(self._waiting), self._timeout, False)
                self._refuse([], str(problem) or f"no connection in {self._timeout} s")
        finally:
            self._opening = None
        self._send()

    def _refuse(self, batch: _Batch, problem: str) -> None:
        """Refuse the batch, and also all waiting records: they would only wait for the same failure."""
        log.error("transaction log not written: %s", problem)
        refused, self._waiting = batch + self._waiting, []
        for _, done in refused:
            done(False)
