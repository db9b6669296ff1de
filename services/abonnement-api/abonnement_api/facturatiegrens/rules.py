"""Which bounds a preview goes beyond. Pure; amounts are cents."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gemeengoed_kit.money import format_euros

PER_FACTUUR, TOTAAL, GEMEENTE, TEGEN_VORIG, TEGEN_VOORVERTONING = (
    "per-factuur",
    "totaal",
    "afwijking-gemeente",
    "afwijking-totaal",
    "afwijking-voorvertoning",
)
GENOEMD = 50
"""Gemeenten that a bound names, at most."""


@dataclass(frozen=True)
class Grenzen:
    """The bounds. Percentages are of last year's amount, up or down.

    Attributes:
        per_factuur_cent: the most for one gemeente; `totaal_cent` for the whole round.
        voorvertoning_cent: how much the total may differ from the preview that the round is compared with.
    """

    per_factuur_cent: int = 100_000_000
    totaal_cent: int = 2_000_000_000
    gemeente_procent: int = 25
    totaal_procent: int = 10
    voorvertoning_cent: int = 0


@dataclass
class Toets:
    """Takes the amounts one by one, and then says which bounds were passed."""

    grenzen: Grenzen
    hoog: list[str] = field(default_factory=list)
    anders: list[str] = field(default_factory=list)
    hoogste: int = 0
    grootste: float = 0.0

    def neem(self, gemeentecode: str, cent: int, vorig: int | None) -> None:
        """One gemeente: what it is to pay, and what it paid for last year (None: nothing)."""
        if cent > self.grenzen.per_factuur_cent:
            self.hoog.append(gemeentecode)
            self.hoogste = max(self.hoogste, cent)
        if vorig and cent and wijkt_af(cent, vorig, self.grenzen.gemeente_procent):
            self.anders.append(gemeentecode)
            self.grootste = max(self.grootste, abs(cent - vorig) * 100 / vorig)

    def overschrijdingen(self, totaal: int, vorig: int, voorvertoond: int | None) -> list[dict[str, Any]]:
        """What goes beyond the bounds, as the API shows it.

        Args:
            voorvertoond: total of the preview that it is compared with, if any.
        """
        grenzen, gevonden = self.grenzen, []
        if self.hoog:
            meeste = f"boven {format_euros(grenzen.per_factuur_cent)}; de hoogste is {format_euros(self.hoogste)}"
            gevonden.append(_over(PER_FACTUUR, f"{len(self.hoog)} facturen {meeste}", self.hoog))
        if totaal > grenzen.totaal_cent:
            gevonden.append(_over(TOTAAL, f"samen {format_euros(totaal)}, boven {format_euros(grenzen.totaal_cent)}"))
        if self.anders:
            meer = f"wijken meer dan {grenzen.gemeente_procent}% af van vorig jaar; hoogstens {self.grootste:.1f}%"
            gevonden.append(_over(GEMEENTE, f"{len(self.anders)} gemeenten {meer}", self.anders))
        if vorig and wijkt_af(totaal, vorig, grenzen.totaal_procent):
            tekst = (
                f"samen {format_euros(totaal)}, en vorig jaar {format_euros(vorig)}: meer dan {grenzen.totaal_procent}% verschil"
            )
            gevonden.append(_over(TEGEN_VORIG, tekst))
        if voorvertoond is not None and abs(totaal - voorvertoond) > grenzen.voorvertoning_cent:
            tekst = f"samen {format_euros(totaal)}, en de voorvertoning zei {format_euros(voorvertoond)}"
            gevonden.append(_over(TEGEN_VOORVERTONING, tekst))
        return gevonden


def wijkt_af(cent: int, vorig: int, procent: int) -> bool:
    """Whether an amount differs more than so many per cent from another, above zero."""
    return abs(cent - vorig) * 100 > vorig * procent


def _over(grens: str, toelichting: str, gemeenten: list[str] | None = None) -> dict[str, Any]:
    return {"grens": grens, "toelichting": toelichting, "gemeentecodes": (gemeenten or [])[:GENOEMD]}
