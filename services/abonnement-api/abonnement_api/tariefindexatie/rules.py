"""What an indexation makes of the prices of a decision (A7): tariff(n) = rule(tariff(n-1), index(n)). Pure and exact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from abonnement_api.tariefindexatie.errors import IndexatieOnbruikbaar

AANGEVRAAGD, VOORGESTELD, VERWERKT, MISLUKT = "aangevraagd", "voorgesteld", "verwerkt", "mislukt"
DECIMALEN = 4
"""Of a price in a decision."""
HOOGSTE_TARIEF, HOOGSTE_BEDRAG = Decimal(100_000), Decimal(100_000_000)
"""Euros; a rate per unit, and an amount whatever the quantity, stay under it."""
REGEL = (
    "oude prijs × factor, afgerond zoals de clausule zegt: eerst op de decimalen waarmee het volgende jaar verder gaat "
    "(`nieuw`), dan op die van de prijs die wordt betaald (`prijs`)"
)
Onderdeel = tuple[str, str]
"""Package, and part of its price (`tarief.rules.onderdelen`)."""


@dataclass(frozen=True)
class Afspraak:
    """What fonds says: which indexatie, its factor, and how its clause rounds euros."""

    indexatie: UUID
    versie: int
    stand: str
    factor: Decimal
    keten_decimalen: int
    keten_afronding: str
    prijs_decimalen: int
    prijs_afronding: str


@dataclass(frozen=True)
class Prijs:
    """A price in euros before and after: `nieuw` is what the next year goes on with, `prijs` what is paid."""

    oud: Decimal
    nieuw: Decimal
    prijs: Decimal


@dataclass(frozen=True)
class Antwoord:
    """What fonds answered: the indexatie, and what it makes of each amount that was asked."""

    afspraak: Afspraak
    prijzen: Mapping[Decimal, Prijs]


def toepassen(afspraak: Afspraak, oud: Decimal) -> Prijs:
    """What a price becomes, by the rule of the clause."""
    nieuw = afronden(Fraction(oud) * Fraction(afspraak.factor), afspraak.keten_decimalen, afspraak.keten_afronding)
    return Prijs(oud, nieuw, afronden(Fraction(nieuw), afspraak.prijs_decimalen, afspraak.prijs_afronding))


def geindexeerd(onderdelen: Mapping[Onderdeel, Decimal], antwoord: Antwoord) -> dict[Onderdeel, Prijs]:
    """The prices of the next decision, each recalculated: what fonds says must be what its own clause gives.

    Args:
        onderdelen: every part of the prices as they are, in euros.

    Raises:
        IndexatieOnbruikbaar: some cannot be prices, or fonds says another amount; names them all.
    """
    uitkomst, fout = {}, []
    for (pakket, naam), oud in onderdelen.items():
        prijs = uitkomst[pakket, naam] = toepassen(antwoord.afspraak, oud)
        hoogste = HOOGSTE_TARIEF if naam.rpartition(".")[2] == "tarief" else HOOGSTE_BEDRAG
        if prijs != antwoord.prijzen.get(oud):
            fout.append(f"{naam} van {pakket} (fonds rekent iets anders uit dan {prijs.prijs:f})")
        elif not 0 < prijs.prijs < hoogste or prijs.prijs * 10**DECIMALEN % 1:
            fout.append(f"{naam} van {pakket} ({prijs.prijs:f})")
    if fout:
        raise IndexatieOnbruikbaar(f"Dit kunnen geen prijzen zijn: {', '.join(fout)}.")
    return uitkomst


def afronden(waarde: Fraction, decimalen: int, wijze: str) -> Decimal:
    """Round an amount that is not negative, as a clause says: half up, down, or up."""
    keer = waarde * 10**decimalen
    heel = {
        "omlaag": keer.numerator // keer.denominator,
        "omhoog": -(-keer.numerator // keer.denominator),
        "half-omhoog": (2 * keer.numerator + keer.denominator) // (2 * keer.denominator),
    }[wijze]
    return Decimal((0, tuple(map(int, str(heel))), -decimalen))
