"""How a gemeente joins and leaves: pure functions, no database, no clock.

Sources: design of the process in BALV 30-11-2016, voorstel A (mate van binding: vrij, vrijwillig maar niet vrijblijvend, algemeen
bindend); a gemeente that ends passes its rights and duties on (Wet algemene regels herindeling, article 44).
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from gemeengoed_kit.errors import InvalidParam

Stap = Literal["belangstelling", "aangemeld", "in implementatie", "in gebruik"]
Overgang = Literal["aangemeld", "in implementatie", "in gebruik", "beëindigd"]
Status = Literal["belangstelling", "aangemeld", "in implementatie", "in gebruik", "beëindigd", "overgegaan"]
Inkoopgrond = Literal["aanbesteed", "raamovereenkomst", "quasi-inbesteding", "alleenrecht", "geen"]
Zichtbaarheid = Literal["deelnemers", "gemeenten", "iedereen"]
OpzeggenTegen = Literal["elke dag", "einde maand", "einde jaar"]

BELANGSTELLING, AANGEMELD, IMPLEMENTATIE, GEBRUIK = STAPPEN = (
    "belangstelling",
    "aangemeld",
    "in implementatie",
    "in gebruik",
)
ZICHTBAARHEDEN = ("deelnemers", "gemeenten", "iedereen")
"""From few who see it to many."""
BEEINDIGD, OVERGEGAAN = "beëindigd", "overgegaan"
VRIJ, ALGEMEEN_BINDEND = "vrij", "algemeen bindend"
GESLOTEN_FASEN = ("uitfasering", "gestopt")
"""Fasen in which nobody joins any more."""


@dataclass(frozen=True)
class Stand:
    """The days of a deelname.

    Attributes:
        vanaf, aangemeld_op, implementatie_op, gebruik_op: first days of its steps; None when not yet.
        tot: first day on which it is no more; None while no end is known.
        overgaat_op: day on which it goes over to a successor by herindeling; None when it does not.
    """

    vanaf: date
    aangemeld_op: date | None = None
    implementatie_op: date | None = None
    gebruik_op: date | None = None
    tot: date | None = None
    overgaat_op: date | None = None

    @property
    def laatste_dag(self) -> date:
        """Of the last step."""
        return max(dag for dag in (self.vanaf, self.aangemeld_op, self.implementatie_op, self.gebruik_op) if dag)

    @property
    def stap(self) -> str:
        """The last step, whether it has ended or not."""
        return STAPPEN[sum(dag is not None for dag in (self.aangemeld_op, self.implementatie_op, self.gebruik_op))]


def status_op(stand: Stand, dag: date) -> str | None:
    """What a deelname is on a day; None when it has not begun then."""
    if dag < stand.vanaf:
        return None
    if stand.tot is not None and dag >= stand.tot:
        return OVERGEGAAN if stand.tot == stand.overgaat_op else BEEINDIGD
    dagen = (stand.vanaf, stand.aangemeld_op, stand.implementatie_op, stand.gebruik_op)
    return [stap for stap, op in zip(STAPPEN, dagen, strict=True) if op is not None and op <= dag][-1]


def maanden_later(dag: date, maanden: int) -> date:
    """The same day of a later month, or its last when it has no such day."""
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + maanden, 12)
    return date(jaar, maand + 1, min(dag.day, calendar.monthrange(jaar, maand + 1)[1]))


def eerste_einddatum(opgezegd_op: date, maanden: int, tegen: str) -> date:
    """The first last day that a notice can have.

    Args:
        maanden: notice period in months.
        tegen: whether it ends on any day, at the end of a month, or at the end of a year.
    """
    dag = maanden_later(opgezegd_op, maanden)
    return dag if past_bij(dag, tegen) else _volgende(dag, tegen)


def past_bij(dag: date, tegen: str) -> bool:
    """Whether a deelname can end with this day, as its conditions say."""
    return tegen == "elke dag" or dag == _volgende(dag, tegen)


def _volgende(dag: date, tegen: str) -> date:
    """The first end of a month or year on or after a day."""
    if tegen == "einde jaar":
        return date(dag.year, 12, 31)
    return dag.replace(day=calendar.monthrange(dag.year, dag.month)[1])


def bezwaren_tegen_stap(
    stand: Stand, naar: str, dag: date, vandaag: date, *, einddatum: date | None, mag_achteraf: bool
) -> list[InvalidParam]:
    """Everything for which a step does not follow on what a deelname is, by the names of the wire.

    Args:
        einddatum: last day, when it ends.
        mag_achteraf: whether the caller may say afterwards that a gemeente joined, or gave notice.
    """
    return list(_bezwaren_tegen_stap(stand, naar, dag, vandaag, einddatum, mag_achteraf))


def _bezwaren_tegen_stap(
    stand: Stand, naar: str, dag: date, vandaag: date, einddatum: date | None, mag_achteraf: bool
) -> Iterator[InvalidParam]:
    if stand.tot is not None and stand.tot != stand.overgaat_op:
        yield InvalidParam("naar", "geëindigd", f"de deelname eindigt al met {dag_ervoor(stand.tot)}")
    elif stand.tot is not None and dag >= stand.tot:
        yield InvalidParam("datum", "overgegaan", f"de deelname gaat op {stand.tot} over in die van de opvolger")
    if naar in STAPPEN and STAPPEN.index(naar) != STAPPEN.index(stand.stap) + 1:
        yield InvalidParam("naar", "volgorde", f"na {stand.stap} komt niet {naar}")
    if dag < stand.laatste_dag:
        yield InvalidParam("datum", "te_vroeg", f"{dag} ligt vóór de vorige stap, op {stand.laatste_dag}")
    if dag > vandaag:
        yield InvalidParam("datum", "vooruit", f"{dag} moet nog komen; het is nu {vandaag}")
    elif dag < vandaag and naar in (AANGEMELD, BEEINDIGD) and not mag_achteraf:
        yield InvalidParam("datum", "achteraf", "aanmelden en opzeggen achteraf legt alleen catalogusbeheer vast")
    if (naar == BEEINDIGD) != (einddatum is not None):
        reden = "noem de laatste dag" if naar == BEEINDIGD else "alleen wie opzegt, noemt een laatste dag"
        yield InvalidParam("einddatum", "ontbreekt" if naar == BEEINDIGD else "overbodig", reden)
    elif einddatum is not None and einddatum < dag:
        yield InvalidParam("einddatum", "te_vroeg", f"{einddatum} ligt vóór de opzegging, op {dag}")


def zonder_termijn(stap: str, binding: str | None) -> bool:
    """Whether a deelname may be ended at any moment: nothing was agreed yet, or it binds nobody.

    Args:
        binding: mate van binding; where it is not known, the conditions hold.
    """
    return stap == BELANGSTELLING or binding == VRIJ


def verste(een: str, ander: str) -> str:
    """The step that is furthest."""
    return max(een, ander, key=STAPPEN.index)


def dag_ervoor(dag: date | None) -> date | None:
    """The last day of what is no more on a day."""
    return dag - timedelta(days=1) if dag else None


def bezwaren_tegen_voorwaarden(nieuw: Mapping[str, Any], vorige: Mapping[str, Any] | None, vandaag: date) -> list[InvalidParam]:
    """Everything for which conditions cannot follow, by the names of the wire.

    Args:
        nieuw: vanaf, einde, kosten, opzegtermijn_maanden, opzeggen_tegen and uittreden.
        vorige: vanaf and einde of the version before; None for the first.
    """
    wrong = []
    inhoud = {
        "kosten": nieuw["kosten"],
        "opzegtermijnMaanden": nieuw["opzegtermijn_maanden"],
        "opzeggenTegen": nieuw["opzeggen_tegen"],
        "uittreden": nieuw["uittreden"],
    }
    for naam, waarde in inhoud.items():
        if (waarde is None) != nieuw["einde"]:
            reden = "wie deelname beëindigt, stelt geen voorwaarden" if nieuw["einde"] else "verplicht gegeven ontbreekt"
            wrong.append(InvalidParam(naam, "overbodig" if nieuw["einde"] else "ontbreekt", reden))
    if vorige is None:
        if nieuw["einde"]:
            wrong.append(InvalidParam("einde", "zonder_begin", "er zijn nog geen voorwaarden"))
        return wrong
    if vorige["einde"]:
        wrong.append(InvalidParam("vanaf", "geëindigd", f"deelname kan sinds {vorige['vanaf']} niet meer"))
    if nieuw["vanaf"] <= vorige["vanaf"]:
        wrong.append(InvalidParam("vanaf", "te_vroeg", f"de vorige versie geldt vanaf {vorige['vanaf']}"))
    elif nieuw["vanaf"] < vandaag:
        wrong.append(InvalidParam("vanaf", "achteraf", f"wat al is aanvaard, wijzigt niet achteraf; het is nu {vandaag}"))
    return wrong
