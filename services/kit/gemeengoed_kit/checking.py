"""What must always hold in the database of a service, and the command that checks it.

A feature's `invarianten.py` is a `Part`. The service names its parts in one place, and gives the command what more it knows to
check.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from gemeengoed_kit.audit import Actor
from gemeengoed_kit.clock import SystemClock
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import make_engine, session_factory
from gemeengoed_kit.settings import ServiceSettings

HOURS = 6
"""How long one query may take."""
AT_MOST = 20
"""Violations that are shown of one invariant."""


class Part(Protocol):
    """What a feature says of its tables.

    Attributes:
        INVARIANTEN: what holds, by name: a query each, that returns the violations.
        ONVERANDERLIJK: tables of which the service's role may change no row.
        GRENDELS: triggers that see to that.
    """

    @property
    def INVARIANTEN(self) -> Mapping[str, str]: ...
    @property
    def ONVERANDERLIJK(self) -> Sequence[str]: ...
    @property
    def GRENDELS(self) -> Sequence[str]: ...


def together(parts: Iterable[Part], *, role: str, name: str, what: str) -> dict[str, str]:
    """The invariants of all parts by name, and that of their protection.

    Args:
        role: the database role of the service.
        name, what: the name of the invariant of what never changes, and what that is: `F5`, "what is booked".
    """
    parts = list(parts)
    tables = _row(table for part in parts for table in part.ONVERANDERLIJK)
    triggers = _row(trigger for part in parts for trigger in part.GRENDELS)
    return {
        **{own: query for part in parts for own, query in part.INVARIANTEN.items()},
        f"{name} the service's role may not change {what}": f"""
            SELECT tabel, recht FROM unnest(ARRAY[{tables}]) tabel, unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) recht
            WHERE has_table_privilege('{role}', tabel, recht)
            OR recht = 'UPDATE' AND has_any_column_privilege('{role}', tabel, recht)""",
        f"{name} the triggers that refuse changes are on": f"""
            SELECT naam FROM unnest(ARRAY[{triggers}]) naam
            WHERE NOT EXISTS (SELECT FROM pg_trigger WHERE tgname = naam AND tgenabled = 'O')""",
    }


def violations(session: Session, invariants: Mapping[str, str]) -> Iterator[str]:
    """Each violation in words; of one invariant the first twenty."""
    for name, query in invariants.items():
        for row in session.execute(text(query.replace(":", "\\:"))).fetchmany(AT_MOST):
            yield f"{name}: {', '.join(map(str, row))}"


def check(settings: ServiceSettings, findings: Callable[[Work], Iterable[str]], *, program: str) -> None:
    """Print what is wrong, a line each, and exit with 1; or that nothing is. Reads one snapshot.

    Args:
        findings: what is wrong, in words.
        program: application name in the database.

    Raises:
        SystemExit: with 1 when something is wrong, with 2 when the database could not be asked.
    """
    engine = make_engine(
        settings.database_url, application_name=program, pool_size=1, reading=True, statement_seconds=HOURS * 3600
    )
    count = 0
    try:
        with session_factory(engine)() as session:
            for finding in findings(Work(session, SystemClock(), Actor())):
                count += 1
                print(finding, flush=True)
    except DBAPIError as error:
        print(f"{program}: not checked, the database says: {str(error.orig).splitlines()[0]}", file=sys.stderr)
        sys.exit(2)
    finally:
        engine.dispose()
    if count:
        sys.exit(1)
    print("Alles klopt.")


def _row(names: Iterable[Any]) -> str:
    return ", ".join(f"'{name}'" for name in names)
