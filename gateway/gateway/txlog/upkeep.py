"""Daily care of the transaction log: months ahead are made, months past their retention are dropped."""

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
"""Advisory lock of whoever is at it: one process, on whatever machine."""


def run(deployment: Deployment) -> None:
    """At once and then every day, until the process stops; a minute after a failure."""
    while not deployment.wake.stopping.is_set():
        try:
            care(deployment)
            pause = _DAY_SECONDS
        except DBAPIError as problem:
            log.warning("transaction log not cared for, again in a minute: %s", problem.orig)
            pause = _AGAIN_SECONDS
        deployment.wake.stopping.wait(pause)


def care(deployment: Deployment) -> bool:
    """Make and drop what is due, a short transaction for each; False when another process is at it.

    Raises:
        sqlalchemy.exc.DBAPIError: the database is away, or the log was too busy to let a month go just now.
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
