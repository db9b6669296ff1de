"""Background jobs in PostgreSQL, by procrastinate: queued in the transaction that asks for them.

A task is a plain function `(context, **arguments)` that may be run again at any moment: after a crash the
job of a worker that no longer gives a heartbeat goes back to the queue.
"""

from __future__ import annotations

import asyncio
import logging
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import procrastinate
from sqlalchemy import text
from sqlalchemy.orm import Session

from gemeengoed_kit import retention
from gemeengoed_kit.observe import logs

if TYPE_CHECKING:
    from gemeengoed_kit.context import Context
    from gemeengoed_kit.outbox import Delivery

log = logging.getLogger("gemeengoed.jobs")
QUEUE = "taken"
_GOODBYE_SECONDS = 2.0
_LOOK_SECONDS = 0.2
_ID = re.compile(r"[\w./:-]{1,64}")


@dataclass(frozen=True)
class Task:
    """A task: the function that gets the process's context and the job's arguments, and how often it is tried.

    Attributes:
        attempts: tries, with waits of 2, 4, 8 … seconds in between; after the last the job stays in the queue as
            failed. None: for ever, every five seconds.
        give_up: called after the last try has failed, with the context, the error and the job's arguments.
    """

    run: Callable[..., Any]
    attempts: int | None = 8
    give_up: Callable[..., None] | None = None

    @property
    def retry(self) -> procrastinate.RetryStrategy:
        if self.attempts is None:
            return procrastinate.RetryStrategy(wait=5)
        return procrastinate.RetryStrategy(max_attempts=self.attempts, exponential_wait=2)


