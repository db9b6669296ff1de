"""The months of the transaction log: one table each, made ahead of time and dropped as a whole when it is too old.

The database's own functions hold the rules about what may be made and dropped, see migration 0006. The gateway's role cannot
change or remove records in any other way.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.orm import Session

AHEAD = 3
"""Months that have a table in advance. A month without a table refuses its calls; this leaves time to notice a failure."""

SHORTEST_DAYS = 30
"""Records stay at least this long, even if the Group's retention is shorter; migration 0006 has the same number."""

_NAME = re.compile(r"transaction_record_(\d{4})_(\d{2})")
_MONTHS = text(
    "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid "
    "WHERE i.inhparent = 'transaction_record'::regclass ORDER BY c.relname"
)


def months(session: Session) -> list[date]:
    """The first day of each month that has a table, oldest first."""
    found = (_NAME.fullmatch(name) for name in session.scalars(_MONTHS))
    return [date(int(name[1]), int(name[2]), 1) for name in found if name]


def months_ahead(session: Session, now: datetime) -> int:
    """How many months after this one have a table, without a gap; -1 when this month itself has none."""
    present, month, ahead = set(months(session)), first_day(now), -1
    while month in present:
        month, ahead = following(month), ahead + 1
    return ahead


def make(session: Session, now: datetime) -> list[date]:
    """Make the tables of this month and the next ones. Returns the months that were new."""
    wanted = [first_day(now)]
    while len(wanted) <= AHEAD:
        wanted.append(following(wanted[-1]))
    return [day for day in wanted if session.scalar(text("SELECT transaction_record_make_month(:day)"), {"day": day})]


def expired(session: Session, now: datetime, keep_days: int) -> list[date]:
    """Months in which every record is older than `keep_days`."""
    limit = now - timedelta(days=keep_days)
    return [month for month in months(session) if following(month) <= limit.date()]


def drop(session: Session, month: date, keep_days: int) -> bool:
    """Drop a month with all its records; False when it does not exist. The database itself checks its age again.

    Raises:
        sqlalchemy.exc.DBAPIError: the month is too young, or the lock was not free within a quarter of a second.
    """
    dropped = session.scalar(text("SELECT transaction_record_drop_month(:day, :keep)"), {"day": month, "keep": keep_days})
    return bool(dropped)


def first_day(moment: datetime) -> date:
    """The first day of the month, in UTC, that contains this time."""
    return moment.date().replace(day=1)


def following(month: date) -> date:
    """The first day of the next month."""
    return (month + timedelta(days=31)).replace(day=1)
