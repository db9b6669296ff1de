"""Load the service's own reference data from the files in `bron/`. Repeating it changes nothing, and what was put down through
the API it leaves as it is."""

from __future__ import annotations

import csv
import json
import logging
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from gemeengoed_kit.audit import Actor
from gemeengoed_kit.clock import Clock, SystemClock
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Base, make_engine, session_factory
from gemeengoed_kit.settings import ServiceSettings
from sqlalchemy import and_, literal, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from catalogus_api.besluit import service as besluit
from catalogus_api.duiding import service as duiding
from catalogus_api.factsheet import service as factsheet
from catalogus_api.gebeurtenis.service import noteer
from catalogus_api.gemeente.models import Gemeente, Herindeling, Identificatie, Inwonertal
from catalogus_api.levensloop import service as levensloop
from catalogus_api.routekaart import service as routekaart
from catalogus_api.toegang import IEDEREEN

log = logging.getLogger("catalogus.inlezen")
HIER = Path(__file__).parent
GEMEENTEN = HIER / "gemeente" / "bron"
VOORZIENINGEN = HIER / "voorziening" / "bron" / "voorzieningen.json"
BESLUITEN = HIER / "besluit" / "bron" / "besluiten.json"
FACTSHEETS = HIER / "factsheet" / "bron" / "factsheets.json"
DUIDING = HIER / "duiding" / "bron" / "duiding.json"
MIJLPALEN = HIER / "routekaart" / "bron" / "mijlpalen.json"
IDENTIFICATIES = (
    ("tooi", "tooi_uri", "TOOI, Register gemeenten compleet, versie 4", date(2022, 12, 22)),
    ("rsin", "rsin", "Gemeente 's-Hertogenbosch, landelijke tabellencatalogus", date(2019, 9, 18)),
)
"""(kind, column, source, day of the source)."""
PER_KEER = 2000


def inlezen(session: Session, clock: Clock) -> dict[str, int]:
    """Bring all tables in line with the files, in the session's transaction.

    Returns:
        table to the number of rows that are new or changed.
    """
    work = Work(session, clock, Actor(), recorded=noteer)
    gewijzigd = {
        "gemeente": _bijwerken(session, Gemeente, map(_gemeente, _regels("gemeenten.csv")), hier=Gemeente.wijziging),
        "herindeling": _bijwerken(session, Herindeling, _herindelingen(session), hier=Herindeling.wijziging),
        "identificatie": _bijwerken(session, Identificatie, _identificaties(), hier=Identificatie.vastgelegd_op),
        "inwonertal": _bijwerken(
            session, Inwonertal, map(_inwonertal, _regels("inwoners.csv")), hier=Inwonertal.bestand, vastgelegd_op=clock.now()
        ),
        "voorziening": levensloop.inlezen(work, json.loads(VOORZIENINGEN.read_text("utf-8"))),
        "besluit": besluit.inlezen(work, json.loads(BESLUITEN.read_text("utf-8"))),
        "factsheet": factsheet.inlezen(work, json.loads(FACTSHEETS.read_text("utf-8"))),
        "duiding": duiding.inlezen(work, json.loads(DUIDING.read_text("utf-8"))),
        "mijlpaal": routekaart.inlezen(work, json.loads(MIJLPALEN.read_text("utf-8"))),
    }
    if any(gewijzigd.values()):
        work.record(
            action="bron.inlezen",
            subject="/v1/gemeenten",
            change={wat: aantal for wat, aantal in gewijzigd.items() if aantal},
            visible_to=[IEDEREEN],
        )
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


def _herindelingen(session: Session) -> Iterable[dict[str, Any]]:
    """Those of the file, but of gemeenten about which the API has the last word."""
    eigen = set(session.scalars(select(Gemeente.code).where(Gemeente.wijziging.is_not(None))))
    return [_herindeling(regel) for regel in _regels("herindelingen.csv") if regel["oude_code"] not in eigen]


def _identificaties() -> Iterable[dict[str, Any]]:
    return [
        {"gemeentecode": regel["gemeentecode"], "soort": soort, "waarde": regel[kolom], "bron": bron, "datum": datum}
        for regel in _regels("identificaties.csv")
        for soort, kolom, bron, datum in IDENTIFICATIES
        if regel[kolom]
    ]


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


def _bijwerken(
    session: Session, model: type[Base], rijen: Iterable[dict[str, Any]], *, hier: Any = None, **stempel: object
) -> int:
    """Insert or correct rows; rows that are equal already are not touched.

    Args:
        hier: column that is filled in rows that were put down through the API; they are left as they are.
        stempel: what every row that is written gets besides.
    """
    sleutel = [kolom.name for kolom in model.__table__.primary_key]
    alle, gewijzigd = list(rijen), 0
    for begin in range(0, len(alle), PER_KEER):
        opdracht = insert(model).values([{**rij, **stempel} for rij in alle[begin : begin + PER_KEER]])
        rest = {naam: opdracht.excluded[naam] for naam in alle[0] if naam not in sleutel}
        anders = [model.__table__.c[naam].is_distinct_from(waarde) for naam, waarde in rest.items()]
        mag = or_(*anders) if hier is None else and_(or_(*anders), hier.is_(None))
        nieuw_of_anders = opdracht.on_conflict_do_update(index_elements=sleutel, set_={**rest, **stempel}, where=mag)
        gewijzigd += len(session.execute(nieuw_of_anders.returning(literal(1))).all())
    return gewijzigd
