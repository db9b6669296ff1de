"""What a nota is, and how long it has been due. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.money import format_euros

Soort = Literal["nota", "creditnota"]
DEBITEUREN, BIJDRAGEN, VOORSCHOTTEN = "1300", "8000", "1310"
"""Accounts: Debiteuren gemeenten; Bijdragen gemeenten; Te verrekenen met gemeenten."""
DAGEN = 30
"""To pay a nota of a settlement, and a creditnota."""
GRENZEN = (0, 30, 60, 90)
"""Days past due up to and including which an open amount is in each group; the last group is beyond."""


@dataclass(frozen=True)
class Concept:
    """A nota that has no number yet; the amount is in cents and never zero."""

    gemeentecode: str
    gemeentenaam: str
    bedrag_cent: int
    tegenrekening: str
    vervaldatum: date
    omschrijving: str

    @property
    def soort(self) -> Soort:
        return "nota" if self.bedrag_cent > 0 else "creditnota"


def nummer(fonds: str, jaar: int, volgnummer: int) -> str:
    """The id of a nota: ggu-2020-00001."""
    return f"{fonds}-{jaar}-{volgnummer:05d}"


def groep(vervaldatum: date, vandaag: date) -> int:
    """The group of `GRENZEN` that an open amount is in by its age: 0 is not due yet."""
    dagen = (vandaag - vervaldatum).days
    return sum(dagen > grens for grens in GRENZEN)


def toerekenfouten(
    over_cent: int, ontvangst_cent: int, delen: Sequence[tuple[str, int]], open_cent: Mapping[str, int]
) -> list[InvalidParam]:
    """What is wrong with putting a receipt on nota's; empty when all is well.

    What came in pays what is open of a nota; what went back (negative) what a gemeente gets back: by a creditnota, or because it
    paid too much.

    Args:
        over_cent: what is left of the receipt.
        ontvangst_cent: the receipt; its sign is that of every part.
        delen: nota and amount in cents.
        open_cent: what is open of each nota; negative to get back.
    """
    gevonden, per = [], Counter[str]()
    for plek, (nota, cent) in enumerate(delen):
        naam, kant = f"toerekeningen.{plek}.bedragCent", 1 if ontvangst_cent > 0 else -1
        per[nota] += cent
        if cent * kant <= 0:
            gevonden.append(InvalidParam(naam, "teken", "heeft niet het teken van de ontvangst"))
        elif per[nota] * kant > max(0, open_cent[nota] * kant):
            gevonden.append(InvalidParam(naam, "te_veel", f"van {nota} staat {format_euros(open_cent[nota])} open"))
    if not gevonden and abs(sum(cent for _, cent in delen)) > abs(over_cent):
        gevonden.append(InvalidParam("toerekeningen", "te_veel", f"van de ontvangst is nog {format_euros(over_cent)} over"))
    return gevonden
