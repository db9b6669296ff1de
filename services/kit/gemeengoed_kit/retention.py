"""The end of what is kept for a while only: stored idempotent answers, and bodies of messages that were delivered.

The service's role may not remove anything; functions of the owner do, by the database's own clock and never within
30 days. What a request has done stays, and so does the row of a message with its answer.
"""

from __future__ import annotations

import logging
from threading import Event
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from gemeengoed_kit.context import Context

log = logging.getLogger("gemeengoed.retention")
SHORTEST_DAYS = 30
BATCH = 1000
DAY_SECONDS = 86_400.0
AGAIN_SECONDS = 60.0


def run(context: Context, stopping: Event) -> None:
    """At once and then every day, until `stopping` is set; a minute after a failure. Several workers may do it at once."""
    while not stopping.is_set():
        try:
            tidy(context)
            pause = DAY_SECONDS
        except DBAPIError as problem:
            log.warning("not tidied, again in a minute: %s", problem.orig)
            pause = AGAIN_SECONDS
        stopping.wait(pause)


def tidy(context: Context) -> None:
    """Forget what is older than the service keeps it (setting `bewaren_dagen`), a short transaction for each thousand."""
    assert context.settings is not None
    days = context.settings.bewaren_dagen
    for forget in (func.vergeet_antwoorden, func.vergeet_berichten) if context.jobs else (func.vergeet_antwoorden,):
        total = 0
        while True:
            with context.sessions.begin() as session:
                count = session.scalar(select(forget(days, BATCH))) or 0
            total += count
            if count < BATCH:
                break
        if total:
            log.info("%s: %d, older than %d days", forget(days, BATCH).name, total, days)
