"""Work that a job carries out, written down as a row that waits for it: queued once, and again when the job is gone."""

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
        rows: the model, with a `status` and when it was asked for (`aangevraagd_op`).
        status: what that is as long as a row waits.
        task: the job.
        arguments: those of the job, for a row.
        lock: jobs with one lock run one after the other.
        path: of the resource.
        action: name of the audit row of a job that is queued again.
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
        """Queue the job again if the row, which is locked, waits for it and has none; whether it did."""
        if row.status != self.status or queued(work.session, self.task, **self.arguments(row)):
            return False
        self.queue(work, row)
        work.record(action=self.action, subject=self.path(row), change={})
        return True

    def resume_all(self, work: Work) -> None:
        """Queue the job again of every row that waits and has none, in order of asking, except rows that are locked."""
        order = (self.rows.aangevraagd_op, *inspect(self.rows).primary_key)
        waiting = select(self.rows).where(self.rows.status == self.status).order_by(*order)
        for row in work.session.scalars(waiting.with_for_update(skip_locked=True)).all():
            self.resume(work, row)
