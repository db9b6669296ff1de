"""Amounts and days as a Dutch reader writes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gemeengoed_kit.money import round_half_up

MINUS = "\u2212"
_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


def whole_euros(cent: int) -> int:
    """Cents to whole euros, half a euro away from zero: for what is only shown."""
    return round_half_up(Decimal(cent) / 100)


def number(value: int) -> str:
    """1234567 to "1.234.567"; a real minus sign, that stands out in print."""
    return f"{MINUS if value < 0 else ''}{abs(value):,}".replace(",", ".")


def euros(cent: int) -> str:
    """123456 to "1.234,56"."""
    whole, rest = divmod(abs(cent), 100)
    return f"{MINUS if cent < 0 else ''}{whole:,}".replace(",", ".") + f",{rest:02d}"


def percent(part: int, whole: int) -> str | None:
    """ "62,5 %" of a whole that is more than zero; else None."""
    if whole <= 0:
        return None
    tenths = round_half_up(Decimal(part) * 1000 / Decimal(whole))
    units, rest = divmod(abs(tenths), 10)
    return f"{MINUS if tenths < 0 else ''}{number(units)},{rest}\u00a0%"


def day_in_words(day: date) -> str:
    """ "30 november 2016"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
