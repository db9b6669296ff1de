"""The lines and totals of a statement, from the parts of receipts that a distribution took. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Regel:
    """What came in, or went back, of one line of an invoice on one day; negative for what went back."""

    factuur: str
    dienst: str
    datum: date
    bedrag_cent: int


@dataclass(frozen=True)
class Telling:
    """A statement: its lines, and what they add up to, in cents.

    Attributes:
        ingehouden_cent: what the bureau kept of what was paid on the aanbieder's own invoices.
    """

    regels: list[Regel]
    ontvangen_cent: int
    teruggegaan_cent: int
    ingehouden_cent: int

    @property
    def bedrag_cent(self) -> int:
        return self.ontvangen_cent + self.teruggegaan_cent


def telling(delen: Iterable[Any], eigen: Collection[str], verkoper: Mapping[str, str], aanbieder: str) -> Telling:
    """The statement of an aanbieder.

    Args:
        delen: parts of receipts, with `factuur`, `dienst`, `boekdatum`, `bedrag_cent`: those of its own diensten, and those of
            the fee of the bureau.
        eigen: its diensten.
        verkoper: invoice to who sold it.
    """
    som: dict[tuple[str, str, date, bool], int] = defaultdict(int)
    ingehouden = 0
    for deel in delen:
        if deel.dienst in eigen:
            som[deel.factuur, deel.dienst, deel.boekdatum, deel.bedrag_cent < 0] += deel.bedrag_cent
        elif verkoper[deel.factuur] == aanbieder:
            ingehouden += deel.bedrag_cent
    regels = [Regel(factuur, dienst, dag, cent) for (factuur, dienst, dag, _), cent in sorted(som.items())]
    return Telling(
        regels,
        sum(regel.bedrag_cent for regel in regels if regel.bedrag_cent > 0),
        sum(regel.bedrag_cent for regel in regels if regel.bedrag_cent < 0),
        ingehouden,
    )
