"""Every SELECT and INSERT on peilingen."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from fonds_api.peiling.models import Peiling, Peilinggemeente
from fonds_api.peiling.schemas import PeilingenFilter

GEREED = "gereed"


def insert_peiling(session: Session, waarden: dict[str, Any]) -> Peiling:
    peiling = Peiling(**waarden)
    session.add(peiling)
    session.flush()
    return peiling


def insert_gemeenten(session: Session, rijen: list[dict[str, Any]]) -> None:
    session.execute(insert(Peilinggemeente), rijen)


def lock(session: Session, id: uuid.UUID) -> Peiling:
    query = select(Peiling).where(Peiling.id == id).with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one()


def find(session: Session, id: uuid.UUID) -> Values | None:
    return session.connection().execute(values_of(Peiling).where(Peiling.id == id)).one_or_none()


def list_peilingen(session: Session, wens: PeilingenFilter) -> tuple[int, list[Values]]:
    query = values_of(Peiling).order_by(Peiling.aangevraagd_op.desc(), Peiling.id)
    if wens.peildatum:
        query = query.where(Peiling.peildatum == wens.peildatum)
    if wens.status:
        query = query.where(Peiling.status == wens.status)
    return select_page(session, query, wens)


def laatste(session: Session, indeling: date | None = None, peildatum: date | None = None) -> Values | None:
    """The last peiling that is gereed, of these days if they are given, or else of the last peildatum."""
    query = values_of(Peiling).where(Peiling.status == GEREED)
    if indeling:
        query = query.where(Peiling.indeling == indeling, Peiling.peildatum == peildatum)
    query = query.order_by(Peiling.peildatum.desc(), Peiling.indeling.desc(), Peiling.gereed_op.desc(), Peiling.id).limit(1)
    return session.connection().execute(query).one_or_none()


def gemeenten_van(session: Session, id: uuid.UUID) -> Sequence[Values]:
    query = values_of(Peilinggemeente).where(Peilinggemeente.peiling == id).order_by(Peilinggemeente.gemeentecode)
    return session.connection().execute(query).all()
