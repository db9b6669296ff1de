"""Rules of a begroting: pure functions, no database, no clock. Amounts are whole numbers of the source's own unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

Rij = Literal["regel", "som", "btw", "inclusief", "bijdrage", "derde"]
Budgetsoort = Literal["structureel", "meerjarig", "kortcyclisch", "beheer", "innovatie", "incidenteel"]
Soort = Literal["kaderbegroting", "jaarplan", "wijziging"]
Status = Literal["concept", "aangevraagd", "vastgesteld"]
Stand = Literal["aangevraagd", "vastgesteld", "geweigerd"]
Wijze = Literal["naast elkaar", "onder elkaar", "uit de regels"]
BUDGETSOORTEN: tuple[Budgetsoort, ...] = get_args(Budgetsoort)
JAREN = 4
"""Years of a meerjarenbegroting (BALV 30-11-2016, voorstel B, p. 20)."""
INCLUSIEF = "inclusief-btw"
AANGEVRAAGD, VASTGESTELD, GEWEIGERD = get_args(Stand)
REGEL = (
    "Een opgegeven som klopt als zij gelijk is aan een optelling in de tabel: van de gedrukte bedragen naast elkaar, van "
    "de gedrukte bedragen onder elkaar, of van de regels. Klopt zij met geen daarvan, dan verklaart afronding een verschil van "
    "hoogstens een halve eenheid per opgeteld bedrag. De regels tellen daarvoor alleen als er geen som tussen is gedrukt."
)


@dataclass(frozen=True, slots=True)
class Regel:
    """A row of the source's table.

    Attributes:
        rij: a line, a sum that the source states, BTW, the stated total with BTW, or cover: by gemeenten or from elsewhere.
        prioriteit: A1 of a line; of a sum also a group of them (A), or None for all.
        bedrag: whole units, as printed.
        pagina: where it is printed.
    """

    rij: Rij
    prioriteit: str | None
    budgetsoort: Budgetsoort | None
    omschrijving: str
    bedrag: int
    pagina: int | None = None


@dataclass(frozen=True)
class Optelling:
    """One way in which the table adds up to a place: what comes out, and of how many amounts."""

    wijze: Wijze
    berekend: int
    termen: int


@dataclass(frozen=True)
class Verschil:
    """A stated sum that no way of adding gives.

    Attributes:
        verschil: its name: the place, as C2, C2-meerjarig, meerjarig, totaal or inclusief-btw.
        opgegeven: as the source states it.
        dichtst: the way of adding that comes nearest, and first those that rounding explains. Lines under printed sums do not
            count here: with so many amounts, rounding would explain too much.
        optellingen: all ways.
    """

    verschil: str
    omschrijving: str
    pagina: int | None
    opgegeven: int
    dichtst: Optelling
    optellingen: tuple[Optelling, ...]

    @property
    def bedrag(self) -> int:
        """Stated less computed."""
        return self.opgegeven - self.dichtst.berekend

    @property
    def afronding(self) -> bool:
        """Whether rounding explains it."""
        return verklaard(self.bedrag, self.dichtst.termen)


@dataclass(frozen=True)
class Totalen:
    """What the lines of a begroting come to, whatever its source states.

    Attributes:
        exclusief: sum of the lines.
        derde: cover by third money flows: contributions of the Rijk, reserves of earlier years (GGU, Financiële basis).
    """

    exclusief: int
    btw: int
    bijdrage: int
    derde: int

    @property
    def inclusief(self) -> int:
        return self.exclusief + self.btw

    @property
    def dekking(self) -> int:
        return self.bijdrage + self.derde

    @property
    def tekort(self) -> int:
        """What is not covered; zero or more."""
        return max(0, self.inclusief - self.dekking)


@dataclass(frozen=True)
class Som:
    """What the lines of a place come to: of a prioriteit, a group of them or all (None), and a budgetsoort or all (None)."""

    prioriteit: str | None
    budgetsoort: Budgetsoort | None
    bedrag: int


def verklaard(verschil: int, termen: int) -> bool:
    """Whether rounding explains a difference: each amount that was added is at most half a unit off."""
    return 2 * abs(verschil) <= termen


def naam(prioriteit: str | None, budgetsoort: str | None) -> str:
    """The name of a place in the table."""
    return "-".join(filter(None, (prioriteit, budgetsoort))) or "totaal"


def plaats(regel: Regel) -> str:
    """The name of the place that a stated sum is about."""
    return INCLUSIEF if regel.rij == "inclusief" else naam(regel.prioriteit, regel.budgetsoort)


def totalen(regels: Iterable[Regel]) -> Totalen:
    per: dict[str, int] = {}
    for regel in regels:
        per[regel.rij] = per.get(regel.rij, 0) + regel.bedrag
    return Totalen(per.get("regel", 0), per.get("btw", 0), per.get("bijdrage", 0), per.get("derde", 0))


def sommen(regels: Iterable[Regel]) -> list[Som]:
    """Every sum of the lines: per prioriteit, per group and in all, by budgetsoort and together."""
    per: dict[tuple[str, str], int] = {}
    for regel in regels:
        if regel.rij == "regel":
            hoger = {regel.prioriteit or "", (regel.prioriteit or "")[:1], ""}
            for sleutel in ((p, b) for p in hoger for b in (regel.budgetsoort or "", "")):
                per[sleutel] = per.get(sleutel, 0) + regel.bedrag
    volgorde: dict[str, int] = {soort: nummer for nummer, soort in enumerate(BUDGETSOORTEN, 1)}
    gesorteerd = sorted(per.items(), key=lambda een: (een[0][0] == "", een[0][0], volgorde.get(een[0][1], 0)))
    return [Som(p or None, b or None, bedrag) for (p, b), bedrag in gesorteerd]  # type: ignore[arg-type]


class _Tabel:
    """A table with what is printed at each place."""

    def __init__(self, regels: Sequence[Regel]) -> None:
        self.regels = [regel for regel in regels if regel.rij == "regel"]
        self.gedrukt = {(een.prioriteit, een.budgetsoort): een.bedrag for een in regels if een.rij == "som"}
        self.btw = sum(een.bedrag for een in regels if een.rij == "btw")

    def onder(self, prioriteit: str | None, budgetsoort: str | None) -> list[Regel]:
        """The lines under a place."""
        return [
            een
            for een in self.regels
            if (prioriteit is None or (een.prioriteit or "").startswith(prioriteit)) and budgetsoort in (None, een.budgetsoort)
        ]

    def figuur(self, prioriteit: str | None, budgetsoort: str | None) -> list[int]:
        """What is printed at a place, or else the printed amounts beneath it."""
        stated = self.gedrukt.get((prioriteit, budgetsoort))  # type: ignore[arg-type]
        return [stated] if stated is not None else self.omlaag(prioriteit, budgetsoort)

    def omlaag(self, prioriteit: str | None, budgetsoort: str | None) -> list[int]:
        regels = self.onder(prioriteit, budgetsoort)
        los = [een.bedrag for een in regels if een.prioriteit == prioriteit]
        lengte = 1 if prioriteit is None else 2
        delen = sorted({een.prioriteit[:lengte] for een in regels if een.prioriteit and een.prioriteit != prioriteit})
        return [*los, *(bedrag for deel in delen for bedrag in self.figuur(deel, budgetsoort))]

    def opzij(self, prioriteit: str | None) -> list[int]:
        soorten = sorted({een.budgetsoort for een in self.onder(prioriteit, None) if een.budgetsoort}, key=BUDGETSOORTEN.index)
        return [bedrag for soort in soorten for bedrag in self.figuur(prioriteit, soort)]

    def optellingen(self, som: Regel) -> tuple[Optelling, ...]:
        """The ways to add up to a stated sum, those of printed sums first and the lines last; no two add the same amounts."""
        p, b = som.prioriteit, som.budgetsoort
        erbij = [self.btw] if som.rij == "inclusief" else []
        regels = [een.bedrag for een in self.onder(p, b)]
        gevonden: list[tuple[Wijze, list[int]]] = [("uit de regels", regels)]
        if som.rij == "inclusief":
            gevonden.append(("onder elkaar", self.figuur(None, None)))
        else:
            gevonden += [("naast elkaar", self.opzij(p))] if b is None else []
            gevonden.append(("onder elkaar", self.omlaag(p, b)))
        uniek: dict[tuple[int, ...], Optelling] = {}
        for wijze, delen in gevonden:
            alle = [*delen, *erbij]
            uniek.setdefault(tuple(sorted(alle)), Optelling(wijze, sum(alle), len(alle)))
        van_regels, *gedrukt = uniek.values()
        return (*gedrukt, van_regels)


def verschillen(regels: Sequence[Regel]) -> list[Verschil]:
    """The stated sums that do not add up, in the order of the table.

    A sum is right when one way of adding gives it. So whatever is not reported either fits the lines, or is made of printed
    amounts of which the wrong one is itself reported: no fault is named twice, and none is left out. Source of the cases:
    BALV 30-11-2016, voorstel B, p. 19 (2017); Meerjarenprogramma GGU 2020-2024, p. 32 (2020).
    """
    tabel, gevonden = _Tabel(regels), []
    for som in regels:
        if som.rij not in ("som", "inclusief"):
            continue
        wijzen = tabel.optellingen(som)
        if any(een.berekend == som.bedrag for een in wijzen):
            continue

        def afstand(een: Optelling, bedrag: int = som.bedrag) -> tuple[bool, int]:
            return not verklaard(bedrag - een.berekend, een.termen), abs(bedrag - een.berekend)

        dichtst = min(wijzen[:-1] or wijzen, key=afstand)
        gevonden.append(Verschil(plaats(som), som.omschrijving, som.pagina, som.bedrag, dichtst, wijzen))
    return gevonden


def onverklaard(regels: Sequence[Regel]) -> list[str]:
    """Names of the differences that rounding does not explain, in the order of the table."""
    return [een.verschil for een in verschillen(regels) if not een.afronding]


def aan_de_beurt(laatste: str | None) -> Soort:
    """The kind that is adopted next, after the last one that was adopted for a fonds and year.

    Source: Meerjarenprogramma GGU 2020-2024, p. 32: the ALV sets the frame, within which the bestuur adopts the jaarplan.
    """
    return "kaderbegroting" if laatste is None else "jaarplan" if laatste == "kaderbegroting" else "wijziging"


def eist_dekking(soort: str) -> bool:
    """Whether a begroting of this kind must be covered to be adopted.

    A kaderbegroting need not: when it is made it is not clear yet which third money flows there are (GGU, p. 32).
    """
    return soort != "kaderbegroting"


def veranderingen(
    oud: Mapping[tuple[str, str, str, str], int], nieuw: Mapping[tuple[str, str, str, str], int]
) -> list[tuple[tuple[str, str, str, str], int | None, int | None]]:
    """(place, amount before, amount now) of whatever is not the same, by place; None where it does not stand."""
    plekken = sorted(oud.keys() | nieuw.keys())
    return [(plek, oud.get(plek), nieuw.get(plek)) for plek in plekken if oud.get(plek) != nieuw.get(plek)]


def van_de_leden(soort: str) -> bool:
    """Whether a begroting of this kind is for the members to adopt: the kaderbegroting. A jaarplan and a wijziging are for the
    bestuur, within it (GGU, p. 32)."""
    return soort == "kaderbegroting"


def posten(regels: Iterable[Regel]) -> dict[tuple[str, str], int]:
    """What a begroting has for each post, in its own unit. A post is a prioriteit (or "") and a budgetsoort; BTW is one of its
    own, ("", "btw")."""
    per: dict[tuple[str, str], int] = {}
    for regel in regels:
        if regel.rij in ("regel", "btw"):
            post = (regel.prioriteit or "", regel.budgetsoort or "btw")
            per[post] = per.get(post, 0) + regel.bedrag
    return per
