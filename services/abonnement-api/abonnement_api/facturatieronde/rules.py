"""The states of a round, and a date that fits it."""

from __future__ import annotations

from datetime import date, timedelta

from gemeengoed_kit.window import DAYS_AHEAD

AANGEVRAAGD, VOORGESTELD, GOEDGEKEURD, AFGEWEZEN, GEFACTUREERD, MISLUKT = (
    "aangevraagd",
    "voorgesteld",
    "goedgekeurd",
    "afgewezen",
    "gefactureerd",
    "mislukt",
)
OPNIEUW = (AFGEWEZEN, MISLUKT)
"""States in which asking again begins anew."""


def factuurdatum_past(jaar: int, factuurdatum: date, vandaag: date) -> bool:
    """Whether the date is plausible: from the start of the year before, to a year from now. An invoice keeps its date for ever,
    and fonds books no entry that lies further ahead."""
    return jaar - 1 <= factuurdatum.year and factuurdatum <= vandaag + timedelta(days=DAYS_AHEAD)
