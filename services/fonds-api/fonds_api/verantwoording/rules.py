"""How a report is put together from what the ledger, the begroting and the verplichtingen say. Pure; all amounts are cents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

Soort = Literal["post", "btw", "overig", "prioriteit", "groep", "totaal"]
Herkomst = Literal["rekening", "totaal"]
Plek = tuple[str | None, str | None]
"""Prioriteit and budgetsoort of a begrotingspost."""
SOMSOORTEN = ("prioriteit", "groep", "totaal")
BTW, BIJDRAGEN, DERDE = "4900", "8000", "8100"
"""Accounts of the chart (migration 0007) that a row of a begroting without prioriteit is about: btw, bijdrage, derde."""
TOEVOEGING, ONTTREKKING = "4990", "8200"
"""Accounts by which budget goes through a reserve to the next year (see overheveling)."""
VAN_BTW: Plek = (None, "btw")
"""Where the BTW of commitments stands."""
_BUDGETSOORTEN = ("structureel", "beheer", "meerjarig", "innovatie", "kortcyclisch", "incidenteel")


@dataclass(frozen=True, slots=True)
class Kwartaal:
    """A quarter of a year, up to and not including `tot`: its end, or sooner when the report does not go that far."""

    nummer: int
    vanaf: date
    tot: date

    @property
    def maanden(self) -> range:
        return range(3 * self.nummer - 2, 3 * self.nummer + 1)


@dataclass(frozen=True, slots=True)
class Rekening:
    """An account with its movement per month, as its own side counts it: lasten by debet, baten by credit."""

    nummer: str
    naam: str
    plek: Plek
    per_maand: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Begroot:
    """A row of the adopted begroting: `rij` is regel, btw, bijdrage or derde."""

    rij: str
    prioriteit: str | None
    budgetsoort: str | None
    omschrijving: str
    cent: int


@dataclass(frozen=True, slots=True)
class Regel:
    """A row of a report. `rekeningen` are those whose movement it adds up; `kwartalen` has an amount per quarter begun."""

    soort: Soort
    prioriteit: str | None
    budgetsoort: str | None
    omschrijving: str
    rekeningen: tuple[str, ...]
    begroot: int
    overgeheveld: int
    verplicht: int
    kwartalen: tuple[int, ...]

    @property
    def besteed(self) -> int:
        return sum(self.kwartalen)

    @property
    def vrij(self) -> int:
        """What there is, less what is committed and not yet spent, less what is spent (domain.md, section 2)."""
        return self.beschikbaar - self.verplicht - self.besteed

    @property
    def beschikbaar(self) -> int:
        """Begroot, and what other years left to it."""
        return self.begroot + self.overgeheveld


@dataclass(frozen=True, slots=True)
class Bron:
    """A row of where the money comes from."""

    soort: Herkomst
    omschrijving: str
    rekeningen: tuple[str, ...]
    begroot: int
    kwartalen: tuple[int, ...]

    @property
    def ontvangen(self) -> int:
        return sum(self.kwartalen)


@dataclass
class _Post:
    omschrijving: str = ""
    rekeningen: list[Rekening] = field(default_factory=list)
    begroot: int = 0
    overgeheveld: int = 0
    verplicht: int = 0


def kwartalen(jaar: int, tot: date) -> list[Kwartaal]:
    """The quarters of a year that have begun before a day; the last one ends there at the latest."""
    alle = [(nummer, date(jaar, 3 * nummer - 2, 1)) for nummer in (1, 2, 3, 4)]
    einden = [*(vanaf for _, vanaf in alle[1:]), date(jaar + 1, 1, 1)]
    return [Kwartaal(nummer, vanaf, min(eind, tot)) for (nummer, vanaf), eind in zip(alle, einden, strict=True) if vanaf < tot]


def einde(jaar: int, peildatum: date) -> date:
    """The day up to which a report of a year goes, excluded: the day after the peildatum, and no further than the year."""
    return max(date(jaar, 1, 1), min(date(jaar + 1, 1, 1), peildatum + timedelta(days=1)))


def realisatie(
    lasten: Sequence[Rekening],
    begroot: Sequence[Begroot],
    verplicht: Mapping[Plek, int],
    overgeheveld: Mapping[Plek, int],
    delen: Sequence[Kwartaal],
    bewaard: int = 0,
) -> list[Regel]:
    """The rows of a report: posts by prioriteit, each prioriteit and group summed, then btw, other lasten, and the total.

    Args:
        bewaard: what went to the next year and so was added to the reserves, in cents: the posts have that less, and the addition
            is not an overspending.

    Every lasten account is in exactly one row that is no sum, and so is every amount of the begroting and of the verplichtingen:
    what has no account or no budget still has its row. So the total is the movement of all lasten accounts.
    """
    posten: dict[Plek, _Post] = {}
    overig: list[Regel] = []
    btw = _Post("Btw")
    for rekening in lasten:
        if rekening.plek != (None, None):
            posten.setdefault(rekening.plek, _Post()).rekeningen.append(rekening)
        elif rekening.nummer == BTW:
            btw.rekeningen.append(rekening)
        else:
            ruimte = bewaard if rekening.nummer == TOEVOEGING else 0
            if rekening.per_maand or ruimte:
                overig.append(_regel("overig", (None, None), _Post(rekening.naam, [rekening], overgeheveld=ruimte), delen))
    for een in begroot:
        if een.rij == "regel":
            post = posten.setdefault((een.prioriteit, een.budgetsoort), _Post())
            post.begroot += een.cent
        elif een.rij == "btw":
            btw.begroot += een.cent
    for naam, bedragen in (("verplicht", verplicht), ("overgeheveld", overgeheveld)):
        for plek, cent in bedragen.items():
            if cent:
                post = btw if plek == VAN_BTW else posten.setdefault(plek, _Post())
                setattr(post, naam, getattr(post, naam) + cent)
    namen = _namen(lasten, begroot)
    gevonden = _met_sommen([(plek, posten[plek]) for plek in sorted(posten, key=_volgorde)], namen, delen)
    if btw.rekeningen or btw.begroot or btw.verplicht or btw.overgeheveld:
        gevonden.append(_regel("btw", (None, None), btw, delen))
    gevonden += overig
    return [*gevonden, _som("totaal", None, "Totaal", gevonden, delen)] if gevonden else []


def herkomst(baten: Sequence[Rekening], begroot: Sequence[Begroot], delen: Sequence[Kwartaal], bewaard: int = 0) -> list[Bron]:
    """Where the money comes from: an account per row, with the cover that the begroting gives it, and the total.

    Args:
        bewaard: what the year before left in the reserves for this one, in cents.
    """
    dekking = {BIJDRAGEN: 0, DERDE: 0, ONTTREKKING: bewaard}
    for een in begroot:
        if een.rij in ("bijdrage", "derde"):
            dekking[BIJDRAGEN if een.rij == "bijdrage" else DERDE] += een.cent
    rijen = [
        Bron("rekening", een.naam, (een.nummer,), dekking.pop(een.nummer, 0), _per_kwartaal([een], delen))
        for een in baten
        if een.per_maand or dekking.get(een.nummer)
    ]
    namen = {BIJDRAGEN: "Bijdragen gemeenten", DERDE: "Derde geldstromen", ONTTREKKING: "Onttrekking aan reserves"}
    rijen += [Bron("rekening", namen[nummer], (), cent, (0,) * len(delen)) for nummer, cent in dekking.items() if cent]
    samen = Bron(
        "totaal",
        "Totaal",
        tuple(nummer for rij in rijen for nummer in rij.rekeningen),
        sum(rij.begroot for rij in rijen),
        _opgeteld((rij.kwartalen for rij in rijen), delen),
    )
    return [*rijen, samen] if rijen else []


def _met_sommen(posten: Iterable[tuple[Plek, _Post]], namen: Mapping[str, str], delen: Sequence[Kwartaal]) -> list[Regel]:
    """The posts, with after each prioriteit, and after each group of them, what it comes to."""
    per: dict[str, dict[str, list[Regel]]] = {}
    zonder: list[Regel] = []
    for plek, post in posten:
        prioriteit, budgetsoort = plek
        if prioriteit is None:
            zonder.append(_regel("post", plek, _met_naam(post, (budgetsoort or "onbekend").capitalize()), delen))
        else:
            rij = _regel("post", plek, _met_naam(post, namen.get(prioriteit, f"Prioriteit {prioriteit}")), delen)
            per.setdefault(prioriteit[0], {}).setdefault(prioriteit, []).append(rij)
    gevonden: list[Regel] = []
    for groep, prioriteiten in per.items():
        van_groep: list[Regel] = []
        for prioriteit, rijen in prioriteiten.items():
            som = _som("prioriteit", prioriteit, rijen[0].omschrijving, rijen, delen)
            gevonden += [*rijen, som]
            van_groep.append(som)
        gevonden.append(_som("groep", groep, f"Prioriteiten {groep}", van_groep, delen, alles=True))
    return [*gevonden, *zonder]


def _met_naam(post: _Post, naam: str) -> _Post:
    return replace(post, omschrijving=post.omschrijving or naam)


def _namen(lasten: Iterable[Rekening], begroot: Iterable[Begroot]) -> dict[str, str]:
    """What a prioriteit is called: as the begroting has it, when its rows agree."""
    gezegd: dict[str, set[str]] = {}
    for een in begroot:
        if een.rij == "regel" and een.prioriteit:
            gezegd.setdefault(een.prioriteit, set()).add(een.omschrijving)
    return {prioriteit: namen.pop() for prioriteit, namen in gezegd.items() if len(namen) == 1}


def _volgorde(plek: Plek) -> tuple[bool, str, int, str]:
    prioriteit, budgetsoort = plek
    nummer = _BUDGETSOORTEN.index(budgetsoort) if budgetsoort in _BUDGETSOORTEN else len(_BUDGETSOORTEN)
    return prioriteit is None, prioriteit or "", nummer, budgetsoort or ""


def _regel(soort: Soort, plek: Plek, post: _Post, delen: Sequence[Kwartaal]) -> Regel:
    nummers = tuple(een.nummer for een in post.rekeningen)
    bedragen = (post.begroot, post.overgeheveld, post.verplicht)
    return Regel(soort, *plek, post.omschrijving, nummers, *bedragen, _per_kwartaal(post.rekeningen, delen))


def _som(
    soort: Soort, wat: str | None, naam: str, rijen: Sequence[Regel], delen: Sequence[Kwartaal], *, alles: bool = False
) -> Regel:
    """The sum of rows; of those that are sums themselves only when all of them are (`alles`)."""
    los = [rij for rij in rijen if alles or rij.soort not in SOMSOORTEN]
    return Regel(
        soort,
        wat,
        None,
        naam,
        tuple(nummer for rij in los for nummer in rij.rekeningen),
        sum(rij.begroot for rij in los),
        sum(rij.overgeheveld for rij in los),
        sum(rij.verplicht for rij in los),
        _opgeteld((rij.kwartalen for rij in los), delen),
    )


def _per_kwartaal(rekeningen: Iterable[Rekening], delen: Sequence[Kwartaal]) -> tuple[int, ...]:
    alle = list(rekeningen)
    return tuple(sum(een.per_maand.get(maand, 0) for een in alle for maand in deel.maanden) for deel in delen)


def _opgeteld(rijen: Iterable[tuple[int, ...]], delen: Sequence[Kwartaal]) -> tuple[int, ...]:
    alle = list(rijen)
    return tuple(sum(rij[nummer] for rij in alle) for nummer in range(len(delen)))
