"""When a mijlpaal is, how that reads, and what may depend on what. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

FASE, MIJLPAAL, BESLUIT = "fase", "mijlpaal", "besluit"
CONCEPT, GEPUBLICEERD = "concept", "gepubliceerd"
MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
MAANDEN_PER = {"maand": 1, "kwartaal": 3, "jaar": 12}
"""Months in the period that a day stands for, when it is not known to the day."""


def eerste_dag(dag: date, nauwkeurigheid: str) -> date:
    """First day of the month, quarter or year of a day; the day itself when it is known to the day."""
    maanden = MAANDEN_PER.get(nauwkeurigheid)
    return dag.replace(month=(dag.month - 1) // maanden * maanden + 1, day=1) if maanden else dag


def laatste_dag(dag: date, nauwkeurigheid: str) -> date:
    """As `eerste_dag`, the last."""
    if nauwkeurigheid not in MAANDEN_PER:
        return dag
    maand = eerste_dag(dag, nauwkeurigheid).month + MAANDEN_PER[nauwkeurigheid] - 1
    return date(dag.year, maand, calendar.monthrange(dag.year, maand)[1])


def tegenstrijdigheden(soort: str, begin: date, eind: date | None, nauwkeurigheid: str) -> list[str]:
    """Everything that is wrong with the time of a mijlpaal.

    Args:
        eind: of a fase; whatever else happens has none of its own.
    """
    fouten = []
    if begin != eerste_dag(begin, nauwkeurigheid):
        fouten.append(f"begin {begin} is niet de eerste dag van zijn {nauwkeurigheid}")
    if soort != FASE:
        return [*fouten, f"een {soort} heeft geen eind"] if eind else fouten
    if eind is None:
        return [*fouten, "een fase heeft een eind"]
    if eind != laatste_dag(eind, nauwkeurigheid):
        fouten.append(f"eind {eind} is niet de laatste dag van zijn {nauwkeurigheid}")
    if eind < begin:
        fouten.append(f"eind {eind} ligt voor begin {begin}")
    return fouten


def wanneer(begin: date, eind: date, nauwkeurigheid: str) -> str:
    """When, as a person says it: "15 juni 2017", "april 2017", "4e kwartaal 2017", "2018-2021"."""
    van, tot = _tekst(begin, nauwkeurigheid), _tekst(eind, nauwkeurigheid)
    if van == tot:
        return van
    return f"{van}-{tot}" if nauwkeurigheid == "jaar" else f"{van} - {tot}"


def _tekst(dag: date, nauwkeurigheid: str) -> str:
    return {
        "dag": f"{dag.day} {MAANDEN[dag.month - 1]} {dag.year}",
        "maand": f"{MAANDEN[dag.month - 1]} {dag.year}",
        "kwartaal": f"{(dag.month + 2) // 3}e kwartaal {dag.year}",
        "jaar": f"{dag.year}",
    }[nauwkeurigheid]


def midden(begin: date, eind: date) -> date:
    """The day halfway."""
    return begin + timedelta(days=(eind - begin).days // 2)


def kring(id: str, afhankelijk_van: Sequence[str], andere: Mapping[str, Sequence[str]]) -> list[str] | None:
    """The cycle that would arise, from `id` back to `id`; None when there is none.

    Args:
        andere: what every other mijlpaal depends on, without cycles.
    """
    vandaan: dict[str, str] = {}
    te_gaan = [(id, naar) for naar in afhankelijk_van]
    while te_gaan:
        van, hier = te_gaan.pop()
        if hier == id:
            pad = [id]
            while van != id:
                pad.append(van)
                van = vandaan[van]
            return [id, *reversed(pad[1:]), id]
        if hier not in vandaan:
            vandaan[hier] = van
            te_gaan += [(hier, naar) for naar in andere.get(hier, ())]
    return None
