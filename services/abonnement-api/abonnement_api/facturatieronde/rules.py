"""The day and the states of a round."""

from __future__ import annotations

from datetime import date, timedelta

from gemeengoed_kit.window import DAYS_AHEAD

AANGEVRAAGD, GEFACTUREERD, MISLUKT = "aangevraagd", "gefactureerd", "mislukt"


def factuurdatum_past(jaar: int, factuurdatum: date, vandaag: date) -> bool:
    """Whether it can be meant: from the year before, to a year from now. An invoice keeps its date for ever, and fonds books
    no entry that lies further ahead."""
    return jaar - 1 <= factuurdatum.year and factuurdatum <= vandaag + timedelta(days=DAYS_AHEAD)


def peildatum(jaar: int) -> date:
    """The day that decides: who exists, who has subscribed, how many inhabitants."""
    return date(jaar, 1, 1)
