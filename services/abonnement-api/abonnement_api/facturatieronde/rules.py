"""The day and the states of a round."""

from __future__ import annotations

from datetime import date

AANGEVRAAGD, GEFACTUREERD, MISLUKT = "aangevraagd", "gefactureerd", "mislukt"


def peildatum(jaar: int) -> date:
    """The day that decides: who exists, who has subscribed, how many inhabitants."""
    return date(jaar, 1, 1)
