"""Background jobs in PostgreSQL, run by procrastinate. A job is queued in the transaction that asks for it.

A task is a plain function `(context, **arguments)` that may run again at any moment: when a worker gives no heartbeat any
more, its jobs go back to the queue.
"""

from __future__ import annotations

import asyncio
import logging
import math
import re
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any

import procrastinate
import psycopg
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from psycopg.conninfo import make_conninfo
from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from gemeengoed_kit import retention
from gemeengoed_kit.audit import Actor
from gemeengoed_kit.db import ALIVE
from gemeengoed_kit.errors import Refusal
from gemeengoed_kit.observe import logs

if TYPE_CHECKING:
    from gemeengoed_kit.context import Context, Work
    from gemeengoed_kit.outbox import Delivery

log = logging.getLogger("gemeengoed.jobs")
QUEUE = "taken"
STEADY_SECONDS = 5
"""Wait between tries without a limit: of a task without `attempts`, and of recording that a job has failed."""
LONGEST_WAIT_SECONDS = 900
RESUME_SECONDS = 300
_GOODBYE_SECONDS = 2.0
_OTHER_THREADS = 4
_LOOK_SECONDS = 0.2
_ID = re.compile(r"[\w./:-]{1,64}")


class LostJob(Exception):
    """All tries of a job were begun, but the worker died before it recorded how the last one ended."""


class NotWrittenDown(Exception):
    """`give_up` failed, so the failure of the work has not been recorded yet."""


@dataclass(frozen=True)
class Task:
    """A task: a function that gets the process's context and the job's arguments, and how often it is tried.

    Attributes:
        attempts: tries in all, with waits of 2, 4, 8 … seconds in between (longer when the error's `retry_after` says so).
            A try during which the worker died counts too. After the last try the job stays in the queue as failed.
            None: no limit, one try every five seconds.
        give_up: called after the last try has failed, with the context, the error and the job's arguments. If it fails, it is
            called again until it succeeds. The work may have succeeded in the meantime.
        final: whether to give up at once on this error, because a retry cannot help. The job then counts as done.
        resume: queues the work that waits for this task but has no job (see `queued`); called when a worker starts, and
            regularly after that.
    """

    run: Callable[..., Any]
    attempts: int | None = 8
    give_up: Callable[..., None] | None = None
    final: Callable[[Exception], bool] = lambda error: False
    resume: Callable[[Work], None] | None = None

    def wait_after(self, tries: int, error: BaseException) -> float | None:
        """Seconds until the next try, after this number of tries and this error; None when that was the last try."""
        if self.attempts is None or isinstance(error, NotWrittenDown):
            return STEADY_SECONDS
        if tries >= self.attempts:
            return None
        asked: float = getattr(error, "retry_after", None) or 0
        return min(max(2**tries, asked), LONGEST_WAIT_SECONDS)


@dataclass(frozen=True)
class Pass:
    """Work that `work` does over and over, in a thread of its own. Processes may do so at once, so a turn sees to that itself.

    Attributes:
        run: one turn; returns whether there is more to do, and then the next turn follows at once.
        seconds: between turns otherwise, and after a failure.
    """

    name: str
    run: Callable[[Context], bool]
    seconds: float

    def repeat(self, context: Context, stopping: Event) -> None:
        """Until `stopping` is set. A failure is logged, and the turn done again."""
        while not stopping.is_set():
            more = False
            try:
                more = self.run(context)
            except Exception as problem:
                log.warning("%s failed, tried again: %s", self.name, getattr(problem, "orig", problem))
            if not more:
                stopping.wait(self.seconds)


class _Retry(BaseRetryStrategy):
    def __init__(self, task: Task) -> None:
        self.task = task

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        wait = self.task.wait_after(job.attempts + 1, exception)
        return None if wait is None else RetryDecision(retry_in={"milliseconds": int(wait * 1000)})


def queued(session: Session, task: str, **arguments: Any) -> bool:
    """Whether a job with exactly these arguments is waiting or running, as this transaction sees it."""
    query = text(
        "SELECT EXISTS (SELECT FROM procrastinate_jobs "
        "WHERE task_name = :task AND args = :arguments AND status IN ('todo', 'doing'))"
    ).bindparams(bindparam("arguments", arguments, JSONB))
    return bool(session.scalar(query, {"task": task}))


