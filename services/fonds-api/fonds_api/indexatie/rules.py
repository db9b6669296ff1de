"""How a clause makes a percentage of published figures, and what an amount becomes. Pure and exact: fractions, rounded by a rule
that the clause names, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from gemeengoed_kit.errors import InvalidParam

from fonds_api.indexatie.errors import UitkomstOnmogelijk

Maat = Literal["niveau", "mutatie"]
"""Whether a series gives levels (CPI 2015 = 100), or changes in percent."""
Stand = Literal["raming", "voorlopig", "definitief"]
STANDEN: tuple[Stand, ...] = ("raming", "voorlopig", "definitief")
Afronding = Literal["half-omhoog", "omlaag", "omhoog"]
"""Half away from zero; to the lower number; to the higher number."""
Nacalculatie = Literal["geen", "verschil", "verhouding"]
"""How the difference between a figure that was used and the one that came after it is settled: not, in percentage points
(Dordrecht), or as the ratio of the two outcomes (VNG for Wmo and Jeugdwet)."""
HONDERD = Fraction(100)
HOOGSTE_PERCENTAGE = 1000
HOOGSTE_BEDRAG = Decimal(10**13)
"""Euros; an amount stays under it."""
STAP_DECIMALEN = 12
"""Decimals of a step that is shown; what is calculated with is exact."""


@dataclass(frozen=True)
class Afspraak:
    """The part of a clause that calculates. Percentages are in percent; decimals are those of a percentage and of euros.

    Attributes:
        aandelen: series to share, in percent; together 100.
        opslag: added to the weighted change, in percentage points.
        plafond, bodem: most and least of weighted change and opslag together, before settlement of earlier years.
    """

    aandelen: Mapping[str, Decimal]
    opslag: Decimal
    plafond: Decimal | None
    bodem: Decimal | None
    percentage_decimalen: int
    percentage_afronding: Afronding
    nacalculatie: Nacalculatie
    keten_decimalen: int
    keten_afronding: Afronding
    prijs_decimalen: int
    prijs_afronding: Afronding


@dataclass(frozen=True)
class Cijferpaar:
    """The figures of one series: of the target and, for levels, of the base."""

    doel: Decimal
    basis: Decimal | None = None

    @property
    def mutatie(self) -> Fraction:
        """The change in percent, exact."""
        if self.basis is None:
            return Fraction(self.doel)
        return (Fraction(self.doel) / Fraction(self.basis) - 1) * HONDERD


Cijfers = Mapping[str, Cijferpaar]
"""By series."""


@dataclass(frozen=True)
class Correctie:
    """An earlier year of which figures came after those that were used."""

    jaar: int
    oud: Cijfers
    nieuw: Cijfers


@dataclass(frozen=True)
class Stap:
    """One step of a calculation.

    Attributes:
        waarde: percentage or euros, written out; shortened to `STAP_DECIMALEN` where it is not finite.
    """

    stap: str
    uitleg: str
    waarde: str


@dataclass(frozen=True)
class Percentage:
    """What a clause gives for a year, in percent, with its steps."""

    percentage: Decimal
    stappen: tuple[Stap, ...]

    @property
    def factor(self) -> Decimal:
        return factor(self.percentage)


@dataclass(frozen=True)
class Bedrag:
    """What an amount becomes, in euros.

    Attributes:
        nieuw: with the decimals that the next year goes on with.
        prijs: what is paid.
    """

    oud: Decimal
    nieuw: Decimal
    prijs: Decimal
    stappen: tuple[Stap, ...]


def afronden(waarde: Fraction, decimalen: int, wijze: Afronding) -> Decimal:
    """Round to a number of decimals; the result is exact."""
    deel = abs(waarde) * 10**decimalen if wijze == "half-omhoog" else waarde * 10**decimalen
    if wijze == "omhoog":
        heel = -((-deel.numerator) // deel.denominator)
    elif wijze == "omlaag":
        heel = deel.numerator // deel.denominator
    else:
        heel = (2 * deel.numerator + deel.denominator) // (2 * deel.denominator) * (-1 if waarde < 0 else 1)
    return Decimal((heel < 0, tuple(int(cijfer) for cijfer in str(abs(heel))), -decimalen))


def factor(percentage: Decimal) -> Decimal:
    """1 + percentage / 100, exact: 6.1 gives 1.061."""
    exponent = percentage.as_tuple().exponent
    assert isinstance(exponent, int)
    return afronden(1 + Fraction(percentage) / 100, max(0, -exponent) + 2, "half-omhoog")


def tekst(waarde: Fraction | Decimal) -> str:
    """A number written out, without zeros at the end: "1.061"; what is not finite, to `STAP_DECIMALEN` decimals."""
    exact = waarde if isinstance(waarde, Decimal) else afronden(waarde, STAP_DECIMALEN, "half-omhoog")
    kaal = f"{exact:f}"
    kaal = kaal.rstrip("0").rstrip(".") if "." in kaal else kaal
    return "0" if kaal == "-0" else kaal


def gewogen(afspraak: Afspraak, cijfers: Cijfers) -> Fraction:
    """The weighted mean of the changes, in percent."""
    return sum((Fraction(aandeel) / HONDERD * cijfers[reeks].mutatie for reeks, aandeel in afspraak.aandelen.items()), Fraction())


def begrensd(afspraak: Afspraak, cijfers: Cijfers) -> Fraction:
    """The weighted change with opslag, within bodem and plafond; in percent, not rounded.

    Raises:
        UitkomstOnmogelijk: -100 % or less, or more than 1000 %.
    """
    som = gewogen(afspraak, cijfers) + Fraction(afspraak.opslag)
    if afspraak.bodem is not None:
        som = max(som, Fraction(afspraak.bodem))
    if afspraak.plafond is not None:
        som = min(som, Fraction(afspraak.plafond))
    _eisen_mogelijk(som)
    return som


def nagecalculeerd(afspraak: Afspraak, correctie: Correctie) -> Fraction:
    """What an earlier year is short (or, negative, over) by figures that came later; in percent, not rounded. The limits of the
    clause hold for both outcomes, so that settling never goes past them."""
    oud, nieuw = begrensd(afspraak, correctie.oud), begrensd(afspraak, correctie.nieuw)
    if afspraak.nacalculatie == "verhouding":
        return ((HONDERD + nieuw) / (HONDERD + oud) - 1) * HONDERD
    return nieuw - oud if afspraak.nacalculatie == "verschil" else Fraction()


def percentage(afspraak: Afspraak, cijfers: Cijfers, correcties: Sequence[Correctie] = ()) -> Percentage:
    """What a clause gives for a year.

    Args:
        cijfers: of the year itself, for every series of the clause.
        correcties: earlier years that are settled in this one, in order of year.

    Raises:
        UitkomstOnmogelijk: see `begrensd`.
    """
    stappen = [
        Stap(f"mutatie {reeks}", _uit(cijfers[reeks]), tekst(cijfers[reeks].mutatie)) for reeks in sorted(afspraak.aandelen)
    ]
    som = " + ".join(f"{tekst(aandeel)} % × {reeks}" for reeks, aandeel in sorted(afspraak.aandelen.items()))
    weging = gewogen(afspraak, cijfers)
    stappen.append(Stap("weging", som, tekst(weging)))
    met = weging + Fraction(afspraak.opslag)
    stappen.append(Stap("opslag", f"plus {tekst(afspraak.opslag)} procentpunt", tekst(met)))
    uitkomst = begrensd(afspraak, cijfers)
    stappen.append(Stap("grenzen", _grenzen(afspraak), tekst(uitkomst)))
    for correctie in correcties:
        erbij = nagecalculeerd(afspraak, correctie)
        uitkomst += erbij
        oud, nieuw = tekst(begrensd(afspraak, correctie.oud)), tekst(begrensd(afspraak, correctie.nieuw))
        stappen.append(Stap(f"nacalculatie {correctie.jaar}", f"van {oud} naar {nieuw} ({afspraak.nacalculatie})", tekst(erbij)))
    rond = afronden(uitkomst, afspraak.percentage_decimalen, afspraak.percentage_afronding)
    _eisen_mogelijk(Fraction(rond))
    stappen.append(
        Stap("percentage", f"op {afspraak.percentage_decimalen} decimalen, {afspraak.percentage_afronding}", tekst(rond))
    )
    return Percentage(rond, tuple(stappen))


def toepassen(afspraak: Afspraak, procent: Decimal, oud: Decimal) -> Bedrag:
    """What an amount or tariff in euros becomes with a percentage.

    The next year goes on with `nieuw`, and never with `prijs`: rounding to what is paid does not add up over the years.

    Raises:
        UitkomstOnmogelijk: it is 10^13 euros or more.
    """
    keer = factor(procent)
    precies = Fraction(oud) * Fraction(keer)
    nieuw = afronden(precies, afspraak.keten_decimalen, afspraak.keten_afronding)
    prijs = afronden(Fraction(nieuw), afspraak.prijs_decimalen, afspraak.prijs_afronding)
    if max(nieuw, prijs) >= HOOGSTE_BEDRAG:
        raise UitkomstOnmogelijk(f"{tekst(oud)} × {tekst(keer)} is te veel.")
    stappen = (
        Stap("oud", "bedrag van voor de indexatie", tekst(oud)),
        Stap("factor", f"1 + {tekst(procent)} ÷ 100", tekst(keer)),
        Stap("product", f"{tekst(oud)} × {tekst(keer)}", tekst(precies)),
        Stap("nieuw", f"op {afspraak.keten_decimalen} decimalen, {afspraak.keten_afronding}", tekst(nieuw)),
        Stap("prijs", f"op {afspraak.prijs_decimalen} decimalen, {afspraak.prijs_afronding}", tekst(prijs)),
    )
    return Bedrag(oud, nieuw, prijs, stappen)


def periode(jaar: int, jaren_terug: int, maand: int | None) -> str:
    """Name of the period of a figure: "2023", or "2023-10" where the clause names a month."""
    return f"{jaar - jaren_terug}" if maand is None else f"{jaar - jaren_terug}-{maand:02d}"


def uiterlijk(aankondigen_voor: str | None, jaar: int) -> date | None:
    """The last day of the year before on which an indexation may be announced ("10-01"); None where the clause has none."""
    return date.fromisoformat(f"{jaar - 1}-{aankondigen_voor}") if aankondigen_voor else None


def tegenstrijdig(
    aandelen: Sequence[tuple[str, Decimal]],
    maten: Mapping[str, Maat],
    *,
    doel: tuple[int, int | None],
    basis: tuple[int, int | None] | None,
    plafond: Decimal | None,
    bodem: Decimal | None,
    decimalen: tuple[int, int],
    nacalculatie: tuple[Nacalculatie, int],
) -> list[InvalidParam]:
    """Everything in a clause that cannot be together.

    Args:
        aandelen: (series, share) as given.
        maten: the series that exist, with their measure.
        doel, basis: (years back, month) of target and base.
        decimalen: of the chain, and of the price.
        nacalculatie: how, and how many years back.
    """
    fout = [
        InvalidParam(f"onderdelen.{nr}.reeks", "onbekend", f"er is geen indexreeks {reeks}")
        for nr, (reeks, _) in enumerate(aandelen)
        if reeks not in maten
    ]
    reeksen = [reeks for reeks, _ in aandelen]
    fout += [
        InvalidParam(f"onderdelen.{nr}.reeks", "dubbel", f"{reeks} staat er al")
        for nr, reeks in enumerate(reeksen)
        if reeks in reeksen[:nr]
    ]
    if (som := sum((aandeel for _, aandeel in aandelen), Decimal())) != 100:
        fout.append(InvalidParam("onderdelen", "aandelen", f"de aandelen zijn samen {tekst(som)}, niet 100"))
    if basis is None and any(maten.get(reeks) == "niveau" for reeks in reeksen):
        fout.append(InvalidParam("basis", "ontbreekt", "een reeks van niveaus vraagt een basisperiode"))
    if basis is not None and (basis[1] is None) != (doel[1] is None):
        fout.append(InvalidParam("basis", "korrel", "basis en doel zijn beide een jaar, of beide een maand"))
    elif basis is not None and _maanden(basis) >= _maanden(doel):
        fout.append(InvalidParam("basis", "volgorde", "de basis ligt voor het doel"))
    if plafond is not None and bodem is not None and plafond < bodem:
        fout.append(InvalidParam("plafond", "volgorde", "het plafond ligt onder de bodem"))
    if doel[0] > 5:
        fout.append(InvalidParam("doel.jarenTerug", "te_ver", "het doel ligt hoogstens vijf jaren terug"))
    if decimalen[1] > decimalen[0]:
        fout.append(InvalidParam("prijsDecimalen", "volgorde", "een prijs heeft niet meer decimalen dan de keten"))
    if (nacalculatie[0] == "geen") != (nacalculatie[1] == 0):
        fout.append(InvalidParam("nacalculatieJaren", "past_niet", "zonder nacalculatie 0 jaren, en anders ten minste een"))
    fout += [
        InvalidParam(f"onderdelen.{nr}.aandeel", "nul", "een aandeel is meer dan 0 en hoogstens 100")
        for nr, (_, aandeel) in enumerate(aandelen)
        if not 0 < aandeel <= 100
    ]
    return fout


def _eisen_mogelijk(procent: Fraction) -> None:
    if not -100 < procent <= HOOGSTE_PERCENTAGE:
        raise UitkomstOnmogelijk(f"De uitkomst is {tekst(procent)} %.")


def _maanden(plek: tuple[int, int | None]) -> int:
    return -12 * plek[0] + (plek[1] or 1)


def _uit(cijfers: Cijferpaar) -> str:
    if cijfers.basis is None:
        return "gepubliceerde mutatie"
    return f"({tekst(cijfers.doel)} ÷ {tekst(cijfers.basis)} − 1) × 100"


def _grenzen(afspraak: Afspraak) -> str:
    delen = [
        f"{naam} {tekst(waarde)}"
        for naam, waarde in (("ten minste", afspraak.bodem), ("ten hoogste", afspraak.plafond))
        if waarde is not None
    ]
    return " en ".join(delen) or "geen"
