"""What every migration runs with: the Alembic environment, and the SQL file beside a revision.

Nothing else is shared. A migration never changes after it has run, so its own file contains everything that it does: it uses no
models, no constants and no text of another package that could change later.
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
"""Lock timeout in seconds of each attempt at a migration. Requests that come after it wait behind it, so the first attempts are
short, and the pause after each is ten times as long: nine tenths of the time are for the service. The last attempts are
longer than a second, because only then does PostgreSQL end an autovacuum that is in the way. All attempts together take some
seventy seconds."""
_BETWEEN = 10
_IN_THE_WAY = {"55P03", "57014", "40P01"}
"""SQLSTATE of a lock timeout, of a statement that exceeded its own timeout, and of a deadlock."""
_QUEUE = "03.04.00_50_post_add_retry_failed_job_procedure.sql"
"""The last of procrastinate's own migrations that `run_queue` runs."""
_QUEUE_DIGEST = "365a817fc5b91914e3de242e8a7c26462f8fe863e4db9b47ccd0055dd22d40cd"
"""SHA-256 of all these migrations, one after the other."""

logger = logging.getLogger("gemeengoed.migrate")


def run(role: str | None = None) -> None:
    """Body of a package's migrations/env.py: run every revision that is due, each in its own transaction.

    A revision that cannot get its locks is rolled back and tried again; see PATIENCE.

    Args:
        role: role of the service. It gets the right to read the current revision, which its readiness check needs.

    Raises:
        DBAPIError: all attempts to get the locks failed, or a statement failed. Earlier revisions stay.
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
    """Make the tables and functions of the job queue as of procrastinate 3.10, with the numbered migrations that it ships.

    Raises:
        RuntimeError: the installed release ships other contents under these names.
    """
    folder = resources.files("procrastinate.sql.migrations")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".sql") and file.name <= _QUEUE)
    statements = [folder.joinpath(name).read_bytes() for name in names]
    if hashlib.sha256(b"".join(statements)).hexdigest() != _QUEUE_DIGEST:
        raise RuntimeError(f"the migrations of procrastinate up to {_QUEUE} are not those that this release was made with")
    for statement in statements:
        op.get_bind().exec_driver_sql(statement.decode().replace("%", "%%"))


def run_sql(file: str | Path) -> None:
    """Run the statements of an .sql file; for a revision's own .py file, of the .sql file of the same name beside it."""
    statements = Path(file).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(statements.replace("%", "%%"))
