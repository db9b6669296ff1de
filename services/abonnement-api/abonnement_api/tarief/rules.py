"""Price x inhabitants, and its division over the services (BALV 30-11-2016, voorstel D)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from gemeengoed_kit.money import allocate, round_half_up

BEDRAG = "tarief per inwoner × inwoners, één keer afgerond op hele centen; een halve cent gaat omhoog"
VERDELING = ("naar rato van de verdeelsleutel over de diensten van het pakket; overgebleven centen gaan naar de grootste "
             "resten, bij gelijke resten op code van de dienst")


@dataclass(frozen=True)
class Pakket:
    """A package as a decision sets it.

    Attributes:
        tarief_per_inwoner: euros per inhabitant per year.
        gewichten: weight of each dienst in the package, by code.
    """

    code: str
    tarief_per_inwoner: Decimal
    gewichten: Mapping[str, Decimal]


@dataclass(frozen=True)
class Factuurbedrag:
    """What a gemeente owes for a year, in cents: `regels` (by code of the dienst) add up to `bedrag_cent`."""

    exact_cent: Decimal
    bedrag_cent: int
    regels: Mapping[str, int]


def factuurbedrag(pakket: Pakket, inwoners: int) -> Factuurbedrag:
    """The amount is decided, not summed: rounded once over the whole, then divided."""
    exact = pakket.tarief_per_inwoner * inwoners * 100
    bedrag = round_half_up(exact)
    return Factuurbedrag(exact, bedrag, allocate(bedrag, pakket.gewichten))