class Jobs:
    """The job queue of one service, in its own database."""

    def __init__(
        self,
        database_url: str,
        tasks: Mapping[str, Task],
        *,
        delivery: Delivery | None = None,
        concurrency: int = 4,
        heartbeat_seconds: float = 5.0,
    ) -> None:
        self.delivery = delivery
        self.tasks, self.concurrency, self.heartbeat_seconds = dict(tasks), concurrency, heartbeat_seconds
        self.app = procrastinate.App(
            connector=procrastinate.PsycopgConnector(conninfo=database_url, min_size=1, max_size=concurrency + 3)
        )
        self._under_way: set[int | None] = set()
        self._lock = threading.Lock()
        # Deferring happens on the caller's own connection, so this one never opens any.
        self.queue = procrastinate.App(connector=procrastinate.SyncPsycopgConnector(conninfo=database_url))

    def defer(self, session: Session, task: str, *, lock: str | None = None, in_seconds: float = 0, **arguments: Any) -> None:
        """Queue a job on the session's own connection: it exists if and only if the transaction commits.

        Args:
            lock: jobs with the same lock run one after the other.
            in_seconds: earliest start from now.
        """
        assert task in self.tasks, f"unknown task {task}"
        options: dict[str, Any] = {"queue": QUEUE, "lock": lock, "connection": session.connection().connection.driver_connection}
        if in_seconds:
            options["schedule_in"] = {"milliseconds": int(in_seconds * 1000)}
        self.queue.configure_task(task, allow_unknown=True, **options).defer(**arguments)

    async def work(self, context: Context, stop: asyncio.Event, *, stop_seconds: float) -> None:
        """Run jobs, deliver the outbox and tidy up until `stop`; jobs under way are finished first, as far as they can be
        within `stop_seconds`."""
        self._register(context)
        worker, stopping = asyncio.create_task(self._work(until_stopped=True)), asyncio.create_task(stop.wait())
        with self._beside(context) as ended:
            await asyncio.wait({worker, stopping}, return_when=asyncio.FIRST_COMPLETED)
            stopping.cancel()
            ended()
            if not worker.done():
                await self._end(worker, stop_seconds)
        if not worker.done():
            log.warning("stopped with %s jobs under way; they go back to the queue", len(self._under_way))
        elif not worker.cancelled():
            worker.result()

    @contextmanager
    def _beside(self, context: Context) -> Iterator[Callable[[], None]]:
        """Deliver the outbox and tidy up in threads of their own, until the function that is given is called."""
        stopping = Event()

        def end() -> None:
            stopping.set()
            if self.delivery:
                self.delivery.wake()

        threads = [Thread(target=retention.run, args=(partial(retention.tidy, context), stopping), daemon=True)]
        if self.delivery:
            threads.append(Thread(target=self.delivery.run, args=(context, stopping), daemon=True))
        for thread in threads:
            thread.start()
        try:
            yield end
        finally:
            end()
            deadline = time.monotonic() + _GOODBYE_SECONDS
            for thread in threads:
                thread.join(max(0.0, deadline - time.monotonic()))

    async def _end(self, worker: asyncio.Task[None], seconds: float) -> None:
        """Procrastinate's worker finishes its jobs and says goodbye to the database, for as long as that takes. When no job is
        under way any more, the database gets a moment: without it the next worker finds out by the heartbeat."""
        loop = asyncio.get_running_loop()
        worker.cancel()
        deadline = loop.time() + seconds
        while not worker.done() and loop.time() < deadline:
            if not self._under_way:
                deadline = min(deadline, loop.time() + _GOODBYE_SECONDS)
            await asyncio.wait({worker}, timeout=_LOOK_SECONDS)

    def run_waiting(self, context: Context) -> None:
        """Run every job and deliver every message that is due, and what those queue and put, until nothing is left; for
        tests and one-off commands."""
        self._register(context)
        before: set[int] = set()
        while True:
            tried = self.delivery.deliver_due(context) if self.delivery else 0
            due = self._due(context)
            if due - before:  # what waits for a lock that is never given stays, and does not keep this going
                asyncio.run(self._work(until_stopped=False))
            elif not tried:
                return
            before = due

    def _due(self, context: Context) -> set[int]:
        with context.sessions() as session:
            return set(
                session.scalars(
                    text("SELECT id FROM procrastinate_jobs WHERE status = 'todo' AND coalesce(scheduled_at <= now(), true)")
                )
            )

    def _register(self, context: Context) -> None:
        for name, task in self.tasks.items():
            if name not in self.app.tasks:
                self.app.task(name=name, queue=QUEUE, retry=task.retry, pass_context=True)(
                    partial(self._try, name, task, context)
                )

    async def _work(self, *, until_stopped: bool) -> None:
        async with self.app.open_async():
            worker = asyncio.create_task(
                self.app.run_worker_async(
                    queues=[QUEUE],
                    concurrency=self.concurrency,
                    wait=until_stopped,
                    install_signal_handlers=False,
                    fetch_job_polling_interval=5.0,
                    update_heartbeat_interval=self.heartbeat_seconds,
                    stalled_worker_timeout=self.silence.total_seconds(),
                    delete_jobs="successful",
                )
            )
            rescue = asyncio.create_task(self._rescue())
            try:
                await worker
            finally:
                rescue.cancel()

    @property
    def silence(self) -> timedelta:
        """Who gave no heartbeat for so long is taken for dead."""
        return timedelta(seconds=6 * self.heartbeat_seconds)

    async def _rescue(self) -> None:
        """Give jobs of dead workers back to the queue."""
        while True:
            try:
                for job in await self.app.job_manager.get_stalled_jobs(
                    queue=QUEUE, seconds_since_heartbeat=self.silence.total_seconds()
                ):
                    log.warning("job %s of a dead worker goes back to the queue", job.id)
                    await self.app.job_manager.retry_job(job)
            except procrastinate.exceptions.ConnectorException:
                log.exception("could not look for jobs of dead workers; tried again")
            await asyncio.sleep(self.heartbeat_seconds)

    def _try(self, name: str, task: Task, context: Context, attempt: procrastinate.JobContext, **arguments: Any) -> None:
        """One try of a job, on a thread of its own: what is logged in it names the job, and a failure is a line and a number."""
        started, job = time.perf_counter(), attempt.job
        with self._lock:
            self._under_way.add(job.id)
        outcome = "failed"
        try:
            with logs.about(job=job.id, task=name):
                _try(task, context, attempt, arguments)
            outcome = "done"
        finally:
            with self._lock:
                self._under_way.discard(job.id)
                context.meter.count("service_job_tries", name, outcome)
                context.meter.observe("service_job_seconds", time.perf_counter() - started, name)


def _try(task: Task, context: Context, attempt: procrastinate.JobContext, arguments: dict[str, Any]) -> None:
    try:
        task.run(context, **arguments)
    except Exception as error:
        last = task.retry.get_retry_decision(exception=error, job=attempt.job) is None
        log.log(
            logging.ERROR if last else logging.WARNING,
            "job failed, %s",
            "given up" if last else "tried again later",
            extra={
                "attempt": attempt.job.attempts + 1,
                "arguments": _ids(arguments),
                "error": f"{type(error).__name__}: {error}",
            },
            exc_info=error,
        )
        if task.give_up and last:
            task.give_up(context, error, **arguments)
        raise


def _ids(arguments: dict[str, Any]) -> dict[str, Any]:
    """The arguments that only say which: numbers, and short texts as in a path."""
    return {name: value for name, value in arguments.items() if isinstance(value, int) or _ID.fullmatch(str(value))}


def _is_not_told_here(record: logging.LogRecord) -> bool:
    """Procrastinate's own line about how a job ended, which repeats the arguments in full, is left out for ours."""
    return not str(getattr(record, "action", "")).startswith("job_")


logging.getLogger("procrastinate.worker").addFilter(_is_not_told_here)
