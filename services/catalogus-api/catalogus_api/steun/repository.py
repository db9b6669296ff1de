"""Every SELECT, INSERT and UPDATE of steun."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from sqlalchemy import ColumnElement, and_, func, insert, select, update
from sqlalchemy.orm import Session

from catalogus_api.steun.models import Steun
from catalogus_api.steun.schemas import SteunFilter

Waarvoor = uuid.UUID | str
"""An initiatief by its id, or a voorziening by its code."""


def _voor(waarvoor: Waarvoor) -> ColumnElement[bool]:
    return Steun.initiatief == waarvoor if isinstance(waarvoor, uuid.UUID) else Steun.voorziening == waarvoor


def list_steun(session: Session, waarvoor: Waarvoor, wens: SteunFilter, bestaand: Collection[str]) -> tuple[int, list[Values]]:
    """With `actueel`: whether it counts now, given the codes of the gemeenten that exist."""
    actueel = and_(Steun.ingetrokken_op.is_(None), Steun.gemeentecode == func.any(list(bestaand)))
    query = values_of(Steun).add_columns(actueel.label("actueel")).where(_voor(waarvoor))
    if wens.actueel is not None:
        query = query.where(actueel if wens.actueel else ~actueel)
    return select_page(session, query.order_by(Steun.gegeven_op.desc(), Steun.id.desc()), wens)


def steunend(session: Session, waarvoor: Waarvoor) -> set[str]:
    """Codes of the gemeenten whose steun was not withdrawn."""
    return set(session.scalars(select(Steun.gemeentecode).where(_voor(waarvoor), Steun.ingetrokken_op.is_(None))))


def find(session: Session, waarvoor: Waarvoor, gemeentecode: str) -> Values | None:
    """The steun of a gemeente that was not withdrawn."""
    query = values_of(Steun).where(_voor(waarvoor), Steun.gemeentecode == gemeentecode, Steun.ingetrokken_op.is_(None))
    return session.connection().execute(query).one_or_none()


def add(session: Session, rij: Mapping[str, Any]) -> None:
    session.execute(insert(Steun).values(rij))


def withdraw(session: Session, waarvoor: Waarvoor, gemeentecode: str, op: datetime, door: str | None) -> bool:
    """False when the gemeente gives none (any more)."""
    gedaan = (
        update(Steun)
        .where(_voor(waarvoor), Steun.gemeentecode == gemeentecode, Steun.ingetrokken_op.is_(None))
        .values(ingetrokken_op=op, ingetrokken_door=door)
        .returning(Steun.id)
    )
    return session.execute(gedaan).first() is not None
