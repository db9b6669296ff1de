"""Over which days a statement is. Pure."""

from __future__ import annotations

from datetime import date, timedelta


def dagen(vanaf: date | None, tot: date | None, vandaag: date) -> tuple[date, date]:
    """The first day of a statement, and the day after its last.

    Without `vanaf`, from 1 January of the year of its last day. Without `tot`, up to and including today, or a year from `vanaf`
    when that is later than today: entries may lie a year ahead.
    """
    if tot is None:
        morgen = vandaag + timedelta(days=1)
        tot = morgen if vanaf is None or vanaf < morgen else vanaf + timedelta(days=366)
    return vanaf or (tot - timedelta(days=1)).replace(month=1, day=1), tot
