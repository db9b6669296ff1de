"""How the balans is made up from the balances of accounts. Pure; all amounts are cents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Status = Literal["concept", "vastgesteld"]
Kant = Literal["activa", "passiva"]
RESULTAAT = "Resultaat dat nog niet is afgesloten"


@dataclass(frozen=True, slots=True)
class Stand:
    """An account with its balances (debet less credit) at the end of the year and of the year before."""

    nummer: str
    naam: str
    soort: str
    eind: int
    begin: int


@dataclass(frozen=True, slots=True)
class Post:
    """A row of the balans, as its side counts it; `rekening` is None for the result of baten and lasten that are not closed."""

    rekening: str | None
    omschrijving: str
    bedrag: int
    vorig: int


def balans(standen: Iterable[Stand]) -> dict[Kant, list[Post]]:
    """Both sides of the balans. They are equal, since the balances of all accounts of a fonds add up to zero (F3): what baten
    and lasten have between them that no entry has closed, stands on the side of the passiva.

    An account without a balance in either year is left out.
    """
    kanten: dict[Kant, list[Post]] = {"activa": [], "passiva": []}
    eind = begin = 0
    for een in standen:
        if een.soort in ("baten", "lasten"):
            eind, begin = eind - een.eind, begin - een.begin
        elif een.eind or een.begin:
            kant: Kant = "activa" if een.soort == "activa" else "passiva"
            teken = 1 if kant == "activa" else -1
            kanten[kant].append(Post(een.nummer, een.naam, teken * een.eind, teken * een.begin))
    if eind or begin:
        kanten["passiva"].append(Post(None, RESULTAAT, eind, begin))
    return kanten


def samen(standen: Mapping[str, Mapping[int, int]]) -> dict[str, int]:
    """What moved in all months together, by account."""
    return {nummer: sum(per_maand.values()) for nummer, per_maand in standen.items()}
