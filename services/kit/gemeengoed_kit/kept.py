"""Answers that a process keeps for as long as nothing changes that they were made from.

A service that keeps answers has a table `stand`, with a `merk` for each part of its data. Whatever transaction changes that part
gives it another `merk`, and such transactions commit one after the other. So whoever sees the same `merk` sees the same data, in
whatever process, and an answer is kept with the `merk` of the snapshot that it was made in:

    @dekking.get("", ...)
    @keeps("dekking")
    def get_dekking(...): ...

Every request reads the `merk`, so no caller gets an answer that is older than what it has seen or written before.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from fastapi import Request, Response
from sqlalchemy import Connection, Engine, text

from gemeengoed_kit.clock import Clock, today
from gemeengoed_kit.identity import Caller

F = TypeVar("F", bound=Callable[..., Any])
_PART = 8
"""An answer that takes more than this part of it, is not kept."""
_ENTRY_BYTES = 1000
"""What keeping an answer takes besides its text."""
_TURNS = 64
_TURN_SECONDS = 1.0
_MERK = text("SELECT CAST(merk AS text) FROM stand WHERE over = :over")


def rights(caller: Caller | None) -> Hashable:
    """All that may decide what a caller sees; None for one without a token."""
    return caller and json.dumps([caller.peer_id, caller.delegator_id, dict(caller.properties)], sort_keys=True)


@dataclass(frozen=True)
class Keeps:
    """What the answers of a route depend on, besides path, query and day.

    Attributes:
        over: part of the data that they are made from.
        sight: what a caller may see; callers with the same share an answer.
        unless: parameters with which they are not kept, as they are made from other data too.
    """

    over: str
    sight: Callable[[Caller | None], Hashable] = rights
    unless: Collection[str] = ()

    def key(self, request: Request, clock: Clock) -> Hashable | None:
        """By what the answer to a request is kept; None when it is not."""
        if not request.state.query.keys().isdisjoint(self.unless):
            return None
        return request.scope["path"], request.scope["query_string"], today(clock), self.sight(request.state.caller)

    def seen(self, connection: Connection) -> str:
        """The `merk` of what a transaction sees."""
        merk: str = connection.execute(_MERK, {"over": self.over}).scalar_one()
        return merk

    def now(self, engine: Engine) -> str:
        """The `merk` of what is committed, in one round trip to the database."""
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            return self.seen(connection)


def keeps(over: str, *, sight: Callable[[Caller | None], Hashable] = rights, unless: Collection[str] = ()) -> Callable[[F], F]:
    """Let the edge keep what an endpoint answers with status 200. Goes below the route decorator.

    Args:
        over, sight, unless: as of `Keeps`.
    """

    def mark(endpoint: F) -> F:
        endpoint.keeps = Keeps(over, sight, unless)  # type: ignore[attr-defined]
        return endpoint

    return mark


@dataclass(frozen=True)
class _Answer:
    merk: str
    body: bytes
    headers: list[tuple[bytes, bytes]]
    size: int


class Kept:
    """The answers that a process keeps, together no more than a number of bytes. Those that were not asked for longest, go
    first."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes, self.bytes = most_bytes, 0
        self._answers = OrderedDict[Hashable, _Answer]()
        self._lock = threading.Lock()
        self._turns = [threading.Lock() for _ in range(_TURNS)]

    def find(self, key: Hashable, merk: str) -> Response | None:
        """The answer, if it was made from what has this `merk`."""
        with self._lock:
            known = self._answers.get(key)
            if known is None or known.merk != merk:
                return None
            self._answers.move_to_end(key)
        response = Response(known.body)
        response.raw_headers = list(known.headers)
        return response

    def keep(self, key: Hashable, merk: str, response: Response) -> None:
        """Keep an answer; those of streams, and those that are no success or very long, are not kept."""
        body = getattr(response, "body", None)
        if response.status_code != 200 or not isinstance(body, bytes):
            return
        size = len(body) + len(repr(key)) + len(repr(response.raw_headers)) + _ENTRY_BYTES
        if size * _PART > self.most_bytes:
            return
        with self._lock:
            self._forget(key)
            self._answers[key] = _Answer(merk, body, list(response.raw_headers), size)
            self.bytes += size
            while self.bytes > self.most_bytes:
                self._forget(next(iter(self._answers)))

    def _forget(self, key: Hashable) -> None:
        known = self._answers.pop(key, None)
        self.bytes -= known.size if known is not None else 0

    @contextmanager
    def turn(self, key: Hashable) -> Iterator[bool]:
        """While one makes an answer, others that need it wait for a moment. Gives whether there was somebody to wait for."""
        turn = self._turns[hash(key) % _TURNS]
        first = turn.acquire(blocking=False)
        mine = first or turn.acquire(timeout=_TURN_SECONDS)
        try:
            yield not first
        finally:
            if mine:
                turn.release()
