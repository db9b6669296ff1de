"""Where everything stands in the picture of a routekaart: lanes under each other, time from left to right.

Every label has a place of its own, whatever font it is shown in; nothing stands outside the picture. All sizes are in px.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from gemeengoed_kit.typesetting import BOLD, lines, width

from catalogus_api.routekaart import rules
from catalogus_api.routekaart.schemas import Baan, Mijlpaal, Routekaart

BREED = 1280.0
RAND = 28.0
NAAMKOLOM = 190.0
LINKS, RECHTS = RAND + NAAMKOLOM, BREED - RAND
"""Where the time begins and ends."""
LUCHT = 16.0
"""Between the edge of the time and what stands first or last in it, and between two labels beside each other."""
LETTER, KLEIN, REGEL = 12.0, 10.5, 14.0
"""Size of a label and of small text, and how far its lines are apart."""
LABEL = 236.0
"""Most width of a label."""
MERK = 14.0
"""Width and height of a mark."""
KOP, JAREN, KWARTALEN = 92.0, 24.0, 18.0
"""Height of the title with what today is, and of both rows of the time."""
TUSSEN, RUIM = 12.0, 14.0
"""Between two rows of a lane, and above and below them."""
VOET = 56.0
NAAMREGEL = 17.0


@dataclass(frozen=True)
class Vak:
    """A rectangle, from its upper left corner."""

    x: float
    y: float
    breed: float
    hoog: float

    @property
    def rechts(self) -> float:
        return self.x + self.breed

    @property
    def onder(self) -> float:
        return self.y + self.hoog

    def overlapt(self, ander: Vak) -> bool:
        return self.x < ander.rechts and ander.x < self.rechts and self.y < ander.onder and ander.y < self.onder


@dataclass(frozen=True)
class Regel:
    """One line of text, from its left on its baseline."""

    tekst: str
    x: float
    y: float
    klein: bool = False


@dataclass(frozen=True)
class Teken:
    """A mijlpaal in the picture.

    Attributes:
        duur: from its first day to its last.
        merk: around its mark; of a fase as `duur`.
        label: around its lines.
    """

    mijlpaal: Mijlpaal
    duur: Vak
    merk: Vak
    label: Vak
    regels: list[Regel]

    def lager(self, y: float) -> Teken:
        """The same, this far lower."""
        duur, merk, label = (replace(vak, y=vak.y + y) for vak in (self.duur, self.merk, self.label))
        return Teken(self.mijlpaal, duur, merk, label, [replace(regel, y=regel.y + y) for regel in self.regels])

    @property
    def links(self) -> float:
        return min(self.duur.x, self.merk.x, self.label.x)

    @property
    def rechts(self) -> float:
        return max(self.duur.rechts, self.merk.rechts, self.label.rechts)

    @property
    def onder(self) -> float:
        return max(self.merk.onder, self.label.onder)


@dataclass(frozen=True)
class Strook:
    """A lane: its place, its name and what is in it."""

    vak: Vak
    naam: list[Regel]
    tekens: list[Teken]


@dataclass(frozen=True)
class Streep:
    """A beginning of a year or quarter; with a label where there is room for one."""

    x: float
    jaar: bool
    label: str
    midden: float


@dataclass(frozen=True)
class Tekening:
    """The whole picture.

    Attributes:
        lijnen: what depends on what, (first, then).
        vandaag: where today is, when it is in the picture.
    """

    hoog: float
    strepen: list[Streep]
    stroken: list[Strook]
    lijnen: list[tuple[Teken, Teken]]
    vandaag: float | None

    @property
    def boven(self) -> float:
        return KOP + JAREN + KWARTALEN

    @property
    def onder(self) -> float:
        return self.stroken[-1].vak.onder if self.stroken else self.boven


class Tijdas:
    """The time of the picture: whole quarters, from one day to another, that one included; of the first and the last year at
    least half, so that they can be named."""

    def __init__(self, begin: date, eind: date) -> None:
        self.begin = rules.eerste_dag(min(begin, date(begin.year, 7, 1)), "kwartaal")
        self.eind = rules.laatste_dag(max(eind, date(eind.year, 6, 30)), "kwartaal")
        self.per_dag = (RECHTS - LINKS - 2 * LUCHT) / ((self.eind - self.begin).days + 1)

    def x(self, dag: date) -> float:
        """Where a day begins; outside the picture is at its edge."""
        dagen = min(max((dag - self.begin).days, 0), (self.eind - self.begin).days + 1)
        return LINKS + LUCHT + dagen * self.per_dag

    def duur(self, mijlpaal: Mijlpaal) -> tuple[float, float]:
        """Where a mijlpaal begins and ends: the end of its last day."""
        return self.x(mijlpaal.begin), self.x(mijlpaal.eind + timedelta(days=1))

    def strepen(self) -> list[Streep]:
        """The years, and the quarters where they are wide enough to tell apart."""
        jaar_breed, gevonden = 365 * self.per_dag, []
        om_de = next(n for n in (1, 2, 5, 10, 20, 50) if n * jaar_breed >= width("2017", LETTER) * BOLD + LUCHT)
        for jaar in range(self.begin.year, self.eind.year + 1):
            van, tot = self.x(date(jaar, 1, 1)), self.x(date(jaar + 1, 1, 1))
            past = tot - van >= width("2017", LETTER) * BOLD or (om_de > 1 and tot < RECHTS - LUCHT * 2)
            gevonden.append(Streep(van, True, f"{jaar}" if past and jaar % om_de == 0 else "", (van + tot) / 2))
            for kwartaal in range(4) if jaar_breed / 4 >= LUCHT else ():
                eerste = date(jaar, 3 * kwartaal + 1, 1)
                if self.begin <= eerste <= self.eind:
                    van, tot = self.x(eerste), self.x(rules.laatste_dag(eerste, "kwartaal") + timedelta(days=1))
                    past = tot - van >= width("K1", KLEIN) + 4
                    gevonden.append(Streep(van, False, f"K{kwartaal + 1}" if past else "", (van + tot) / 2))
        return gevonden


def indelen(kaart: Routekaart, vanaf: date | None = None, tot: date | None = None) -> Tekening:
    """Give everything on a routekaart its place.

    Args:
        vanaf, tot: what lasts longer is cut off at these days, where they were asked for.
    """
    begin, eind = kaart.begin or kaart.peildatum, kaart.eind or kaart.peildatum
    if vanaf:
        begin = max(begin, vanaf)
    if tot:
        eind = min(eind, tot - timedelta(days=1))
    as_, onder = Tijdas(begin, max(begin, eind)), KOP + JAREN + KWARTALEN
    stroken = []
    for baan in kaart.banen:
        stroken.append(_strook(baan, as_, onder))
        onder = stroken[-1].vak.onder
    if not stroken:
        onder += 2 * NAAMREGEL + 2 * RUIM
    tekens = {teken.mijlpaal.id: teken for strook in stroken for teken in strook.tekens}
    return Tekening(
        hoog=onder + JAREN + VOET,
        strepen=as_.strepen(),
        stroken=stroken,
        lijnen=[(tekens[een.van], tekens[een.naar]) for een in kaart.afhankelijkheden],
        vandaag=as_.x(kaart.peildatum) if as_.begin <= kaart.peildatum <= as_.eind else None,
    )


def _strook(baan: Baan, as_: Tijdas, boven: float) -> Strook:
    naam = lines(baan.naam, LETTER * BOLD, NAAMKOLOM - LUCHT, 4)
    rijen: list[list[Teken]] = []
    for mijlpaal in baan.mijlpalen:
        teken = _teken(mijlpaal, as_)
        rij = next((rij for rij in rijen if all(_naast(teken, ander) for ander in rij)), None)
        if rij is None:
            rijen.append(rij := [])
        rij.append(teken)
    tekens, onder = [], boven + RUIM
    for rij in rijen:
        tekens += [teken.lager(onder) for teken in rij]
        onder = max(teken.onder for teken in tekens[-len(rij) :]) + TUSSEN
    hoog = max(onder - TUSSEN - boven, RUIM + len(naam) * NAAMREGEL) + RUIM
    regels_ = [Regel(tekst, RAND, boven + RUIM + 12 + n * NAAMREGEL) for n, tekst in enumerate(naam)]
    return Strook(Vak(0, boven, BREED, hoog), regels_, tekens)


def _naast(een: Teken, ander: Teken) -> bool:
    return een.rechts + LUCHT <= ander.links or ander.rechts + LUCHT <= een.links


def _teken(mijlpaal: Mijlpaal, as_: Tijdas) -> Teken:
    """A mijlpaal in a row at height 0: its label below it where it takes time, and beside it where it is a moment."""
    van, tot = as_.duur(mijlpaal)
    if mijlpaal.soort == rules.FASE:
        van = min(van, RECHTS - LUCHT - MERK / 2)
        duur = merk = Vak(van, 1, max(tot - van, MERK / 2), MERK - 2)
    else:
        midden = as_.x(rules.midden(mijlpaal.begin, mijlpaal.eind))
        duur, merk = Vak(van, MERK / 2, tot - van, 0), Vak(midden - MERK / 2, 0, MERK, MERK)
    teksten = _label(mijlpaal)
    breed = max(width(tekst, KLEIN if klein else LETTER) for tekst, klein in teksten)
    links, rechts = min(duur.x, merk.x), max(duur.rechts, merk.rechts)
    x, y = rechts + 5, 0.0
    if rechts - links > 2 * MERK or (x + breed > RECHTS and links - 5 - breed < LINKS):
        x, y = max(LINKS, min(links, RECHTS - breed)), MERK + 1
    elif x + breed > RECHTS:
        x = links - 5 - breed
    label = Vak(x, y, breed, len(teksten) * REGEL)
    return Teken(mijlpaal, duur, merk, label, _gezet(teksten, label))


def _label(mijlpaal: Mijlpaal) -> list[tuple[str, bool]]:
    """The lines of a label, and whether they are small."""
    naam = [(tekst, False) for tekst in lines(mijlpaal.naam, LETTER, LABEL, 3)]
    return [*naam, (rules.wanneer(mijlpaal.begin, mijlpaal.eind, mijlpaal.nauwkeurigheid), True)]


def _gezet(teksten: Sequence[tuple[str, bool]], label: Vak) -> list[Regel]:
    return [Regel(tekst, label.x, label.y + 11.5 + n * REGEL, klein) for n, (tekst, klein) in enumerate(teksten)]
