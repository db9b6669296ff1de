"""Every statement on periods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from sqlalchemy import Select, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as insert_or_not
from sqlalchemy.orm import Session

from fonds_api.periode.models import Periode, Periodestap
from fonds_api.periode.rules import EERSTE_DAG
from fonds_api.periode.schemas import PeriodenFilter

_GESLOTEN = text("SELECT dag, tot_en_met, status FROM gesloten_dagen(:fonds, CAST(:dagen AS date[])) ORDER BY dag")


def gesloten(session: Session, fonds: str, dagen: Collection[date]) -> Sequence[Values]:
    """Those of these days that are in a closed period, with it, by day. Shares the gate of the fonds until the transaction
    ends."""
    return session.connection().execute(_GESLOTEN, {"fonds": fonds, "dagen": sorted(dagen)}).all()


def vergrendel(session: Session, fonds: str) -> None:
    """Shut the gate of a fonds until the end of the transaction: entries under way end first, the next ones wait."""
    session.connection().execute(select(func.grendel_fonds(fonds)))


def _perioden(fonds: str) -> Select[Any]:
    """The periods of a fonds, each with its first day."""
    vorige = func.lag(Periode.tot_en_met).over(order_by=Periode.tot_en_met)
    alle = select(*Periode.__table__.c, func.coalesce(vorige + 1, EERSTE_DAG).label("vanaf")).where(Periode.fonds == fonds)
    deel = alle.subquery()
    return select(*deel.c).order_by(deel.c.tot_en_met)


def list_perioden(session: Session, fonds: str, wens: PeriodenFilter) -> tuple[int, list[Values]]:
    query = _perioden(fonds)
    if wens.status:
        query = query.where(query.selected_columns.status == wens.status)
    return select_page(session, query, wens)


def find(session: Session, fonds: str, tot_en_met: date) -> Values | None:
    query = _perioden(fonds)
    return session.connection().execute(query.where(query.selected_columns.tot_en_met == tot_en_met)).one_or_none()


def alle(session: Session, fonds: str) -> Sequence[Values]:
    query = values_of(Periode).where(Periode.fonds == fonds).order_by(Periode.tot_en_met)
    return session.connection().execute(query).all()


def stappen(session: Session, fonds: str, dagen: Collection[date]) -> dict[date, list[Values]]:
    """The steps of periods, by their last day, oldest first."""
    gevonden: dict[date, list[Values]] = defaultdict(list)
    query = values_of(Periodestap).where(Periodestap.fonds == fonds, Periodestap.tot_en_met.in_(dagen))
    for stap in session.connection().execute(query.order_by(Periodestap.tot_en_met, Periodestap.versie)):
        gevonden[stap.tot_en_met].append(stap)
    return gevonden


def add(session: Session, fonds: str, tot_en_met: date) -> bool:
    """False when a period ends on that day already."""
    nieuw = insert_or_not(Periode).values(fonds=fonds, tot_en_met=tot_en_met).on_conflict_do_nothing()
    return session.execute(nieuw.returning(Periode.tot_en_met)).first() is not None


def zet(session: Session, stap: Mapping[str, Any]) -> None:
    """Give a period its next state, and tell why."""
    session.execute(
        update(Periode)
        .where(Periode.fonds == stap["fonds"], Periode.tot_en_met == stap["tot_en_met"])
        .values(status=stap["naar"], versie=stap["versie"])
    )
    session.execute(insert(Periodestap), dict(stap))
