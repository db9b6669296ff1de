"""Ask the database a question within a time limit, whatever the database does. For health and metrics, never for a request."""

from __future__ import annotations

import asyncio
import math
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

import psycopg
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from gemeengoed_kit.db import sever

T = TypeVar("T")
SECONDS = 3.0
_FRESH_SECONDS = 1.0
_MARGIN_SECONDS = 0.5


class Probe(Generic[T]):
    """One question, with its own thread and connection; all who ask within a second share one answer.

    A silent server is cut off after `seconds`, so that the next question does not wait for this one.
    """

    def __init__(self, database_url: str, question: Callable[[Session], T], *, name: str, seconds: float = SECONDS) -> None:
        self._url, self._question, self._name, self._seconds = database_url, question, name, seconds
        self._engine = create_engine("postgresql+psycopg://", creator=self._connect, poolclass=NullPool, hide_parameters=True)
        self._lock = threading.Lock()
        self._answer: Future[T] | None = None
        self._asked = 0.0
        self._of_thread = threading.local()  # a late question must not cut off, or let go of, the connection of the next one

    def ask(self) -> T:
        """The answer.

        Raises:
            TimeoutError: it did not come in time.
            Exception: the error of the database, or of the question itself.
        """
        return self._ask().result(self._left())

    async def answer(self) -> T:
        """As `ask`, but without blocking the event loop."""
        return await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(self._ask())), self._left())

    def _left(self) -> float:
        return max(0.0, self._asked + self._seconds + _MARGIN_SECONDS - time.monotonic())

    def _ask(self) -> Future[T]:
        with self._lock:
            known = self._answer
            age = time.monotonic() - self._asked
            if known is not None and age < (_FRESH_SECONDS if known.done() else 3 * self._seconds):
                return known
            self._answer, self._asked = Future(), time.monotonic()
            threading.Thread(target=self._run, args=(self._answer,), name=f"probe-{self._name}", daemon=True).start()
            return self._answer

    def _run(self, answer: Future[T]) -> None:
        late, started = threading.Event(), time.monotonic()
        opened: list[psycopg.Connection] = []
        self._of_thread.opened = opened

        def cut() -> None:
            late.set()
            for connection in opened:
                sever(connection)

        timer = threading.Timer(self._seconds, cut)
        timer.daemon = True
        timer.start()
        try:
            with Session(self._engine) as session:
                found = self._question(session)
        except BaseException as problem:
            in_time = time.monotonic() - started < self._seconds  # connecting has its own timeout, of the same length
            answer.set_exception(problem if in_time and not late.is_set() else TimeoutError())
        else:
            answer.set_result(found)
        finally:
            timer.cancel()

    def _connect(self) -> psycopg.Connection:
        connection = psycopg.connect(
            self._url, connect_timeout=math.ceil(self._seconds), application_name=self._name, options="-c timezone=UTC"
        )
        self._of_thread.opened.append(connection)
        return connection
