"""Rules of periods. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

EERSTE_DAG, LAATSTE_DAG = date(2000, 1, 1), date(2100, 12, 31)
"""The first and the last day that can be booked."""
OPEN, VOORLOPIG, DEFINITIEF = "open", "voorlopig_gesloten", "definitief_gesloten"
STAPPEN = {(OPEN, VOORLOPIG), (VOORLOPIG, OPEN), (VOORLOPIG, DEFINITIEF)}
NAAM = {OPEN: "open", VOORLOPIG: "voorlopig gesloten", DEFINITIEF: "definitief gesloten"}


@dataclass(frozen=True)
class Periode:
    """A range of boekdata and its state."""

    vanaf: date
    tot_en_met: date
    status: str


def perioden(grenzen: Sequence[tuple[date, str]]) -> list[Periode]:
    """The periods of a fonds, without gap or overlap: each begins on the day after the one before.

    Args:
        grenzen: last day and state of each, by day.
    """
    begin, gevonden = EERSTE_DAG, []
    for tot_en_met, status in grenzen:
        gevonden.append(Periode(begin, tot_en_met, status))
        begin = tot_en_met + timedelta(days=1)
    return gevonden


def eerste_open_dag(dag: date, alle: Sequence[Periode]) -> date | None:
    """The first day on or after a day that can be booked; None when there is none left."""
    for periode in alle:
        if dag <= periode.tot_en_met:
            if periode.status == OPEN:
                return max(dag, periode.vanaf)
            dag = periode.tot_en_met + timedelta(days=1)
    return dag if dag <= LAATSTE_DAG else None


def uitleg(fonds: str, dag: date, tot_en_met: date, status: str, alle: Sequence[Periode]) -> str:
    """Why a day cannot be booked, and which one can, in Dutch."""
    open_dag = eerste_open_dag(dag, alle)
    erna = f"; de eerste open dag is {open_dag}" if open_dag else ""
    return f"{dag} valt in de periode van fonds {fonds} tot en met {tot_en_met}; die is {NAAM[status]}{erna}"


def stappen_naar_definitief(status: str) -> list[str]:
    """The steps by which a period is closed for good."""
    return {OPEN: [VOORLOPIG, DEFINITIEF], VOORLOPIG: [DEFINITIEF]}.get(status, [])


def bezwaar(was: str, naar: str, eerder: Sequence[Periode], reden: str | None) -> str | None:
    """Why a period cannot go from one state to another, in Dutch; None when it can.

    Args:
        eerder: the periods before it.
    """
    if (was, naar) not in STAPPEN:
        return f"De periode is {NAAM[was]}; zij wordt niet {NAAM[naar]}."
    if naar == OPEN:
        return None if reden else "Heropenen vraagt een reden."
    achter = [een for een in eerder if een.status == OPEN or (naar == DEFINITIEF and een.status != DEFINITIEF)]
    if achter:
        return f"De periode tot en met {achter[0].tot_en_met} is nog {NAAM[achter[0].status]}; zij gaat voor."
    return None
