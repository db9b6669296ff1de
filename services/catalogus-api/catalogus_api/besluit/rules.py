"""Who decides what, which decision is in force on a day, and what it permits (BALV 30-11-2016 voorstel A, p. 8-10; GGU
2020-2024, p. 20-22; ALV 18-6-2025). Pure."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, get_args
from uuid import UUID

Gremium = Literal["Task Force", "College", "commissie", "bestuur", "ALV", "BALV"]
Soort = Literal[
    "advies",
    "start initiatief",
    "opschaling",
    "standaardverklaring",
    "in beheer nemen",
    "collectiviseringsvoorstel",
    "beeindiging",
    "kaderbesluit",
]
AdviesOver = Literal[
    "start initiatief", "opschaling", "standaardverklaring", "in beheer nemen", "collectiviseringsvoorstel", "beeindiging"
]
Uitkomst = Literal["positief", "negatief", "aangehouden", "niet bekend"]
Nauwkeurigheid = Literal["dag", "maand", "jaar"]
MateVanBinding = Literal["vrij", "vrijwillig maar niet vrijblijvend", "algemeen bindend"]
Samenwerkingsvorm = Literal["samen denken", "samen bouwen", "samen exploiteren"]
Uitvoeringsstructuur = Literal["lokaal", "functioneel", "regionaal", "landelijk"]
Doel = Literal["verplichting", "opschaling", "beheer", "standaard", "deelname", "beeindiging"]
Bindt = Literal["niemand", "deelnemers", "alle gemeenten"]

TASKFORCE, COLLEGE, COMMISSIE, BESTUUR, ALV, BALV = get_args(Gremium)
ADVIES, START, OPSCHALING, STANDAARD, BEHEER, COLLECTIVISERING, BEEINDIGING, KADER = get_args(Soort)
POSITIEF, NEGATIEF, AANGEHOUDEN, NIET_BEKEND = get_args(Uitkomst)
ALGEMEEN_BINDEND = "algemeen bindend"
BESTUUR_EN_LEDEN: frozenset[str] = frozenset({BESTUUR, ALV, BALV})
LEDEN: frozenset[str] = frozenset({ALV, BALV})
ALLE: frozenset[str] = frozenset(get_args(Gremium))

RANG: Mapping[str, int] = {TASKFORCE: 1, COMMISSIE: 1, COLLEGE: 2, BESTUUR: 3, ALV: 4, BALV: 4}
"""Whose decision goes before whose: the members over the bestuur, which the College advises; the Task Force was its forerunner
(voorstel A, p. 8-9)."""

BEVOEGD: Mapping[str, frozenset[str]] = {
    ADVIES: frozenset({TASKFORCE, COLLEGE, COMMISSIE}),
    START: frozenset({TASKFORCE}) | BESTUUR_EN_LEDEN,
    OPSCHALING: BESTUUR_EN_LEDEN,
    STANDAARD: frozenset({COLLEGE}) | BESTUUR_EN_LEDEN,
    BEHEER: BESTUUR_EN_LEDEN,
    COLLECTIVISERING: LEDEN,
    BEEINDIGING: BESTUUR_EN_LEDEN,
    KADER: BESTUUR_EN_LEDEN,
}
"""Which gremium takes which kind of decision. Advice: voorstel A, p. 8-9 (College, commissie D&I, Task Force). Start: p. 8 (the
College puts it to the bestuur) and p. 9 (the Task Force "adresseert, prioriteert en regisseert initiatieven"). Opschaling:
p. 8-9. Standard: p. 8 ("de beslissing door het College tot standaard verklaren"). In beheer: GGU, p. 20-22 ("na positieve
besluitvorming"). Collectiviseringsvoorstel: ALV 18-6-2025, p. 3 ("voorlegt op de ALV")."""

GRONDEN: Mapping[str, Mapping[str, frozenset[str]]] = {
    "verplichting": {
        START: BESTUUR_EN_LEDEN,
        OPSCHALING: BESTUUR_EN_LEDEN,
        BEHEER: BESTUUR_EN_LEDEN,
        COLLECTIVISERING: LEDEN,
    },
    "opschaling": {OPSCHALING: BESTUUR_EN_LEDEN, COLLECTIVISERING: LEDEN},
    "beheer": {BEHEER: BESTUUR_EN_LEDEN},
    "standaard": {STANDAARD: BEVOEGD[STANDAARD]},
    "deelname": {
        OPSCHALING: BESTUUR_EN_LEDEN,
        STANDAARD: BESTUUR_EN_LEDEN,
        BEHEER: BESTUUR_EN_LEDEN,
        COLLECTIVISERING: LEDEN,
    },
    "beeindiging": {BEEINDIGING: BESTUUR_EN_LEDEN},
}
"""What each kind of decision permits, taken by whom. Money: voorstel A, p. 9 ("door het VNG-bestuur op voorstel van het College
geautoriseerd") and p. 9-10 (what it is spent on). Deelname: p. 8 ("deze bestuursbeslissingen binden de gemeenten die gebruik gaan
maken")."""

ADVIES_NODIG: frozenset[str] = frozenset({OPSCHALING, STANDAARD, BEHEER})
"""Kinds that the bestuur decides on after the College has advised (voorstel A, p. 2 and 8)."""
COLLEGE_SINDS = date(2017, 6, 15)
"""The ALV of this day instituted the College (GGU 2020-2024, p. 8); before it there was none to advise."""
PUNTEN = ("uitrol", "tijdpad", "mate_van_binding", "samenwerkingsvorm", "uitvoeringsstructuur", "financiering")
"""The six points: five that the advice goes into (voorstel A, p. 8), and whether and how collective means are needed, which is
settled per initiatief (p. 9-10)."""
PUNTEN_VAN_ADVIES = PUNTEN[:5]
MEESTE_REDENEN = 10
_TEKENS = {"dag": 10, "maand": 7, "jaar": 4}
"""Of a date, those that are known."""
BINDT: Mapping[str, Bindt] = {
    "vrij": "niemand",
    "vrijwillig maar niet vrijblijvend": "deelnemers",
    ALGEMEEN_BINDEND: "alle gemeenten",
}
"""Whom a decision binds, by its mate van binding (voorstel A, p. 8)."""


@dataclass(frozen=True)
class Feit:
    """What counts of a besluit, for one voorziening.

    Attributes:
        datum: the last day that it can have been taken, so that it counts on no day too early.
        volgt_op: whose place it takes, for this voorziening.
    """

    id: UUID
    gremium: str
    soort: str
    datum: date
    uitkomst: str
    vastgelegd_op: datetime
    volgt_op: UUID | None = None
    mate_van_binding: str | None = None
    nauwkeurigheid: str = "dag"


def laatste_dag(dag: date, nauwkeurigheid: str) -> date:
    """The last day of the month or year of a day; the day itself when it is known to the day."""
    if nauwkeurigheid == "dag":
        return dag
    maand = dag.month if nauwkeurigheid == "maand" else 12
    return date(dag.year, maand, calendar.monthrange(dag.year, maand)[1])


def geldend(feiten: Iterable[Feit], op: date) -> list[Feit]:
    """Of every chain the last besluit that was decided, yes or no, by the end of a day. One that is held over, or of which the
    outcome is not known, changes nothing."""
    bekend = [feit for feit in feiten if feit.datum <= op]
    opvolger = {feit.volgt_op: feit for feit in bekend if feit.volgt_op is not None}
    return [feit for feit in bekend if _beslist(feit) and not any(map(_beslist, _hierna(feit, opvolger)))]


def van_kracht(feiten: Iterable[Feit], op: date) -> list[Feit]:
    """The positive besluiten that hold at the end of a day, weightiest first (`gewicht`).

    A beeindiging ends all that weighs no more than it, and is itself undone by what weighs more: a later besluit of the same
    rank, or one of a higher gremium.
    """
    positief = [feit for feit in geldend(feiten, op) if feit.uitkomst == POSITIEF]
    einden = [feit for feit in positief if feit.soort == BEEINDIGING]
    eindig = [feit for feit in positief if feit.soort not in (BEEINDIGING, ADVIES, KADER)]
    zwaarste_einde = max(map(_kracht, einden), default=None)
    zwaarste_rest = max(map(_kracht, eindig), default=None)

    def houdt(feit: Feit) -> bool:
        tegen = zwaarste_rest if feit.soort == BEEINDIGING else zwaarste_einde if feit in eindig else None
        return tegen is None or _kracht(feit) > tegen

    return sorted(filter(houdt, positief), key=gewicht)


def gewicht(feit: Feit) -> tuple[Any, ...]:
    """Key to sort by: the highest gremium first, then the latest day, then what was recorded last."""
    return (-RANG[feit.gremium], -feit.datum.toordinal(), -feit.vastgelegd_op.timestamp(), feit.id)


def gronden(feiten: Iterable[Feit], voor: str, op: date) -> list[Feit]:
    """The besluiten that permit this, at the end of a day, weightiest first."""
    return [feit for feit in van_kracht(feiten, op) if feit.gremium in GRONDEN[voor].get(feit.soort, ())]


def binding(feiten: Iterable[Feit], op: date) -> str | None:
    """The mate van binding of the weightiest besluit by which gemeenten take part and that states one; None without."""
    return next((feit.mate_van_binding for feit in gronden(feiten, "deelname", op) if feit.mate_van_binding), None)


def tabel_bevoegd() -> str:
    """`BEVOEGD` as a Markdown table, in Dutch."""
    rijen = [f"| {soort} | {_van(gremia)} |" for soort, gremia in BEVOEGD.items()]
    return "\n".join(["| soort | van wie |", "|---|---|", *rijen])


def tabel_gronden() -> str:
    """`GRONDEN` as a Markdown table, in Dutch."""
    rijen = [
        f"| {voor} | {'; '.join(f'{soort} ({_van(gremia)})' for soort, gremia in soorten.items())} |"
        for voor, soorten in GRONDEN.items()
    ]
    return "\n".join(["| voor | rust op een positief besluit |", "|---|---|", *rijen])


def _van(gremia: Collection[str]) -> str:
    return ", ".join(gremium for gremium in get_args(Gremium) if gremium in gremia)


def waarom_niet(feiten: Sequence[Feit], voor: str, op: date) -> str:
    """Why nothing permits this, in Dutch: of every besluit that might have, what is wrong with it."""
    soorten = GRONDEN[voor]
    telt = sorted((feit for feit in feiten if feit.soort in soorten), key=gewicht)
    if not telt:
        kan = ", ".join(map(gespeld, soorten))
        return f"Over deze voorziening is geen besluit vastgelegd dat {gespeld(voor)} kan dragen ({kan})."
    geldig, houdt = geldend(feiten, op), van_kracht(feiten, op)
    redenen = [f"{noem(feit)}: {_mankeert(feit, soorten, geldig, houdt, op)}" for feit in telt[:MEESTE_REDENEN]]
    if rest := len(telt) - len(redenen):
        redenen.append(f"en nog {rest}")
    return f"Geen besluit draagt {gespeld(voor)} op {op}: {'; '.join(redenen)}."


def waarom(gevonden: Sequence[Feit], voor: str) -> str:
    """By what it is permitted, in Dutch."""
    return f"{gespeld(voor).capitalize()} rust op: {'; '.join(map(noem, gevonden))}."


def noem(feit: Feit) -> str:
    """A besluit in a few words."""
    return f"{gespeld(feit.soort)} van {feit.gremium}, {feit.datum.isoformat()[: _TEKENS[feit.nauwkeurigheid]]}"


def gespeld(woord: str) -> str:
    """A word of the API as Dutch spells it."""
    return "beëindiging" if woord == BEEINDIGING else woord


def _mankeert(feit: Feit, soorten: Mapping[str, frozenset[str]], geldig: list[Feit], houdt: list[Feit], op: date) -> str:
    if feit.datum > op:
        return "nog niet genomen"
    if feit.uitkomst != POSITIEF:
        return f"uitkomst {feit.uitkomst}"
    if feit not in geldig:
        return "opgevolgd door een later besluit"
    if feit not in houdt:
        return (
            "niet van kracht naast wat daarna of door een hoger gremium is besloten" if feit.soort == BEEINDIGING else "beëindigd"
        )
    return f"niet van {' of '.join(sorted(soorten[feit.soort]))}"


def _beslist(feit: Feit) -> bool:
    return feit.uitkomst in (POSITIEF, NEGATIEF)


def _hierna(feit: Feit, opvolger: Mapping[UUID, Feit]) -> Iterable[Feit]:
    volgende = opvolger.get(feit.id)
    while volgende is not None:
        yield volgende
        volgende = opvolger.get(volgende.id)


def _kracht(feit: Feit) -> tuple[int, date, bool]:
    return RANG[feit.gremium], feit.datum, feit.soort == BEEINDIGING
