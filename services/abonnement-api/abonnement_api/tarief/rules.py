"""Price × inhabitants, and its division over the services (BALV 30-11-2016, voorstel D)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gemeengoed_kit.money import allocate, round_half_up

BEDRAG = "tarief per inwoner × inwoners, één keer afgerond op hele centen; een halve cent gaat omhoog"
VERDELING = (
    "naar rato van de verdeelsleutel over de diensten van het pakket; overgebleven centen gaan naar de grootste "
    "resten, bij gelijke resten op code van de dienst"
)


@dataclass(frozen=True)
class Pakket:
    """A package as a decision defines it.

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


def tegenstrijdigheden(
    eerste_jaar: int,
    laatste_jaar: int,
    pakketten: Sequence[tuple[str, Decimal, Sequence[str]]],
    sleutel: Sequence[tuple[str, Decimal]],
) -> list[str]:
    """The contradictions inside a decision, in Dutch; empty when it can be used for invoices.

    Args:
        pakketten: (code, euros per inhabitant, codes of its diensten).
        sleutel: (dienst, weight).
    """
    gevonden = [f"het eerste jaar ({eerste_jaar}) ligt na het laatste ({laatste_jaar})"] if eerste_jaar > laatste_jaar else []
    gevonden += [f"pakket {code} staat er twee keer in" for code in _dubbel([code for code, _, _ in pakketten])]
    gevonden += [f"dienst {dienst} staat twee keer in de verdeelsleutel" for dienst in _dubbel([dienst for dienst, _ in sleutel])]
    gevonden += [f"het gewicht van {dienst} is nul" for dienst, gewicht in sleutel if not gewicht]
    for code, tarief, diensten in pakketten:
        zonder = sorted(set(diensten) - {dienst for dienst, _ in sleutel})
        gevonden += [f"het tarief van pakket {code} is nul"] if not tarief else []
        gevonden += [f"pakket {code} noemt {dienst} twee keer" for dienst in _dubbel(diensten)]
        gevonden += [f"pakket {code} noemt {dienst}, die geen gewicht heeft in de verdeelsleutel" for dienst in zonder]
    return gevonden


def _dubbel(codes: Sequence[str]) -> list[str]:
    return sorted({code for code in codes if codes.count(code) > 1})


def factuurbedrag(pakket: Pakket, inwoners: int, maanden: int = 12) -> Factuurbedrag:
    """The amount follows from the package price, not from a sum of components: rounded once as a whole, then divided. For part of
    a year it is so many twelfths."""
    exact = pakket.tarief_per_inwoner * inwoners * 100
    exact = exact if maanden == 12 else exact * maanden / 12
    bedrag = round_half_up(exact)
    return Factuurbedrag(exact, bedrag, allocate(bedrag, pakket.gewichten))
