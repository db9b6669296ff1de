"""Whether a service can do its work: its database, the schema in it and, for jobs, a live worker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from gemeengoed_kit.observe.health import Part, part
from gemeengoed_kit.observe.probe import Probe


@dataclass(frozen=True)
class Seen:
    """The answer of the database: the revision of its schema (None: none, or not readable), and the number of live workers."""

    revision: str | None
    workers: int = 0


class Health:
    """Checks the database of one service within three seconds; all who ask share one check.

    Args:
        silence: how long a live worker may be silent; None for a service without jobs.
    """

    def __init__(self, database_url: str, *, name: str, migrations: Path, silence: timedelta | None) -> None:
        self._migrations, self._silence = migrations, silence
        self._probe = Probe(database_url, self._look, name=f"{name}-health")

    async def parts(self, *, workers: bool = False) -> list[Part]:
        """All parts; with `workers` also whether a worker lives."""
        try:
            return self._told(await self._probe.answer(), None, workers)
        except Exception as problem:  # any error belongs in the answer
            return self._told(None, problem, workers)

    def parts_now(self, *, workers: bool = False) -> list[Part]:
        """As `parts`, for a thread that may block."""
        return self._told(*_outcome(self._probe.ask), workers)

    async def database(self) -> Part:
        """Whether the database answers."""
        return (await self.parts())[0]

    def _look(self, session: Session) -> Seen:
        try:
            revision = session.scalar(text("SELECT version_num FROM alembic_version"))
        except ProgrammingError:
            return Seen(None)
        if self._silence is None:
            return Seen(revision)
        alive = text("SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - :silence")
        return Seen(revision, session.scalar(alive, {"silence": self._silence}) or 0)

    def _told(self, seen: Seen | None, failure: Exception | None, workers: bool) -> list[Part]:
        database = part("database", failure, "De database antwoordt.", "De database antwoordt niet")
        if seen is None:
            return [database]
        found = [database, self._schema(seen.revision)]
        if workers:
            found.append(Part("werker", seen.workers > 0, f"{seen.workers} werker(s) lieten van zich horen."))
        return found

    def _schema(self, revision: str | None) -> Part:
        """Whether the schema is ours or newer. Newer is fine: migrations run while the previous release still serves."""
        head, known = revisions(self._migrations)
        if revision is None or (revision in known and revision != head):
            return Part("schema", False, f"Het schema is {revision or 'onbekend'}; draai eerst migrate.")
        return Part("schema", True, "Het schema is bijgewerkt.")


@cache
def revisions(migrations: Path) -> tuple[str | None, frozenset[str]]:
    """The newest revision of a folder of migrations, and all of them: a file is named after its revision, in order. Alembic would
    cost every process a tenth of its start."""
    found = sorted(path.name.partition("_")[0] for path in (migrations / "versions").glob("[0-9]*.py"))
    return found[-1] if found else None, frozenset(found)


def _outcome(ask: Callable[[], Seen]) -> tuple[Seen | None, Exception | None]:
    try:
        return ask(), None
    except Exception as problem:
        return None, problem
