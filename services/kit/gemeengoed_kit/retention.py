"""Removes what is kept for a limited time: stored idempotent answers, and bodies of delivered messages.

The service's role may not delete anything. Functions of the owner do, by the database's own clock, and never within 30 days.
The effects of a request stay, and so does the row of a message with its answer.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Event
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from gemeengoed_kit.context import Context

log = logging.getLogger("gemeengoed.retention")
BATCH = 1000
DAY_SECONDS = 86_400.0
AGAIN_SECONDS = 60.0


def run(tidy: Callable[[], None], stopping: Event) -> None:
    """Run `tidy` now and then every day, until `stopping` is set; a minute after a failure. Processes may do so at once."""
    while not stopping.is_set():
        try:
            tidy()
            pause = DAY_SECONDS
        except Exception as problem:
            log.warning("not tidied, again in a minute: %s", getattr(problem, "orig", problem))
            pause = AGAIN_SECONDS
        stopping.wait(pause)


def tidy(context: Context) -> None:
    """Remove what is older than the service keeps it (setting `bewaren_dagen`)."""
    assert context.settings is not None
    forget(context.sessions.begin, context.settings.bewaren_dagen, messages=context.jobs is not None)


def forget(transaction: Callable[[], AbstractContextManager[Session]], days: int, *, messages: bool) -> None:
    """Remove what is older than this number of days, in short transactions of a thousand rows each.

    Args:
        messages: whether there is an outbox.
    """
    for function in (func.vergeet_antwoorden, func.vergeet_berichten) if messages else (func.vergeet_antwoorden,):
        call, total, count = function(days, BATCH), 0, BATCH
        while count == BATCH:
            with transaction() as session:
                count = session.scalar(select(call)) or 0
            total += count
        if total:
            log.info("%s: %d, older than %d days", call.name, total, days)
