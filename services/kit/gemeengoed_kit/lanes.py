"""Thread pools that carry out requests: one for reading and one for writing, with a timeout on the wait for a thread.

A request uses one thread for all its database work, and a lane has as many connections as threads. So a running request never
waits for a thread or a connection. Writers that wait for each other's locks take no threads from readers.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from gemeengoed_kit.errors import Unavailable

T = TypeVar("T")
THREADS = 8
"""Threads per lane, unless the settings say otherwise."""


class Busy(Unavailable):
    """503: no thread came free within the allowed time; nothing was begun."""

    type, title = "te-druk", "Te druk"
    meaning = "Alle werkplaatsen van de dienst waren bezet; er is niets begonnen."
    remedy = "Herhaal de aanvraag na `Retry-After` seconden."


class Lane:
    """A thread pool that carries out requests.

    Attributes:
        threads: how many requests run at once.
        wait_seconds: how long a request may wait for a thread.
    """

    def __init__(self, name: str, threads: int, wait_seconds: float) -> None:
        self.name, self.threads, self.wait_seconds = name, threads, wait_seconds
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._taken: set[Future[Any]] = set()

    async def run(self, work: Callable[[], T]) -> T:
        """Run `work` in a thread and return its result, or raise its exception.

        Raises:
            Busy: no thread came free in time.
        """
        held, context = [work], contextvars.copy_context()  # a cancelled job stays in the queue, and must not keep `work` alive
        job = self._pool.submit(lambda: context.run(held.pop()))
        self._taken.add(job)
        job.add_done_callback(self._taken.discard)
        job.add_done_callback(lambda ended: held.clear() if ended.cancelled() else None)
        # Cancelling has no effect on a job that has begun: we wait for it, as long as its own timeouts allow.
        timer = asyncio.get_running_loop().call_later(self.wait_seconds, job.cancel)
        try:
            return await asyncio.wrap_future(job)
        except asyncio.CancelledError:
            if job.cancelled() and not _being_cancelled():
                raise Busy(
                    f"Het is nu te druk: binnen {self.wait_seconds:g} s kwam er geen plaats vrij. Er is niets gedaan; "
                    "probeer het later opnieuw.",
                    headers={"Retry-After": "1"},
                ) from None
            raise
        finally:
            timer.cancel()
            # Its exception refers to this frame, and would keep what its traceback holds (a connection) until garbage collection.
            del job

    @property
    def running(self) -> int:
        """Number of requests that run in a thread now."""
        return sum(job.running() for job in list(self._taken))

    @property
    def waiting(self) -> int:
        """Number of requests that wait for a thread."""
        return sum(not job.running() for job in list(self._taken))

    def close(self) -> None:
        """Let running requests finish; begin no new ones."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def _being_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


class Lanes:
    """The lanes of one process."""

    def __init__(self, threads: int = THREADS, wait_seconds: float = 1.0) -> None:
        self.reading = Lane("lezen", threads, wait_seconds)
        self.writing = Lane("schrijven", threads, wait_seconds)

    def close(self) -> None:
        self.reading.close()
        self.writing.close()
