"""Time is handed in, never read: a Clock comes from the edge (request or job) and goes down as a value."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Clock(Protocol):
    """Tells the moment, in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is moved; for tests and journeys."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        return self.moment


def today(clock: Clock) -> date:
    """The calendar day in the Netherlands (dates are Dutch days, moments are UTC)."""
    return clock.now().astimezone(AMSTERDAM).date()
