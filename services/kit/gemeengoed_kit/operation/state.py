"""Gauges of jobs and outbox, read from the database: they are of the whole service, not of one process."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from gemeengoed_kit.observe.exposition import Value
from gemeengoed_kit.observe.probe import Probe

log = logging.getLogger("gemeengoed.observe")
_STATUSES = ("todo", "doing", "failed")
_JOBS = "SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY status"
_OLDEST = """
    SELECT max(extract(epoch FROM now() - coalesce(job.scheduled_at, queued.at))) FROM procrastinate_jobs job
    LEFT JOIN LATERAL (SELECT min(at) AS at FROM procrastinate_events WHERE job_id = job.id AND type = 'deferred') queued ON true
    WHERE job.status IN ('todo', 'doing') AND coalesce(job.scheduled_at <= now(), true)"""
_ALIVE = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - :silence"
_WAITING = """
    SELECT count(*), extract(epoch FROM now() - min(ontstaan_op)) FROM outbox
    WHERE verzonden_op IS NULL AND geweigerd_op IS NULL"""
_REFUSED = "SELECT count(*) FROM outbox WHERE verzonden_op IS NULL AND geweigerd_op IS NOT NULL"


class State:
    """Gauges of one service with jobs; there are none when its database does not answer."""

    def __init__(
        self, database_url: str, *, name: str, silence: timedelta, more: Callable[[Session], list[Value]] = lambda session: []
    ) -> None:
        self._silence, self._more = silence, more
        self._probe = Probe(database_url, self._read, name=f"{name}-state")

    def values(self) -> list[Value]:
        """Gauges by name and label values."""
        try:
            return self._probe.ask()
        except Exception as problem:  # the metrics of the processes are useful without these
            log.warning("no metrics from the database: %s", type(problem).__name__)
            return []

    def _read(self, session: Session) -> list[Value]:
        def one(query: str, **values: Any) -> float:
            return float(session.scalar(text(query), values) or 0)

        jobs = {status: count for status, count in session.execute(text(_JOBS))}
        due, oldest = session.execute(text(_WAITING)).one()
        return [
            *(("service_jobs", (status,), float(jobs.get(status, 0))) for status in {*_STATUSES, *jobs}),
            ("service_job_oldest_seconds", (), one(_OLDEST)),
            ("service_workers_alive", (), one(_ALIVE, silence=self._silence)),
            ("service_outbox_due", (), float(due)),
            ("service_outbox_oldest_seconds", (), float(oldest or 0)),
            ("service_outbox_refused", (), one(_REFUSED)),
            *self._more(session),
        ]
