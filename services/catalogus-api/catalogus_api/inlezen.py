"""Load the service's own reference data from the files in `bron/`. Repeating it changes nothing."""

from __future__ import annotations

import csv
import json
import logging
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from gemeengoed_kit.audit import Actor, record
from gemeengoed_kit.clock import Clock, SystemClock
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Base, make_engine, session_factory
from gemeengoed_kit.settings import ServiceSettings
from sqlalchemy import literal, or_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from catalogus_api.gemeente.models import Gemeente, Herindeling, Inwonertal
from catalogus_api.routekaart import service as routekaart
from catalogus_api.voorziening.models import Voorziening

log = logging.getLogger("catalogus.inlezen")
HIER = Path(__file__).parent
GEMEENTEN = HIER / "gemeente" / "bron"
VOORZIENINGEN = HIER / "voorziening" / "bron" / "voorzieningen.json"
MIJLPALEN = HIER / "routekaart" / "bron" / "mijlpalen.json"
PER_KEER = 2000


def inlezen(session: Session, clock: Clock) -> dict[str, int]:
    """Bring all tables in line with the files, in the session's transaction.

    Returns:
        table to the number of rows that are new or changed.
    """
    gewijzigd = {
        "gemeente": _bijwerken(session, Gemeente, map(_gemeente, _regels("gemeenten.csv"))),
        "herindeling": _bijwerken(session, Herindeling, map(_herindeling, _regels("herindelingen.csv"))),
        "inwonertal": _bijwerken(session, Inwonertal, map(_inwonertal, _regels("inwoners.csv"))),
        "voorziening": _bijwerken(session, Voorziening, json.loads(VOORZIENINGEN.read_text("utf-8"))),
        "mijlpaal": routekaart.inlezen(Work(session, clock, Actor()), json.loads(MIJLPALEN.read_text("utf-8"))),
    }
    if any(gewijzigd.values()):
        record(session, clock, Actor(), action="bron.inlezen", subject="/v1/gemeenten", change=dict(gewijzigd))
    return gewijzigd


def command(settings: ServiceSettings, arguments: Sequence[str]) -> None:
    """`catalogus-api inlezen`."""
    engine = make_engine(settings.database_url, application_name="catalogus-inlezen")
    with session_factory(engine).begin() as session:
        log.info("new or changed rows: %s", inlezen(session, SystemClock()))
    engine.dispose()


def _regels(naam: str) -> Iterable[dict[str, str]]:
    with open(GEMEENTEN / naam, encoding="utf-8", newline="") as bestand:
        yield from csv.DictReader(bestand)


def _dag(tekst: str) -> date | None:
    return date.fromisoformat(tekst) if tekst else None


def _gemeente(regel: dict[str, str]) -> dict[str, Any]:
    return {
        "code": regel["gemeentecode"],
        "naam": regel["naam"],
        "provincie": regel["provincie"],
        "begindatum": _dag(regel["begindatum"]),
        "einddatum": _dag(regel["einddatum"]),
    }


def _herindeling(regel: dict[str, str]) -> dict[str, Any]:
    return {
        "ingangsdatum": _dag(regel["ingangsdatum"]),
        "soort": regel["soort"],
        "oude_code": regel["oude_code"],
        "nieuwe_code": regel["nieuwe_code"],
        "nieuw_ingesteld": regel["nieuwe_is_nieuw_ingesteld"] == "ja",
        "grondslag": regel["grondslag_url"] or None,
    }


def _inwonertal(regel: dict[str, str]) -> dict[str, Any]:
    return {"gemeentecode": regel["gemeentecode"], "peildatum": _dag(regel["peildatum"]), "aantal": int(regel["inwoners"])}


def _bijwerken(session: Session, model: type[Base], rijen: Iterable[dict[str, Any]]) -> int:
    """Insert or correct rows; rows that are equal already are not touched."""
    sleutel = [kolom.name for kolom in model.__table__.primary_key]
    alle, gewijzigd = list(rijen), 0
    for begin in range(0, len(alle), PER_KEER):
        opdracht = insert(model).values(alle[begin : begin + PER_KEER])
        rest = {naam: opdracht.excluded[naam] for naam in alle[0] if naam not in sleutel}
        anders = [model.__table__.c[naam].is_distinct_from(waarde) for naam, waarde in rest.items()]
        nieuw_of_anders = opdracht.on_conflict_do_update(index_elements=sleutel, set_=rest, where=or_(*anders))
        gewijzigd += len(session.execute(nieuw_of_anders.returning(literal(1))).all())
    return gewijzigd
