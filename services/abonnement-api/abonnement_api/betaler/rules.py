"""Who pays for others, and which agreement counts on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Betaler:
    """Who pays for gemeenten, with what it wants on its invoice.

    Attributes:
        soort: samenwerkingsverband, leverancier or gemeente.
        profiel: peppol or nlcius.
        oin: electronic address, and legal identifier.
    """

    code: str
    versie: int
    soort: str
    profiel: str
    naam: str
    oin: str
    straat: str
    postcode: str
    plaats: str
    kenmerk_afnemer: str | None
    ordernummer: str | None
    contract: str | None
    kostenplaats: str | None
    email: str | None


@dataclass(frozen=True)
class Factuuradres:
    """To whom an invoice goes and what they want on it: the gemeente itself, or who pays for it."""

    profiel: str
    naam: str
    oin: str
    straat: str
    postcode: str
    plaats: str
    kenmerk_afnemer: str | None
    ordernummer: str | None
    contract: str | None
    kostenplaats: str | None
    email: str | None
    taakveld: str | None = None


def fouten_in(codes: Sequence[str], vanaf: date, laatste: Mapping[str, date]) -> list[str]:
    """What is wrong with agreements of these gemeenten from a day on, in Dutch. An agreement follows on the one before it.

    Args:
        laatste: of those that have agreements, the first day of the last one.
    """
    dubbel = sorted(code for code, keer in Counter(codes).items() if keer > 1)
    later = sorted(code for code in set(codes) if code in laatste and laatste[code] >= vanaf)
    fouten = [f"{code} staat er meer dan eens in" for code in dubbel]
    return fouten + [f"{code} heeft al een afspraak vanaf {laatste[code]}" for code in later]


def geldend(afspraken: Iterable[tuple[str, date, str | None]], dagen: Mapping[str, date]) -> dict[str, str]:
    """Gemeentecode to the betaler of its own day, of those that have one then.

    Args:
        afspraken: (gemeentecode, first day, betaler or None for the gemeente itself), oldest first.
        dagen: gemeentecode to the day that it is about.
    """
    gevonden: dict[str, str | None] = {}
    for code, vanaf, betaler in afspraken:
        if code in dagen and vanaf <= dagen[code]:
            gevonden[code] = betaler
    return {code: betaler for code, betaler in gevonden.items() if betaler is not None}
