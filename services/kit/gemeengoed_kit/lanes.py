"""Where requests are carried out: a fixed number of threads each for reading and for writing, and a bounded wait for one.

A request takes one thread for all it does with the database, and a lane has as many connections as threads: who runs
never waits for a thread or a connection. Writers that wait for each other's locks take no thread from readers.
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
"""Of a lane, unless the settings say otherwise."""


class Busy(Unavailable):
    """503: all threads were taken for as long as one may wait; nothing was begun."""

    type, title = "te-druk", "Te druk"
    meaning = "Alle werkplaatsen van de dienst waren bezet; er is niets begonnen."
    remedy = "Herhaal de aanvraag na `Retry-After` seconden."


class Lane:
    """A number of threads that carry out requests.

    Attributes:
        threads: how many requests run at once.
        wait_seconds: how long one may wait for a thread.
    """

    def __init__(self, name: str, threads: int, wait_seconds: float) -> None:
        self.name, self.threads, self.wait_seconds = name, threads, wait_seconds
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._taken: set[Future[Any]] = set()

    async def run(self, work: Callable[[], T]) -> T:
        """What `work` returns or raises, run in a thread.

        Raises:
            Busy: no thread came free in time.
        """
        held, context = [work], contextvars.copy_context()  # a job that is cancelled stays in the queue; what it held must not
        job = self._pool.submit(lambda: context.run(held.pop()))
        self._taken.add(job)
        job.add_done_callback(self._taken.discard)
        job.add_done_callback(lambda ended: held.clear() if ended.cancelled() else None)
        # Cancelling does nothing to a job that has begun: it is waited for, however long its own bounds let it take.
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
            # An exception in it refers to this frame, and keeps what its traceback holds (a connection) until it is collected.
            del job

    @property
    def running(self) -> int:
        """Requests that a thread carries out now."""
        return sum(job.running() for job in list(self._taken))

    @property
    def waiting(self) -> int:
        """Requests that wait for a thread."""
        return sum(not job.running() for job in list(self._taken))

    def close(self) -> None:
        """Let what runs finish; begin nothing more."""
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
