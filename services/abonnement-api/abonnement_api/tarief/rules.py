"""The price of a package, in any form, and its division over the services (BALV 30-11-2016, voorstel D). Pure and exact: a
price is rounded once. `pakketbedrag_cent` in the database says the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from gemeengoed_kit.money import allocate

Vorm = Literal["per-inwoner", "klasse", "schijf", "per-verrichting", "vast"]
"""How a price depends on a quantity. In bands it is not always said which is meant, so a decision says it: `klasse` is the whole
quantity at the band that it falls in, `schijf` each part of it at the band of that part."""
Eenheid = Literal["inwoner", "gebruiker", "verrichting", "gemeente"]
"""What is counted. Only counted: nothing is known of whom."""
PER_INWONER, KLASSE, SCHIJF, PER_VERRICHTING, VAST = "per-inwoner", "klasse", "schijf", "per-verrichting", "vast"
STAFFELS = (KLASSE, SCHIJF)
EENHEDEN: Mapping[str, tuple[str, ...]] = {
    PER_INWONER: ("inwoner",),
    KLASSE: ("inwoner", "gebruiker"),
    SCHIJF: ("inwoner", "gebruiker"),
    PER_VERRICHTING: ("verrichting",),
    VAST: ("gemeente",),
}
MEESTE = 50_000_000
"""Of whatever is counted."""
JAAR = 12
"""Months."""
HOOGSTENS_JAREN = 10
"""That one decision may cover."""
GETOOND = 12
"""Decimals of a step that is not finite; what is calculated with is exact."""
BEDRAG = "tarief per inwoner × inwoners, één keer afgerond op hele centen; een halve cent gaat omhoog"
VERDELING = (
    "naar rato van de verdeelsleutel over de diensten van het pakket; overgebleven centen gaan naar de grootste "
    "resten, bij gelijke resten op code van de dienst"
)
_WAT = {
    PER_INWONER: "tarief per inwoner × inwoners",
    KLASSE: "het bedrag van de klasse waarin het aantal valt, plus haar tarief × het hele aantal",
    SCHIJF: "per schijf die het aantal bereikt haar bedrag, plus haar tarief × het aantal dat erin valt",
    PER_VERRICHTING: "tarief × aantal verrichtingen",
    VAST: "vast bedrag per jaar",
}


@dataclass(frozen=True)
class Band:
    """A class or a slice of a price.

    Attributes:
        tot_en_met: highest quantity in it; None in the last.
        tarief: euros per unit per year.
        bedrag: euros per year, however many.
    """

    tot_en_met: int | None
    tarief: Decimal = Decimal(0)
    bedrag: Decimal = Decimal(0)


@dataclass(frozen=True)
class Pakket:
    """A package as a decision defines it. Amounts are euros, per year unless it says otherwise.

    Attributes:
        tarief_per_inwoner: of the form per-inwoner; None in every other.
        gewichten: weight of each dienst in the package, by code.
        tarief: euros per verrichting, of that form.
        vast_bedrag: whatever the quantity is.
        eenmalig: once, in euros: at the first time.
        minimum: the least for a year, without what is once.
    """

    code: str
    tarief_per_inwoner: Decimal | None
    gewichten: Mapping[str, Decimal]
    vorm: Vorm = "per-inwoner"
    eenheid: Eenheid = "inwoner"
    tarief: Decimal | None = None
    banden: tuple[Band, ...] = ()
    vast_bedrag: Decimal | None = None
    eenmalig: Decimal | None = None
    minimum: Decimal | None = None


@dataclass(frozen=True)
class Stap:
    """One step of a calculation; `waarde` in euros, written out."""

    stap: str
    uitleg: str
    waarde: str


@dataclass(frozen=True)
class Factuurbedrag:
    """What is owed for a year or a part of it, in cents: `regels` (by code of the dienst) add up to `bedrag_cent`.

    Attributes:
        exact_cent: before rounding; where that is not finite, to `GETOOND` decimals.
    """

    exact_cent: Decimal
    bedrag_cent: int
    regels: Mapping[str, int]
    stappen: tuple[Stap, ...] = ()


def factuurbedrag(pakket: Pakket, hoeveelheid: int, maanden: int = JAAR, *, eerste_keer: bool = False) -> Factuurbedrag:
    """The amount follows from the package price, not from a sum of components: rounded once as a whole, then divided.

    Args:
        hoeveelheid: how many of `pakket.eenheid`; of a fixed amount it does not matter.
        maanden: of the year that are owed, each a twelfth. They do not divide verrichtingen: those were counted.
        eerste_keer: whether what is owed once is owed now.

    Raises:
        ValueError: a quantity or a number of months that cannot be.
    """
    if not 0 <= hoeveelheid <= MEESTE or not 1 <= maanden <= JAAR:
        raise ValueError(f"{hoeveelheid} of {maanden} months cannot be")
    stappen: list[Stap] = []

    def stap(naam: str, uitleg: str, euro: Fraction) -> Fraction:
        stappen.append(Stap(naam, uitleg, tekst(euro)))
        return euro

    som = sum((stap(*deel) for deel in _delen(pakket, hoeveelheid)), Fraction())
    deel = Fraction(maanden, JAAR)
    if pakket.vorm == PER_VERRICHTING:
        vast = Fraction(pakket.vast_bedrag or 0) * deel
        if pakket.vast_bedrag:
            stap("vast bedrag", f"{tekst(pakket.vast_bedrag)} × {maanden}/12", vast)
        bedrag = stap("som", "verrichtingen en vast bedrag", som + vast) if vast else som
    else:
        jaar = som
        if pakket.vast_bedrag:
            jaar += stap("vast bedrag", "per jaar, voor elk aantal", Fraction(pakket.vast_bedrag))
        bedrag = stap("maanden", f"{tekst(jaar)} × {maanden}/12", jaar * deel)
    if pakket.minimum:
        minste = Fraction(pakket.minimum) * deel
        bedrag = stap("minimum", f"ten minste {tekst(pakket.minimum)} × {maanden}/12", max(bedrag, minste))
    if pakket.eenmalig and eerste_keer:
        bedrag = stap("eenmalig", f"plus {tekst(pakket.eenmalig)}, deze ene keer", bedrag + Fraction(pakket.eenmalig))
    cent = _half_omhoog(bedrag * 100)
    stap("afronding", "op hele centen, een halve cent omhoog", Fraction(cent, 100))
    return Factuurbedrag(_decimaal(bedrag * 100), cent, allocate(cent, pakket.gewichten), tuple(stappen))


def onderdelen(pakket: Pakket) -> dict[str, Decimal]:
    """Every amount above zero that a price is made of, in euros, by its name; the view `tariefonderdeel` has the same."""
    delen = {
        "tarief": pakket.tarief_per_inwoner or pakket.tarief,
        "vastBedrag": pakket.vast_bedrag,
        "eenmalig": pakket.eenmalig,
        "minimum": pakket.minimum,
    }
    for nummer, band in enumerate(pakket.banden, 1):
        delen |= {f"banden.{nummer}.tarief": band.tarief, f"banden.{nummer}.bedrag": band.bedrag}
    return {naam: bedrag for naam, bedrag in delen.items() if bedrag}


def geprijsd(pakket: Pakket, prijzen: Mapping[str, Decimal]) -> Pakket:
    """The same package with these amounts, by the names of `onderdelen`; what they do not name stays nothing."""
    tarief = prijzen.get("tarief")
    return replace(
        pakket,
        tarief_per_inwoner=tarief if pakket.vorm == PER_INWONER else None,
        tarief=tarief if pakket.vorm == PER_VERRICHTING else None,
        vast_bedrag=prijzen.get("vastBedrag"),
        eenmalig=prijzen.get("eenmalig"),
        minimum=prijzen.get("minimum"),
        banden=tuple(
            Band(
                band.tot_en_met,
                prijzen.get(f"banden.{nummer}.tarief", Decimal(0)),
                prijzen.get(f"banden.{nummer}.bedrag", Decimal(0)),
            )
            for nummer, band in enumerate(pakket.banden, 1)
        ),
    )


def _delen(pakket: Pakket, hoeveelheid: int) -> list[tuple[str, str, Fraction]]:
    """(step, explanation, euros) of all that depends on the quantity; of a year, or of the uses that were counted."""
    per = {PER_INWONER: pakket.tarief_per_inwoner, PER_VERRICHTING: pakket.tarief}.get(pakket.vorm)
    if per is not None:
        return [("tarief", f"{tekst(per)} × {hoeveelheid} {_MEERVOUD[pakket.eenheid]}", Fraction(per) * hoeveelheid)]
    gevonden, onder = [], 0
    for nummer, band in enumerate(pakket.banden, 1):
        einde = MEESTE if band.tot_en_met is None else band.tot_en_met
        if pakket.vorm == KLASSE and hoeveelheid <= einde:
            return [_deel(f"klasse {nummer}", band, hoeveelheid)]
        if pakket.vorm == SCHIJF and hoeveelheid > onder:
            gevonden.append(_deel(f"schijf {nummer}", band, min(hoeveelheid, einde) - onder))
        onder = einde
    return gevonden


def _deel(naam: str, band: Band, aantal: int) -> tuple[str, str, Fraction]:
    return (
        naam,
        f"{tekst(band.bedrag)} + {tekst(band.tarief)} × {aantal}",
        Fraction(band.bedrag) + Fraction(band.tarief) * aantal,
    )


_MEERVOUD = {"inwoner": "inwoners", "gebruiker": "gebruikers", "verrichting": "verrichtingen", "gemeente": "gemeente"}


def rekenregel(pakket: Pakket) -> str:
    """How an amount of this package is calculated, in Dutch."""
    if pakket.vorm == PER_INWONER and not (pakket.vast_bedrag or pakket.minimum or pakket.eenmalig):
        return BEDRAG
    regel = _WAT[pakket.vorm]
    if pakket.vast_bedrag and pakket.vorm != VAST:
        regel += f", plus {tekst(pakket.vast_bedrag)} euro per jaar"
    if pakket.minimum:
        regel += f", ten minste {tekst(pakket.minimum)} euro per jaar"
    if pakket.eenmalig:
        regel += f", de eerste keer plus {tekst(pakket.eenmalig)} euro"
    return f"{regel}; één keer afgerond op hele centen, een halve cent gaat omhoog"


def tegenstrijdigheden(
    eerste_jaar: int,
    laatste_jaar: int,
    pakketten: Sequence[tuple[Pakket, Sequence[str]]],
    sleutel: Sequence[tuple[str, Decimal]],
    prijspeil: int,
) -> list[str]:
    """The contradictions inside a decision, in Dutch; empty when it can be used for invoices.

    Args:
        pakketten: each with the codes of its diensten as given.
        sleutel: (dienst, weight).
        prijspeil: year of the prices that it is based on.
    """
    gevonden = [f"het eerste jaar ({eerste_jaar}) ligt na het laatste ({laatste_jaar})"] if eerste_jaar > laatste_jaar else []
    if laatste_jaar - eerste_jaar >= HOOGSTENS_JAREN:
        gevonden.append(f"het geldt voor meer dan {HOOGSTENS_JAREN} jaar")
    if prijspeil > eerste_jaar:
        gevonden.append(f"het prijspeil ({prijspeil}) ligt na het eerste jaar ({eerste_jaar})")
    gevonden += [f"pakket {code} staat er twee keer in" for code in _dubbel([pakket.code for pakket, _ in pakketten])]
    gevonden += [f"dienst {dienst} staat twee keer in de verdeelsleutel" for dienst in _dubbel([dienst for dienst, _ in sleutel])]
    gevonden += [f"het gewicht van {dienst} is nul" for dienst, gewicht in sleutel if not gewicht]
    for pakket, diensten in pakketten:
        zonder = sorted(set(diensten) - {dienst for dienst, _ in sleutel})
        gevonden += _prijsfouten(pakket)
        gevonden += [f"pakket {pakket.code} noemt {dienst} twee keer" for dienst in _dubbel(diensten)]
        gevonden += [f"pakket {pakket.code} noemt {dienst}, die geen gewicht heeft in de verdeelsleutel" for dienst in zonder]
    return gevonden


def _prijsfouten(pakket: Pakket) -> list[str]:
    """What of a price does not fit its form."""
    van, gevonden = f"van pakket {pakket.code}", []
    per = {PER_INWONER: pakket.tarief_per_inwoner, PER_VERRICHTING: pakket.tarief}
    for vorm, tarief in per.items():
        naam = "tarief per inwoner" if vorm == PER_INWONER else "tarief per verrichting"
        if vorm == pakket.vorm and tarief is None:
            gevonden.append(f"het {naam} {van} ontbreekt")
        elif vorm == pakket.vorm and not tarief:
            gevonden.append(f"het tarief {van} is nul")
        elif vorm != pakket.vorm and tarief is not None:
            gevonden.append(f"een {naam} {van} past niet bij de vorm {pakket.vorm}")
    if pakket.eenheid not in EENHEDEN[pakket.vorm]:
        gevonden.append(f"de eenheid {pakket.eenheid} {van} past niet bij de vorm {pakket.vorm}")
    bedragen = {"vast bedrag": pakket.vast_bedrag, "eenmalig bedrag": pakket.eenmalig, "minimum": pakket.minimum}
    gevonden += [f"het {naam} {van} is nul" for naam, bedrag in bedragen.items() if bedrag is not None and not bedrag]
    if pakket.vorm == VAST and (pakket.vast_bedrag is None or pakket.minimum is not None):
        gevonden.append(f"de vorm vast {van} heeft een vast bedrag en geen minimum")
    return gevonden + _bandfouten(pakket, van)


def _bandfouten(pakket: Pakket, van: str) -> list[str]:
    if pakket.vorm not in STAFFELS:
        return [f"de banden {van} passen niet bij de vorm {pakket.vorm}"] if pakket.banden else []
    gevonden = [] if len(pakket.banden) > 1 else [f"klassen en schijven {van} zijn er twee of meer"]
    grenzen = [band.tot_en_met for band in pakket.banden]
    lopend = [grens for grens in grenzen[:-1] if grens is not None]
    if grenzen and (grenzen[-1] is not None or len(lopend) < len(grenzen) - 1):
        gevonden.append(f"de banden {van} hebben allemaal een grens, behalve de laatste")
    if any(na <= voor for voor, na in pairwise(lopend)):
        gevonden.append(f"de grenzen van de banden {van} lopen op")
    if pakket.banden and not any(band.tarief or band.bedrag for band in pakket.banden):
        gevonden.append(f"de banden {van} kosten niets")
    return gevonden


def _dubbel(codes: Sequence[str]) -> list[str]:
    return sorted({code for code in codes if codes.count(code) > 1})


def tekst(waarde: Fraction | Decimal) -> str:
    """A number written out, without zeros at the end; what is not finite, to `GETOOND` decimals."""
    kaal = f"{_decimaal(Fraction(waarde)):f}"
    return kaal.rstrip("0").rstrip(".") if "." in kaal else kaal


def _decimaal(waarde: Fraction) -> Decimal:
    """With at least four decimals, as many as it needs, and at most `GETOOND`."""
    for decimalen in range(4, GETOOND + 1):
        keer = waarde * 10**decimalen
        if keer.denominator == 1:
            break
    heel = _half_omhoog(keer)
    return Decimal((heel < 0, tuple(map(int, str(abs(heel)))), -decimalen))


def _half_omhoog(waarde: Fraction) -> int:
    """To a whole number, half away from zero."""
    heel = (2 * abs(waarde.numerator) + waarde.denominator) // (2 * waarde.denominator)
    return heel if waarde >= 0 else -heel