class Jobs:
    """The job queue of one service, in the service's own database."""

    def __init__(
        self,
        database_url: str,
        tasks: Mapping[str, Task],
        *,
        delivery: Delivery | None = None,
        passes: Sequence[Pass] = (),
        concurrency: int = 4,
        heartbeat_seconds: float = 5.0,
    ) -> None:
        self.delivery, self.passes = delivery, tuple(passes)
        self.tasks, self.concurrency, self.heartbeat_seconds = dict(tasks), concurrency, heartbeat_seconds
        self.app = procrastinate.App(
            connector=procrastinate.PsycopgConnector(
                conninfo=make_conninfo(database_url, **ALIVE), min_size=1, max_size=concurrency + 3
            )
        )
        # Jobs are deferred on the caller's own connection, so this connector never opens one.
        self.queue = procrastinate.App(connector=procrastinate.SyncPsycopgConnector(conninfo=database_url))
        self._counting = Lock()
        self._worker_id: int | None = None
        self._running: set[int] = set()
        self._unwritten: dict[int, Exception] = {}

    def defer(self, session: Session, task: str, *, lock: str | None = None, **arguments: Any) -> None:
        """Queue a job on the session's own connection: the job exists if and only if the transaction commits.

        Args:
            lock: jobs with the same lock run one after the other.

        Raises:
            DBAPIError: as for any other statement of the session.
        """
        if task not in self.tasks:
            raise ValueError(f"unknown task {task}: nobody would ever run it")
        connection = session.connection().connection.driver_connection
        job = self.queue.configure_task(task, allow_unknown=True, queue=QUEUE, lock=lock, connection=connection)
        try:
            job.defer(**arguments)
        except procrastinate.exceptions.ConnectorException as error:
            cause = error.__cause__
            if isinstance(cause, psycopg.Error):
                raise DBAPIError.instance("procrastinate", None, cause, psycopg.Error) from error
            raise

    async def work(self, context: Context, stop: asyncio.Event, *, stop_seconds: float) -> None:
        """Run jobs and passes, deliver the outbox and remove expired rows until `stop` is set. Running jobs then get
        `stop_seconds` to finish."""
        self._register(context)
        worker, stopping = asyncio.create_task(self._work(context, until_stopped=True)), asyncio.create_task(stop.wait())
        with self._beside(context) as ended:
            await asyncio.wait({worker, stopping}, return_when=asyncio.FIRST_COMPLETED)
            stopping.cancel()
            ended()
            if not worker.done():
                await self._end(worker, stop_seconds)
        if not worker.done() and self._running:
            log.warning("stopped with %s jobs under way; they go back to the queue", len(self._running))
        elif worker.done() and not worker.cancelled():
            worker.result()

    @contextmanager
    def _beside(self, context: Context) -> Iterator[Callable[[], None]]:
        """Do the passes, deliver the outbox and remove expired rows in separate threads, until the yielded function is called."""
        stopping, deadline = Event(), math.inf

        def end() -> None:
            nonlocal deadline
            deadline = min(deadline, time.monotonic() + _GOODBYE_SECONDS)
            stopping.set()
            if self.delivery:
                self.delivery.wake()

        threads = [Thread(target=retention.run, args=(partial(retention.tidy, context), stopping), daemon=True)]
        threads += [Thread(target=one.repeat, args=(context, stopping), daemon=True) for one in self.passes]
        if self.delivery:
            threads.append(Thread(target=self.delivery.run, args=(context, stopping), daemon=True))
        for thread in threads:
            thread.start()
        try:
            yield end
        finally:
            end()
            for thread in threads:
                thread.join(max(0.0, deadline - time.monotonic()))

    async def _end(self, worker: asyncio.Task[None], seconds: float) -> None:
        """Stop procrastinate's worker: it finishes its jobs and signs off in the database. Once no job runs any more, it gets
        only a moment to sign off. If it cannot, the next worker notices by the missing heartbeat."""
        loop = asyncio.get_running_loop()
        worker.cancel()
        deadline = loop.time() + seconds
        while not worker.done() and loop.time() < deadline:
            if not self._running:
                deadline = min(deadline, loop.time() + _GOODBYE_SECONDS)
            await asyncio.wait({worker}, timeout=_LOOK_SECONDS)

    def run_waiting(self, context: Context) -> None:
        """Run all jobs and deliver all messages that are due, and those that they add, until nothing is left; then do the passes.
        For tests and one-off commands."""
        self._register(context)
        before: set[int] = set()
        while True:
            tried = self.delivery.deliver_due(context) if self.delivery else 0
            due = self._due(context)
            if due - before:  # a job whose lock nobody releases stays, and must not keep this loop going
                asyncio.run(self._work(context, until_stopped=False))
            elif not tried:
                break
            before = due
        for one in self.passes:
            while one.run(context):
                pass

    def resume(self, context: Context) -> None:
        """Queue work again whose job is gone (lost, failed or removed). One worker at a time does this."""
        for task in self.tasks.values():
            if task.resume is not None:
                with context.work(Actor()) as work:
                    if work.session.scalar(text("SELECT pg_try_advisory_xact_lock(hashtextextended('gemeengoed.jobs', 0))")):
                        task.resume(work)

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
                run = partial(self._try, name, task, context)
                self.app.task(name=name, queue=QUEUE, retry=_Retry(task), pass_context=True)(run)

    async def _work(self, context: Context, *, until_stopped: bool) -> None:
        # Jobs run in the loop's default thread pool. By default it has only a few more threads than there are processors.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(self.concurrency + _OTHER_THREADS))
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
                    worker_middleware=[self._watch],
                )
            )
            beside = [asyncio.create_task(self._rescue())]
            if until_stopped:
                beside.append(asyncio.create_task(self._resume(context)))
            try:
                await worker
            finally:
                for other in beside:
                    other.cancel()

    @property
    def silence(self) -> timedelta:
        """A worker without a heartbeat for this long is considered dead."""
        return timedelta(seconds=6 * self.heartbeat_seconds)

    async def _watch(
        self, run: Callable[[], Awaitable[Any]], attempt: procrastinate.JobContext, worker: procrastinate.worker.Worker
    ) -> Any:
        """Keep track of the jobs that this worker runs."""
        assert attempt.job.id is not None
        self._worker_id = attempt.job.worker_id
        self._running.add(attempt.job.id)
        try:
            return await run()
        finally:
            self._running.discard(attempt.job.id)

    async def _rescue(self) -> None:
        """Give jobs of dead workers back to the queue, and our own jobs whose end could not be recorded."""
        suspects: set[int] = set()
        while True:
            try:
                stalled = list(
                    await self.app.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=self.silence.total_seconds())
                )
                unended = await self._unended()
                # There is a moment between running and ended: only a job that is seen there twice is stuck.
                stalled += [job for job in unended if job.id in suspects]
                suspects = {job.id for job in unended if job.id is not None}
                for job in stalled:
                    if job.id in self._running:  # our own heartbeat stopped, during shutdown
                        continue
                    log.warning("job %s of a dead worker goes back to the queue", job.id)
                    await self.app.job_manager.retry_job(job)
            except procrastinate.exceptions.ConnectorException:
                log.exception("could not look for jobs of dead workers; tried again")
            await asyncio.sleep(self.heartbeat_seconds)

    async def _unended(self) -> list[Job]:
        """Jobs that are marked as running by this worker, but do not run."""
        if self._worker_id is None:
            return []
        mine = await self.app.job_manager.list_jobs_async(queue=QUEUE, status="doing", worker_id=self._worker_id)
        return [job for job in mine if job.id not in self._running]

    async def _resume(self, context: Context) -> None:
        while True:
            try:
                await asyncio.to_thread(self.resume, context)
            except Exception:
                log.exception("could not look for work without a job; tried again")
            await asyncio.sleep(RESUME_SECONDS)

    def _try(self, name: str, task: Task, context: Context, attempt: procrastinate.JobContext, **arguments: Any) -> None:
        """One try of a job, in its own thread. Log lines inside it name the job; a failure is logged and counted."""
        started, outcome = time.perf_counter(), "failed"
        try:
            with logs.about(job=attempt.job.id, task=name):
                _try(task, context, attempt.job, self._unwritten, arguments)
            outcome = "done"
        finally:
            with self._counting:  # jobs may end in several threads at once
                context.meter.count("service_job_tries", name, outcome)
                context.meter.observe("service_job_seconds", time.perf_counter() - started, name)


