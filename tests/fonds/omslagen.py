"""Bodies of omslagen and figures of gemeenten for tests: a small world of three gemeenten."""

from __future__ import annotations

import itertools
import uuid
from datetime import date
from typing import Any

from fonds_api.bijdrage import service as bijdrage
from fonds_api.omslag import repository
from fonds_api.omslag import service as omslagen
from fonds_api.omslag.rules import Inwonertal
from fonds_api.peiling import service as peiling
from fonds_api.peiling.schemas import NieuwePeiling
from gemeengoed_kit.audit import Actor
from gemeengoed_kit.context import Context

from tests.fonds.besluiten import BESTUUR, LEDEN, gegeven, verwijs

BESLUIT = {
    "besluit": verwijs(BESTUUR),
    "tekst": "Vastgesteld (test).",
    "bronvermelding": "Test",
}
VNG_2024 = [
    {"totEnMet": 5_000, "tariefMillicent": 192_000},
    {"totEnMet": 25_000, "tariefMillicent": 176_000},
    {"totEnMet": 200_000, "tariefMillicent": 152_000},
    {"totEnMet": None, "tariefMillicent": 75_000},
]
"""€ 1,92 / 1,76 / 1,52 / 0,75: binnenlandsbestuur.nl, 24-5-2023."""
DAG = date(2018, 1, 1)
KLEIN, MIDDEN, GROOT = "GM0060", "GM0003", "GM0363"
DRIE = {KLEIN: ("Ameland", 3_633), MIDDEN: ("Appingedam", 11_721), GROOT: ("Amsterdam", 854_047)}
KENMERKEN = itertools.count(1)


def omslag(jaar: int = 2018, **anders: Any) -> dict[str, Any]:
    """A levy of a fixed size, unless told otherwise."""
    return {
        "fonds": "ggu",
        "jaar": jaar,
        "vorm": "omvang",
        "bedragCent": 100_000_01,
        "indeling": "2018-01-01",
        "peildatum": "2018-01-01",
        "btwProcent": 21,
        "termijnen": [{"vervaldag": "2018-03-01", "promille": 500}, {"vervaldag": "2018-09-01", "promille": 500}],
        "omschrijving": "Bijdrage (test)",
        "bronvermelding": "Test",
        **anders,
    }


def banden(vorm: str, jaar: int = 2018, **anders: Any) -> dict[str, Any]:
    return omslag(jaar, **{"vorm": vorm, "bedragCent": None, "banden": VNG_2024, **anders})


def inwonertallen(status: str | None = "definitief", dag: date = DAG, **erbij: int) -> list[Inwonertal]:
    """The three gemeenten, some with so many more (or, negative, fewer) inhabitants."""
    return [Inwonertal(code, naam, aantal + erbij.get(code, 0), dag, status) for code, (naam, aantal) in sorted(DRIE.items())]


def gepeild(context: Context, gemeenten: list[Inwonertal], dag: date = DAG, compensatie_jaren: int = 0) -> str:
    """A peiling with these figures, as its job would store it; its id."""
    with context.work(Actor()) as work:
        nieuw = NieuwePeiling.make(indeling=dag, peildatum=dag, compensatie_jaren=compensatie_jaren)
        id = peiling.aanvragen(work, nieuw).id
        peiling.vastleggen(work, id, gemeenten)
    return str(id)


def besloten(context: Context, id: str, van: int = LEDEN) -> None:
    """Do what the job of an adoption does when catalogus has answered."""
    with context.work(Actor()) as work:
        aanvraag = repository.find_aanvraag(work.session, id)
        assert aanvraag is not None
        omslagen.vaststellen(work, id, gegeven(van, aanvraag.pad))


def vast(context: Context, ronde: str, gemeenten: list[Inwonertal]) -> None:
    """A round with these figures, as its job would store it."""
    with context.work(Actor()) as work:
        bijdrage.vaststellen(work, ronde, gemeenten)


def ontvangst(bedrag_cent: int, *delen: tuple[str, int], gemeentecode: str = GROOT, **anders: Any) -> dict[str, Any]:
    return {
        "fonds": "ggu",
        "gemeentecode": gemeentecode,
        "bedragCent": bedrag_cent,
        "boekdatum": "2018-01-10",
        "kenmerk": f"afschrift-{next(KENMERKEN)}",
        "omschrijving": "Betaling (test)",
        "toerekeningen": [{"nota": nota, "bedragCent": cent} for nota, cent in delen],
        **anders,
    }


GEEN = uuid.UUID(int=0)
