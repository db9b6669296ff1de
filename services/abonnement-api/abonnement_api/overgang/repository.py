"""Every SELECT and INSERT on the tables of herindelingen."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from abonnement_api.overgang.models import Overgang, Overgangsbesluit, Overgangsdeel, Overgangsronde
from abonnement_api.overgang.rules import AANGEVRAAGD
from abonnement_api.overgang.schemas import OvergangenFilter


def neem(session: Session, waarden: dict[str, Any]) -> tuple[Overgangsronde, bool]:
    """The round that waits, locked, and whether it was inserted now; there is one at most."""
    while True:
        gemaakt = session.execute(
            upsert(Overgangsronde).values(waarden).on_conflict_do_nothing().returning(Overgangsronde.id)
        ).scalar()
        query = select(Overgangsronde).where(Overgangsronde.status == AANGEVRAAGD).with_for_update()
        rij = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
        if rij is not None:  # else it was done just now, and there is room for this one
            return rij, gemaakt is not None


def lock(session: Session, id: uuid.UUID) -> Overgangsronde:
    return session.get_one(Overgangsronde, id, with_for_update=True, populate_existing=True)


def find_ronde(session: Session, id: uuid.UUID) -> Values | None:
    return session.connection().execute(values_of(Overgangsronde).where(Overgangsronde.id == id)).one_or_none()


def list_rondes(session: Session, wens: PageQuery) -> tuple[int, list[Values]]:
    return select_page(session, values_of(Overgangsronde).order_by(Overgangsronde.aangevraagd_op, Overgangsronde.id), wens)


def bekend(session: Session, dag: date) -> dict[str, uuid.UUID]:
    """Code of who receives on a day to what is put down of it."""
    query = select(Overgang.gemeentecode, Overgang.id).where(Overgang.ingangsdatum == dag)
    return {code: id for code, id in session.execute(query)}


def add(session: Session, overgangen: list[dict[str, Any]]) -> None:
    session.execute(insert(Overgang), overgangen)


def add_delen(session: Session, delen: list[dict[str, Any]]) -> None:
    """Those that are there already, stay."""
    session.connection().execute(upsert(Overgangsdeel).on_conflict_do_nothing(), delen)


def add_besluiten(session: Session, besluiten: list[dict[str, Any]]) -> None:
    session.execute(insert(Overgangsbesluit), besluiten)


def find(session: Session, id: uuid.UUID) -> Values | None:
    return session.connection().execute(values_of(Overgang).where(Overgang.id == id)).one_or_none()


def list_overgangen(session: Session, wens: OvergangenFilter) -> tuple[int, list[Values]]:
    query = values_of(Overgang).order_by(Overgang.ingangsdatum, Overgang.gemeentecode)
    if wens.gemeentecode:
        query = query.where(Overgang.gemeentecode == wens.gemeentecode)
    if wens.beslist is not None:
        er_is = select(Overgangsbesluit.overgang).where(Overgangsbesluit.overgang == Overgang.id).exists()
        query = query.where(er_is if wens.beslist else ~er_is)
    return select_page(session, query, wens)


def delen(session: Session, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Values]]:
    """Overgang to its parts, in order of gemeentecode."""
    gevonden: dict[uuid.UUID, list[Values]] = defaultdict(list)
    query = select(*Overgangsdeel.__table__.c).where(Overgangsdeel.overgang.in_(ids))
    for rij in session.connection().execute(query.order_by(Overgangsdeel.gemeentecode, Overgangsdeel.abonnement)):
        gevonden[rij.overgang].append(rij)
    return gevonden


def besluiten(session: Session, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Values]:
    query = values_of(Overgangsbesluit).where(Overgangsbesluit.overgang.in_(ids))
    return {rij.overgang: rij for rij in session.connection().execute(query)}
