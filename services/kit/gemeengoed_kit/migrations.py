"""What every migration runs by: the environment of Alembic, and the SQL beside a revision.

Nothing else is shared. A migration that has run never changes, so what it does stands written out in its own file: no models, no
constants and no text of another package that could change under it.
"""

from __future__ import annotations

import hashlib
import logging
import time
from importlib import resources
from pathlib import Path

from alembic import context, op
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from gemeengoed_kit.db import sqlalchemy_url

PATIENCE = (0.1, 0.2, 0.4, 0.8, 1.6, 1.6, 1.6, 1.6)
"""How long, in seconds, each attempt at a migration waits for a lock. Whoever came after it waits as long, so it begins short and
leaves ten times that between attempts: nine tenths of the time are for the service. Longer than a second at last, since only
then does PostgreSQL end an autovacuum that is in the way. All attempts together take some seventy seconds."""
_BETWEEN = 10
_IN_THE_WAY = {"55P03", "57014", "40P01"}
"""SQLSTATE of a lock that was not to be had in time, of a statement that took longer than it gave itself, of a deadlock."""
_QUEUE = "03.04.00_50_post_add_retry_failed_job_procedure.sql"
"""The last of procrastinate's own migrations that `run_queue` runs."""
_QUEUE_DIGEST = "365a817fc5b91914e3de242e8a7c26462f8fe863e4db9b47ccd0055dd22d40cd"
"""SHA-256 of all of them, one after the other."""

logger = logging.getLogger("gemeengoed.migrate")


def run(role: str | None = None) -> None:
    """Body of a package's migrations/env.py: every revision that is due, each in a transaction of its own.

    A revision that cannot get its locks is rolled back and tried again, after PATIENCE.

    Args:
        role: of the service, which may then read what revision there is, since its readiness asks for it.

    Raises:
        DBAPIError: the locks were not to be had at all, or a statement failed. Earlier revisions stay.
    """
    attributes = context.config.attributes
    patience: tuple[float, ...] = attributes.get("patience", PATIENCE)
    engine = create_engine(sqlalchemy_url(attributes["database_url"]))
    try:
        for attempt, seconds in enumerate(patience, 1):
            try:
                return _upgrade(engine, role, seconds)
            except DBAPIError as problem:
                if attempt == len(patience) or not _in_the_way(problem):
                    raise
                logger.warning("in the way of other transactions; again in %.0f s: %s", seconds * _BETWEEN, problem.orig)
            time.sleep(seconds * _BETWEEN)
    finally:
        engine.dispose()


def _in_the_way(problem: DBAPIError) -> bool:
    state = getattr(problem.orig, "sqlstate", None)
    return state in _IN_THE_WAY and not (state == "57014" and "statement timeout" not in str(problem.orig))


def _upgrade(engine: Engine, role: str | None, seconds: float) -> None:
    with engine.connect() as connection:
        connection.execute(text("SELECT set_config('lock_timeout', :wait, false)"), {"wait": f"{seconds:.1f}s"})
        connection.commit()
        context.configure(connection=connection, transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()
        if role:
            connection.execute(text(f"GRANT SELECT ON alembic_version TO {role}"))
            connection.commit()


def run_queue() -> None:
    """Make the tables and functions of the job queue as procrastinate 3.10 has them, by the numbered migrations that it ships.

    Raises:
        RuntimeError: the installed release ships others under these names.
    """
    folder = resources.files("procrastinate.sql.migrations")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".sql") and file.name <= _QUEUE)
    statements = [folder.joinpath(name).read_bytes() for name in names]
    if hashlib.sha256(b"".join(statements)).hexdigest() != _QUEUE_DIGEST:
        raise RuntimeError(f"the migrations of procrastinate up to {_QUEUE} are not those that this release was made with")
    for statement in statements:
        op.get_bind().exec_driver_sql(statement.decode().replace("%", "%%"))


def run_sql(file: str | Path) -> None:
    """Run the statements in a file, or in the .sql file of this name that lies beside a revision."""
    statements = Path(file).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(statements.replace("%", "%%"))
