"""What one process of a service holds: settings, database engines, clock, jobs and the token verifier."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from gemeengoed_kit import audit
from gemeengoed_kit.audit import Actor, Record
from gemeengoed_kit.clock import Clock
from gemeengoed_kit.db import Watchdog, session_factory
from gemeengoed_kit.identity import Caller
from gemeengoed_kit.jobs import Jobs
from gemeengoed_kit.kept import Kept
from gemeengoed_kit.lanes import Lanes
from gemeengoed_kit.observe.meter import Meter
from gemeengoed_kit.operation.health import Health
from gemeengoed_kit.settings import ServiceSettings

Authenticate = Callable[[Mapping[str, str]], Caller | None]


@dataclass
class Context:
    """The long-lived parts of a process; nothing that belongs to one request.

    Attributes:
        engine, reading: connection pools; those of `reading` are read-only.
        authenticate: finds the caller from the headers of a request. It never waits, but may raise `KeysNeeded`.
        recorded: told of every record, in its transaction; for a service that also keeps them as events.
        kept: answers of routes that say what they are made from (`keeps`).
    """

    engine: Engine
    reading: Engine
    clock: Clock
    authenticate: Authenticate
    jobs: Jobs | None = None
    settings: ServiceSettings | None = None
    lanes: Lanes = field(default_factory=Lanes)
    health: Health | None = None
    meter: Meter = field(default_factory=lambda: Meter("service"))
    recorded: Recorded | None = None
    kept: Kept = field(default_factory=lambda: Kept(0))
    _watchdog: Watchdog | None = None

    @cached_property
    def sessions(self) -> sessionmaker[Session]:
        return session_factory(self.engine)

    @cached_property
    def readers(self) -> sessionmaker[Session]:
        """Read-only sessions: PostgreSQL itself refuses every write. Each sees one snapshot of the database."""
        return session_factory(self.reading)

    def watch(self, seconds: float) -> None:
        """Cut connections that a request holds for longer than this number of seconds."""
        self._watchdog = Watchdog(seconds, self.engine, self.reading)

    def close(self) -> None:
        """Let running requests finish, then close every connection."""
        self.lanes.close()
        if self._watchdog:
            self._watchdog.stop()
        self.engine.dispose()
        self.reading.dispose()

    @contextmanager
    def work(self, actor: Actor) -> Iterator[Work]:
        """One transaction: commits at the end, rolls back on any exception."""
        with self.sessions.begin() as session:
            yield self.work_in(session, actor)

    def work_in(self, session: Session, actor: Actor) -> Work:
        """A unit of work in a transaction that is there already."""
        return Work(session, self.clock, actor, self.jobs, self.recorded)


@dataclass(frozen=True)
class Work:
    """One unit of work, passed to every use case: its transaction, the time, the actor, and the job queue."""

    session: Session
    clock: Clock
    actor: Actor
    jobs: Jobs | None = None
    recorded: Recorded | None = None

    def defer(self, task: str, *, lock: str | None = None, **arguments: object) -> None:
        """Queue a background job in this transaction; jobs with the same lock run one after the other."""
        if self.jobs is None:
            raise RuntimeError("this service has no jobs")
        self.jobs.defer(self.session, task, lock=lock, **arguments)

    def record(self, *, action: str, subject: str, change: dict[str, Any], visible_to: Collection[str] = ()) -> None:
        """Write the audit row of this work, in the same transaction, and tell whom the service has told of every record. Every
        use case that writes must do so.

        Args:
            action: the use case, such as factuur.vaststellen.
            subject: path of the resource.
            change: what changed in it, in the wire format.
            visible_to: as in `Record`; the audit row itself is seen by nobody outside.
        """
        audit.record(self.session, self.clock, self.actor, action=action, subject=subject, change=change)
        if self.recorded is not None:
            self.recorded(self, Record(action, subject, change, visible_to))


Recorded = Callable[[Work, Record], None]
"""What a service does with every record besides, in the same transaction."""
