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

from abonnement_api.gemeentepeiling.models import Gemeentepeiling, Gemeentepeilingregel
from abonnement_api.gemeentepeiling.schemas import GemeentepeilingenFilter

GEREED = "gereed"


def add(session: Session, waarden: dict[str, Any]) -> Gemeentepeiling:
    peiling = Gemeentepeiling(**waarden)
    session.add(peiling)
    session.flush()
    return peiling


def add_gemeenten(session: Session, rijen: list[dict[str, Any]]) -> None:
    session.execute(insert(Gemeentepeilingregel), rijen)


def lock(session: Session, id: uuid.UUID) -> Gemeentepeiling:
    return session.get_one(Gemeentepeiling, id, with_for_update=True, populate_existing=True)


def find(session: Session, id: uuid.UUID) -> Values | None:
    return session.connection().execute(values_of(Gemeentepeiling).where(Gemeentepeiling.id == id)).one_or_none()


def list_peilingen(session: Session, wens: GemeentepeilingenFilter) -> tuple[int, list[Values]]:
    query = values_of(Gemeentepeiling).order_by(Gemeentepeiling.aangevraagd_op.desc(), Gemeentepeiling.id)
    if wens.peildatum is not None:
        query = query.where(Gemeentepeiling.peildatum == wens.peildatum)
    if wens.status is not None:
        query = query.where(Gemeentepeiling.status == wens.status)
    return select_page(session, query, wens)


def laatste(session: Session, peildatum: date | None) -> Values | None:
    """The last peiling of a day that is gereed; without a day, of the last day."""
    query = values_of(Gemeentepeiling).where(Gemeentepeiling.status == GEREED)
    if peildatum is not None:
        query = query.where(Gemeentepeiling.peildatum == peildatum)
    query = query.order_by(Gemeentepeiling.peildatum.desc(), Gemeentepeiling.afgerond_op.desc(), Gemeentepeiling.id).limit(1)
    return session.connection().execute(query).one_or_none()


def gemeenten(session: Session, peiling: uuid.UUID) -> Sequence[Values]:
    """The gemeenten of a peiling, by code."""
    regel = Gemeentepeilingregel
    query: Any = select(regel.gemeentecode, regel.gemeentenaam, regel.inwoners).where(regel.peiling == peiling)
    return session.connection().execute(query.order_by(regel.gemeentecode)).all()
