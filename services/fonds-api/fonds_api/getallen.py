"""Amounts and days as a Dutch reader writes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gemeengoed_kit.money import round_half_up

MIN = "\u2212"
_MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


def hele_euro(cent: int) -> int:
    """Cents to whole euros, half a euro away from zero: for what is only shown."""
    return round_half_up(Decimal(cent) / 100)


def getal(waarde: int) -> str:
    """1234567 to "1.234.567"; a real minus sign, that stands out in print."""
    return f"{MIN if waarde < 0 else ''}{abs(waarde):,}".replace(",", ".")


def euro(cent: int) -> str:
    """123456 to "1.234,56"."""
    heel, rest = divmod(abs(cent), 100)
    return f"{MIN if cent < 0 else ''}{heel:,}".replace(",", ".") + f",{rest:02d}"


def procent(deel: int, geheel: int) -> str | None:
    """ "62,5 %" of a whole that is more than zero; else None."""
    if geheel <= 0:
        return None
    tiende = round_half_up(Decimal(deel) * 1000 / Decimal(geheel))
    heel, rest = divmod(abs(tiende), 10)
    return f"{MIN if tiende < 0 else ''}{getal(heel)},{rest}\u00a0%"


def dag_in_woorden(dag: date) -> str:
    """ "30 november 2016"."""
    return f"{dag.day} {_MAANDEN[dag.month - 1]} {dag.year}"
