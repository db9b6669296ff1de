"""Daily maintenance of the transaction log: tables for the coming months are made, months past their retention are dropped."""

from __future__ import annotations

import logging

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from gateway.deployment import Deployment
from gateway.txlog import partitions

log = logging.getLogger("gateway.txlog")
_DAY_SECONDS = 86_400.0
_AGAIN_SECONDS = 60.0
LOCK = 7_041_882_305_531_046_018
"""Advisory lock: one process at a time does this, over all machines."""


def run(deployment: Deployment) -> None:
    """Run at the start and then every day, until the process stops; after a failure, again in a minute."""
    while not deployment.wake.stopping.is_set():
        try:
            care(deployment)
            pause = _DAY_SECONDS
        except DBAPIError as problem:
            log.warning("transaction log not cared for, again in a minute: %s", problem.orig)
            pause = _AGAIN_SECONDS
        deployment.wake.stopping.wait(pause)


def care(deployment: Deployment) -> bool:
    """Make and drop what is due, in a short transaction each; False when another process is doing it.

    Raises:
        sqlalchemy.exc.DBAPIError: the database is unavailable, or the log was too busy to drop a month just now.
    """
    with deployment.engine.connect() as connection:
        if not connection.scalar(select(func.pg_try_advisory_lock(LOCK))):
            return False
        connection.commit()
        try:
            _make_and_drop(deployment)
        finally:
            connection.scalar(select(func.pg_advisory_unlock(LOCK)))
    return True


def _make_and_drop(deployment: Deployment) -> None:
    now, keep_days = deployment.now, deployment.rules.log_retention_days
    with deployment.transaction() as session:
        made = partitions.make(session, now)
        due = partitions.expired(session, now, max(keep_days, partitions.SHORTEST_DAYS))
    for month in made:
        log.info("transaction log is ready for %s", month.strftime("%Y-%m"))
    for month in due:
        with deployment.transaction() as session:
            if partitions.drop(session, month, keep_days):
                log.info("transaction log of %s dropped: older than %d days", month.strftime("%Y-%m"), keep_days)
