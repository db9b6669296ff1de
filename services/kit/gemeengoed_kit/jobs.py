"""Background jobs in PostgreSQL, by procrastinate: queued in the transaction that asks for them.

A task is a plain function `(context, **arguments)` that may be run again at any moment: after a crash the
job of a worker that no longer gives a heartbeat goes back to the queue.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import procrastinate
from sqlalchemy import text
from sqlalchemy.orm import Session

from gemeengoed_kit import retention

if TYPE_CHECKING:
    from gemeengoed_kit.context import Context
    from gemeengoed_kit.outbox import Delivery

log = logging.getLogger("gemeengoed.jobs")
QUEUE = "taken"
JOIN_SECONDS = 5.0


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
        self._stopping = Event()
        self.tasks, self.concurrency, self.heartbeat_seconds = dict(tasks), concurrency, heartbeat_seconds
        self.app = procrastinate.App(
            connector=procrastinate.PsycopgConnector(conninfo=database_url, min_size=1, max_size=concurrency + 3)
        )
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

    def work(self, context: Context) -> None:
        """Run jobs, deliver the outbox and tidy up until SIGTERM or SIGINT; jobs under way are finished first."""
        self._register(context)
        threads = [Thread(target=retention.run, args=(partial(retention.tidy, context), self._stopping), daemon=True)]
        if self.delivery:
            threads.append(Thread(target=self.delivery.run, args=(context, self._stopping), daemon=True))
        for thread in threads:
            thread.start()
        try:
            asyncio.run(self._work(until_signal=True))
        finally:
            self._stop_loops()
            for thread in threads:
                thread.join(JOIN_SECONDS)

    def _stop_loops(self) -> None:
        self._stopping.set()
        if self.delivery:
            self.delivery.wake()

    def run_waiting(self, context: Context) -> None:
        """Run every job and deliver every message that is due, and what those queue and put, until nothing is left; for
        tests and one-off commands."""
        self._register(context)
        before: set[int] = set()
        while True:
            tried = self.delivery.deliver_due(context) if self.delivery else 0
            due = self._due(context)
            if due - before:  # what waits for a lock that is never given stays, and does not keep this going
                asyncio.run(self._work(until_signal=False))
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
                self.app.task(name=name, queue=QUEUE, retry=task.retry, pass_context=True)(partial(_try, task, context))

    async def _work(self, *, until_signal: bool) -> None:
        async with self.app.open_async():
            worker = asyncio.create_task(
                self.app.run_worker_async(
                    queues=[QUEUE],
                    concurrency=self.concurrency,
                    wait=until_signal,
                    install_signal_handlers=False,
                    fetch_job_polling_interval=5.0,
                    update_heartbeat_interval=self.heartbeat_seconds,
                    stalled_worker_timeout=self._silence.total_seconds(),
                    delete_jobs="successful",
                )
            )
            rescue = asyncio.create_task(self._rescue())
            if until_signal:
                for number in (signal.SIGTERM, signal.SIGINT):
                    asyncio.get_running_loop().add_signal_handler(number, self._stop, worker)
            try:
                await worker
            except asyncio.CancelledError:
                log.info("worker stopped")
            finally:
                rescue.cancel()

    def _stop(self, worker: asyncio.Task[None]) -> None:
        self._stop_loops()
        worker.cancel()

    @property
    def _silence(self) -> timedelta:
        return timedelta(seconds=6 * self.heartbeat_seconds)

    async def _rescue(self) -> None:
        """Give jobs of dead workers back to the queue."""
        while True:
            try:
                for job in await self.app.job_manager.get_stalled_jobs(
                    queue=QUEUE, seconds_since_heartbeat=self._silence.total_seconds()
                ):
                    log.warning("job %s of a dead worker goes back to the queue", job.id)
                    await self.app.job_manager.retry_job(job)
            except procrastinate.exceptions.ConnectorException:
                log.exception("could not look for jobs of dead workers; tried again")
            await asyncio.sleep(self.heartbeat_seconds)


def _try(task: Task, context: Context, attempt: procrastinate.JobContext, **arguments: Any) -> None:
    try:
        task.run(context, **arguments)
    except Exception as error:
        if task.give_up and task.retry.get_retry_decision(exception=error, job=attempt.job) is None:
            task.give_up(context, error, **arguments)
        raise
