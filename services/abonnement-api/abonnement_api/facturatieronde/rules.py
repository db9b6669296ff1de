"""The day and the states of a round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gemeengoed_kit.window import DAYS_AHEAD

AANGEVRAAGD, GEFACTUREERD, MISLUKT = "aangevraagd", "gefactureerd", "mislukt"


@dataclass(frozen=True)
class Gemeente:
    """What catalogus says of a gemeente: `inwoners` on `peildatum`, both None where it has no figure."""

    naam: str
    inwoners: int | None
    peildatum: date | None

    def inwoners_op(self, dag: date) -> int | None:
        """The inhabitants on a day, if it is that day which the figure is of."""
        return self.inwoners if self.peildatum == dag else None


def factuurdatum_past(jaar: int, factuurdatum: date, vandaag: date) -> bool:
    """Whether it can be meant: from the year before, to a year from now. An invoice keeps its date for ever, and fonds books
    no entry that lies further ahead."""
    return jaar - 1 <= factuurdatum.year and factuurdatum <= vandaag + timedelta(days=DAYS_AHEAD)


def peildatum(jaar: int) -> date:
    """The day that decides: who exists, who has subscribed, how many inhabitants."""
    return date(jaar, 1, 1)
