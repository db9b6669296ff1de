"""Background work in the form of a row that waits for a job: it is queued once, and again when its job is gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import inspect, select

from gemeengoed_kit.context import Work
from gemeengoed_kit.jobs import queued


@dataclass(frozen=True)
class Waiting:
    """A kind of work.

    Attributes:
        rows: the model; it has a `status` and `aangevraagd_op`.
        status: the value of `status` while a row waits.
        task: name of the task.
        arguments: makes the job's arguments from a row.
        lock: jobs with the same lock run one after the other.
        path: makes the path of the resource.
        action: action in the audit row when a job is queued again.
    """

    rows: type[Any]
    status: str
    task: str
    arguments: Callable[[Any], dict[str, Any]]
    lock: Callable[[Any], str]
    path: Callable[[Any], str]
    action: str

    def queue(self, work: Work, row: Any) -> None:
        """Queue the job of a row that begins to wait."""
        work.defer(self.task, lock=self.lock(row), **self.arguments(row))

    def resume(self, work: Work, row: Any) -> bool:
        """Queue the job again if the row, which must be locked, waits and has no job; returns whether it did."""
        if row.status != self.status or queued(work.session, self.task, **self.arguments(row)):
            return False
        self.queue(work, row)
        work.record(action=self.action, subject=self.path(row), change={})
        return True

    def resume_all(self, work: Work) -> None:
        """Queue the job again of every row that waits and has none, oldest request first; locked rows are skipped."""
        order = (self.rows.aangevraagd_op, *inspect(self.rows).primary_key)
        waiting = select(self.rows).where(self.rows.status == self.status).order_by(*order)
        for row in work.session.scalars(waiting.with_for_update(skip_locked=True)).all():
            self.resume(work, row)
