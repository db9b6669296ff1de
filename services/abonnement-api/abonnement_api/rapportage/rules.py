"""How participation and age are counted. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

GRENZEN = (30, 60, 90, 180, 365)
"""Days after the vervaldatum at which a class ends."""


@dataclass(frozen=True)
class Klasse:
    """A class of age, in days after the vervaldatum; what has not fallen due is in the first, and the last has no end."""

    naam: str
    vanaf: int | None
    tot_en_met: int | None


KLASSEN: tuple[Klasse, ...] = (
    Klasse("niet vervallen", None, 0),
    *(Klasse(f"{a + 1} tot en met {b} dagen", a + 1, b) for a, b in zip((0, *GRENZEN), GRENZEN, strict=False)),
    Klasse(f"meer dan {GRENZEN[-1]} dagen", GRENZEN[-1] + 1, None),
)


@dataclass(frozen=True)
class Post:
    """Open invoices of a gemeente with the same vervaldatum; cents, below zero what was paid too much."""

    gemeentecode: str
    gemeentenaam: str
    vervaldatum: date
    aantal: int
    cent: int


@dataclass(frozen=True)
class Rij:
    """What one gemeente, or all together, has open: number of invoices and cents per class, and what was paid too much."""

    gemeentecode: str
    gemeentenaam: str
    aantallen: tuple[int, ...]
    bedragen: tuple[int, ...]
    te_veel: int


def percentage(deel: int, geheel: int) -> str:
    """A share in percents with one decimal, rounded down: only all is "100.0"."""
    heel, rest = divmod(deel * 1000 // geheel if geheel else 0, 10)
    return f"{heel}.{rest}"


def klasse_van(vervaldatum: date, op: date) -> int:
    """Place in `KLASSEN` of what falls due on a day, seen on another day."""
    dagen = (op - vervaldatum).days
    return next(plaats for plaats, klasse in enumerate(KLASSEN) if klasse.tot_en_met is None or dagen <= klasse.tot_en_met)


def ouderdom(posten: Iterable[Post], op: date) -> list[Rij]:
    """A row per gemeente that has something open, by code."""
    per_gemeente: dict[str, list[Post]] = {}
    for post in posten:
        per_gemeente.setdefault(post.gemeentecode, []).append(post)
    return [_rij(code, deel[-1].gemeentenaam, deel, op) for code, deel in sorted(per_gemeente.items())]


def samen(rijen: Sequence[Rij]) -> Rij:
    """The sum of rows."""
    plaatsen = range(len(KLASSEN))
    return Rij(
        "",
        "Totaal",
        tuple(sum(rij.aantallen[plaats] for rij in rijen) for plaats in plaatsen),
        tuple(sum(rij.bedragen[plaats] for rij in rijen) for plaats in plaatsen),
        sum(rij.te_veel for rij in rijen),
    )


def _rij(code: str, naam: str, posten: Sequence[Post], op: date) -> Rij:
    aantallen, bedragen = [0] * len(KLASSEN), [0] * len(KLASSEN)
    for post in posten:
        if post.cent > 0:
            aantallen[klasse_van(post.vervaldatum, op)] += post.aantal
            bedragen[klasse_van(post.vervaldatum, op)] += post.cent
    return Rij(code, naam, tuple(aantallen), tuple(bedragen), sum(-post.cent for post in posten if post.cent < 0))
