"""What one process of a service holds: settings, database, clock, jobs and the token verifier."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from gemeengoed_kit import audit
from gemeengoed_kit.audit import Actor
from gemeengoed_kit.clock import Clock
from gemeengoed_kit.db import Watchdog, session_factory
from gemeengoed_kit.identity import Caller
from gemeengoed_kit.jobs import Jobs
from gemeengoed_kit.lanes import Lanes
from gemeengoed_kit.observe.meter import Meter
from gemeengoed_kit.operation.health import Health
from gemeengoed_kit.settings import ServiceSettings

Authenticate = Callable[[Mapping[str, str]], Caller | None]


@dataclass
class Context:
    """The long-lived parts of a process; nothing of one request.

    Attributes:
        engine, reading: connections to the database, and those that can only read.
        authenticate: who calls, from the headers of a request; never waits, but may raise `KeysNeeded`.
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
    _watchdog: Watchdog | None = None

    @cached_property
    def sessions(self) -> sessionmaker[Session]:
        return session_factory(self.engine)

    @cached_property
    def readers(self) -> sessionmaker[Session]:
        """Sessions in which PostgreSQL itself refuses every write; each sees one state of the database."""
        return session_factory(self.reading)

    def watch(self, seconds: float) -> None:
        """Cut connections that a request holds for longer than this."""
        self._watchdog = Watchdog(seconds, self.engine, self.reading)

    def close(self) -> None:
        """Let requests that run finish, and close every connection."""
        self.lanes.close()
        if self._watchdog:
            self._watchdog.stop()
        self.engine.dispose()
        self.reading.dispose()

    @contextmanager
    def work(self, actor: Actor) -> Iterator[Work]:
        """One transaction: commits at the end, rolls back on any exception."""
        with self.sessions.begin() as session:
            yield Work(session, self.clock, actor, self.jobs)


@dataclass(frozen=True)
class Work:
    """One unit of work, handed to every use case: its transaction, the time, who acts, and the job queue."""

    session: Session
    clock: Clock
    actor: Actor
    jobs: Jobs | None = None

    def defer(self, task: str, *, lock: str | None = None, **arguments: object) -> None:
        """Queue a background job in this very transaction; jobs with one lock run one after the other."""
        if self.jobs is None:
            raise RuntimeError("this service has no jobs")
        self.jobs.defer(self.session, task, lock=lock, **arguments)

    def record(self, *, action: str, subject: str, change: dict[str, Any]) -> None:
        """Write the audit row of what this work does, in this very transaction; every use case that writes has one.

        Args:
            action: the use case, such as factuur.vaststellen.
            subject: path of the resource.
            change: what about it changed, as on the wire.
        """
        audit.record(self.session, self.clock, self.actor, action=action, subject=subject, change=change)
