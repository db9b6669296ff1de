"""Why a gemeente pays another amount than the year before. Pure.

The difference is taken apart in steps, each from the amount before it to the next, so that together they are exactly the
difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fonds_api.omslag.rules import OMVANG, Bedrag, Regel, per_inwoners

Reden = Literal["nieuw", "inwoners", "inwoners-andere-gemeenten", "omslag", "compensatie"]
UITLEG: dict[Reden, str] = {
    "nieuw": "De gemeente droeg het jaar ervoor niet bij.",
    "inwoners": "De gemeente heeft een ander aantal inwoners.",
    "inwoners-andere-gemeenten": "De andere gemeenten hebben samen een ander aantal inwoners.",
    "omslag": "De omslag is anders: een ander bedrag, tarief of een andere regel.",
    "compensatie": "De herindelingscompensatie is anders.",
}


@dataclass(frozen=True)
class Stand:
    """A gemeente in a year.

    Attributes:
        inwoners_totaal: of all gemeenten that contribute.
        bedrag: what it pays.
    """

    regel: Regel
    inwoners: int
    inwoners_totaal: int
    bedrag: Bedrag


@dataclass(frozen=True)
class Verschil:
    """A part of a difference, in cents."""

    reden: Reden
    cent: int


def verklaren(eerst: Stand | None, nu: Stand) -> list[Verschil]:
    """The reasons of a difference that come to something; together exactly the difference in cents."""
    if eerst is None:
        stappen = [Verschil("nieuw", nu.bedrag.cent)]
    else:
        eigen = per_inwoners(eerst.regel, nu.inwoners, max(1, eerst.inwoners_totaal - eerst.inwoners + nu.inwoners))
        samen = per_inwoners(eerst.regel, nu.inwoners, nu.inwoners_totaal) if eerst.regel.vorm == OMVANG else eigen
        stappen = [
            Verschil("inwoners", eigen - eerst.bedrag.bruto_cent),
            Verschil("inwoners-andere-gemeenten", samen - eigen),
            Verschil("omslag", nu.bedrag.bruto_cent - samen),
            Verschil("compensatie", eerst.bedrag.compensatie_cent - nu.bedrag.compensatie_cent),
        ]
    return [stap for stap in stappen if stap.cent]
