"""What a price per inhabitant must be to cover budgets, and what a decided price covers (BALV 30-11-2016, voorstel D). Pure.

The paper divides each budget by inhabitants, rounds each outcome by itself, and divides all budgets together to find the price.
So the components need not add up to it: there they are 92,29 cents together, and the price is 90.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

AANGEVRAAGD, VOORGESTELD, MISLUKT = "aangevraagd", "voorgesteld", "mislukt"
HEEL = 1000
"""Promille of all inhabitants that take part."""
REGELS = (
    "Onderdeel: budget ÷ inwoners van wie de dienst afneemt, afgerond op zijn eigen decimalen.",
    "Kostprijs: alle budgetten samen ÷ alle inwoners; voorgesteld is die prijs, afgerond op de gevraagde decimalen.",
    "Aandeel: de prijs (besloten, anders voorgesteld) naar rato van de budgetten over de diensten.",
    "Opbrengst: aandeel × inwoners van wie de dienst afneemt × deelname, afgerond op hele centen.",
    "Dekking: opbrengst min budget.",
    "Kostendekkend: de prijs waarbij de opbrengst bij deze deelname gelijk is aan de budgetten.",
    "Een halve gaat bij elke afronding omhoog.",
)


@dataclass(frozen=True)
class Budget:
    """What a dienst costs in a year, in cents.

    Attributes:
        decimalen: of the euros per inhabitant to which its component is rounded.
    """

    dienst: str
    cent: int
    decimalen: int = 2


@dataclass(frozen=True)
class Onderdeel:
    """A dienst in a proposal. Amounts per inhabitant are in euros.

    Attributes:
        inwoners: of the gemeenten that take it.
        exact: budget ÷ these inhabitants; `tarief` is that, rounded.
        aandeel: its share in the price.
        verschil: what the share is more than the rounded component.
        opbrengst_cent: what the share brings in with this participation; `dekking_cent` is that less the budget.
    """

    dienst: str
    budget_cent: int
    inwoners: int
    exact: Fraction
    tarief: Decimal
    aandeel: Fraction
    opbrengst_cent: int

    @property
    def verschil(self) -> Fraction:
        return self.aandeel - Fraction(self.tarief)

    @property
    def dekking_cent(self) -> int:
        return self.opbrengst_cent - self.budget_cent


@dataclass(frozen=True)
class Pakketprijs:
    """The price of who does not take a dienst, in euros per inhabitant: the price less the share of that dienst."""

    zonder: str
    exact: Fraction
    tarief: Decimal


@dataclass(frozen=True)
class Voorstel:
    """The outcome. Amounts per inhabitant are in euros.

    Attributes:
        kostprijs: all budgets ÷ all inhabitants; `voorgesteld` is that, rounded.
        prijs: that is calculated with: the decided one, else the proposed one.
        som: of the rounded components; `verschil` is what the price is more.
        kostendekkend: the price that covers all budgets with this participation.
    """

    inwoners: int
    kostprijs: Fraction
    voorgesteld: Decimal
    prijs: Decimal
    kostendekkend: Fraction
    onderdelen: tuple[Onderdeel, ...]
    pakketten: tuple[Pakketprijs, ...]

    @property
    def som(self) -> Decimal:
        return sum((deel.tarief for deel in self.onderdelen), Decimal(0))

    @property
    def verschil(self) -> Decimal:
        return self.prijs - self.som

    @property
    def budget_cent(self) -> int:
        return sum(deel.budget_cent for deel in self.onderdelen)

    @property
    def opbrengst_cent(self) -> int:
        return sum(deel.opbrengst_cent for deel in self.onderdelen)


def voorstel(
    budgetten: Sequence[Budget],
    inwoners: int,
    zonder: Mapping[str, int],
    *,
    besloten: Decimal | None = None,
    deelname_promille: int = HEEL,
    decimalen: int = 2,
) -> Voorstel:
    """Compute a proposal.

    Args:
        inwoners: of all gemeenten.
        zonder: dienst to the inhabitants of the gemeenten that do not take it; fewer than all.
        besloten: price in euros per inhabitant that was decided, to hold against it.
        deelname_promille: of the inhabitants whose gemeente takes part; of every dienst the same part.
        decimalen: of the euros of a price.
    """
    totaal = sum(budget.cent for budget in budgetten)
    kostprijs = Fraction(totaal, 100 * inwoners)
    voorgesteld = afgerond(kostprijs, decimalen)
    prijs = voorgesteld if besloten is None else besloten
    nemend = {budget.dienst: inwoners - zonder.get(budget.dienst, 0) for budget in budgetten}
    per_euro = Fraction(deelname_promille, HEEL) * sum(Fraction(b.cent, totaal) * nemend[b.dienst] for b in budgetten)
    onderdelen = []
    for budget in budgetten:
        exact = Fraction(budget.cent, 100 * nemend[budget.dienst])
        aandeel = Fraction(prijs) * Fraction(budget.cent, totaal)
        opbrengst = afgerond(aandeel * nemend[budget.dienst] * Fraction(deelname_promille, HEEL) * 100, 0)
        tarief = afgerond(exact, budget.decimalen)
        onderdelen.append(Onderdeel(budget.dienst, budget.cent, nemend[budget.dienst], exact, tarief, aandeel, int(opbrengst)))
    minder = {deel.dienst: Fraction(prijs) - deel.aandeel for deel in onderdelen if zonder.get(deel.dienst)}
    pakketten = tuple(Pakketprijs(dienst, exact, afgerond(exact, decimalen)) for dienst, exact in minder.items())
    return Voorstel(inwoners, kostprijs, voorgesteld, prijs, Fraction(totaal, 100) / per_euro, tuple(onderdelen), pakketten)


def tegenstrijdigheden(
    budgetten: Sequence[Budget],
    inwoners: int | None,
    *,
    op_peildatum: bool,
    uitzonderingen: Sequence[tuple[str, int | None, Sequence[str]]],
    jaar: int,
    prijspeil: int,
    besloten: Decimal | None,
) -> list[str]:
    """The contradictions in what is asked, in Dutch; empty when it can be computed.

    Args:
        op_peildatum: whether catalogus is asked for the inhabitants of a day.
        uitzonderingen: (dienst, inhabitants, gemeentecodes) of who does not take it: one of the two, as for all inhabitants.
    """
    gevonden = [] if (inwoners is None) == op_peildatum else ["geef inwoners, of een peildatum, en niet allebei"]
    if prijspeil > jaar:
        gevonden.append(f"het prijspeil ({prijspeil}) ligt na het jaar ({jaar})")
    if besloten is not None and not besloten:
        gevonden.append("het besloten tarief is nul")
    diensten, uitgezonderd = [budget.dienst for budget in budgetten], [dienst for dienst, _, _ in uitzonderingen]
    gevonden += [f"dienst {dienst} heeft meer dan één budget" for dienst in _dubbel(diensten)]
    gevonden += [f"dienst {dienst} is meer dan één keer uitgezonderd" for dienst in _dubbel(uitgezonderd)]
    gevonden += [
        f"dienst {dienst} is uitgezonderd, maar heeft geen budget" for dienst in sorted(set(uitgezonderd) - set(diensten))
    ]
    for dienst, aantal, codes in uitzonderingen:
        if op_peildatum and (aantal is not None or not codes):
            gevonden.append(f"de uitzondering van {dienst} noemt bij een peildatum gemeenten, en geen inwoners")
        if not op_peildatum and (aantal is None or codes):
            gevonden.append(f"de uitzondering van {dienst} noemt zonder peildatum inwoners, en geen gemeenten")
        if aantal is not None and inwoners is not None and aantal >= inwoners:
            gevonden.append(f"niemand neemt {dienst} af")
        gevonden += [f"de uitzondering van {dienst} noemt {code} twee keer" for code in _dubbel(codes)]
    return gevonden


def geteld(inwoners: Mapping[str, int], uitgezonderd: Mapping[str, Collection[str]]) -> tuple[int, dict[str, int]]:
    """(inhabitants of all gemeenten, dienst to those of the gemeenten that do not take it).

    Args:
        inwoners: by gemeentecode, of every gemeente.
        uitgezonderd: dienst to the codes of who does not take it; all known.
    """
    return sum(inwoners.values()), {dienst: sum(inwoners[code] for code in codes) for dienst, codes in uitgezonderd.items()}


def afgerond(waarde: Fraction, decimalen: int) -> Decimal:
    """An amount that is not negative, half up."""
    keer = waarde * 10**decimalen
    heel = (2 * keer.numerator + keer.denominator) // (2 * keer.denominator)
    return Decimal((0, tuple(map(int, str(heel))), -decimalen))


def _dubbel(namen: Sequence[str]) -> list[str]:
    return sorted({naam for naam in namen if namen.count(naam) > 1})