def _try(task: Task, context: Context, job: Job, unwritten: dict[int, Exception], arguments: dict[str, Any]) -> None:
    """One try of a job. Raises the exception that procrastinate records as "retry" or "failed".

    Args:
        unwritten: per job, the error for which it must be given up, as long as that could not be recorded.
    """
    assert job.id is not None
    tries = job.attempts + 1
    try:
        if task.attempts is not None and tries > task.attempts:
            raise unwritten.get(job.id) or LostJob(f"{task.attempts} keer begonnen en niet afgemaakt")
        task.run(context, **arguments)
    except Exception as error:
        final = task.final(error)
        last = final or task.wait_after(tries, error) is None
        _tell(error, tries, arguments, last=last)
        if not last:
            raise
        if task.give_up is not None:
            try:
                task.give_up(context, error, **arguments)
            except Exception as failure:
                log.exception("could not write down that a job has failed; tried again")
                unwritten[job.id] = error
                raise NotWrittenDown(str(failure)) from error
        unwritten.pop(job.id, None)
        if not final:
            raise


def _tell(error: Exception, tries: int, arguments: dict[str, Any], *, last: bool) -> None:
    """Log a failed try. A refusal needs no traceback: its text says what is wrong."""
    log.log(
        logging.ERROR if last else logging.WARNING,
        "job failed, %s",
        "given up" if last else "tried again later",
        extra={"attempt": tries, "arguments": _ids(arguments), "error": f"{type(error).__name__}: {error}"},
        exc_info=None if isinstance(error, Refusal) else error,
    )


def _ids(arguments: dict[str, Any]) -> dict[str, Any]:
    """The arguments that only identify something: numbers, and short texts such as occur in a path."""
    return {name: value for name, value in arguments.items() if isinstance(value, int) or _ID.fullmatch(str(value))}


def _is_not_told_here(record: logging.LogRecord) -> bool:
    """Filter out procrastinate's own line about how a job ended: it repeats all arguments, and we log our own."""
    return not str(getattr(record, "action", "")).startswith("job_")


logging.getLogger("procrastinate.worker").addFilter(_is_not_told_here)
