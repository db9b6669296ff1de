"""Every SELECT and INSERT on events."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import ColumnElement, Select, func, insert, select
from sqlalchemy.orm import Session

from catalogus_api.gebeurtenis.models import BLOK, Gebeurtenis, Gebeurtenistelling
from catalogus_api.gebeurtenis.schemas import GebeurtenissenFilter
from catalogus_api.toegang import KRINGEN


def add(session: Session, rij: Mapping[str, Any]) -> None:
    session.connection().execute(insert(Gebeurtenis).values(rij))


def find(session: Session, zicht: Sight, id: uuid.UUID) -> Values | None:
    return session.connection().execute(_zichtbaar(zicht).where(Gebeurtenis.id == id)).one_or_none()


def list_gebeurtenissen(session: Session, zicht: Sight, wens: GebeurtenissenFilter) -> tuple[int, list[Values]]:
    """Oldest first."""
    query = _zichtbaar(zicht).order_by(Gebeurtenis.volgnummer)
    if wens.type is not None:
        query = query.where(Gebeurtenis.type == wens.type)
    if wens.onderwerp is not None:
        query = query.where(Gebeurtenis.onderwerp == wens.onderwerp)
    if wens.sinds is not None:
        query = query.where(Gebeurtenis.tijd >= wens.sinds)
    if wens.na is not None:
        query = query.where(Gebeurtenis.volgnummer > int(wens.na))
    geteld = _aantal(zicht, wens) if wens.onderwerp is None and wens.sinds is None else None
    return select_page(session, query, wens, geteld)


def _aantal(zicht: Sight, wens: GebeurtenissenFilter) -> Select[Any]:
    """How many events follow on a number, or are there at all: from the counts of whole blocks, and what is left of one."""
    na = int(wens.na) if wens.na is not None else -1
    blok, nummer = na // BLOK, Gebeurtenis.volgnummer
    heel = select(func.coalesce(func.sum(Gebeurtenistelling.aantal), 0)).where(
        Gebeurtenistelling.blok > blok, *_voor(zicht, Gebeurtenistelling.zichtbaar_voor)
    )
    rest = select(func.count()).where(nummer > na, nummer < (blok + 1) * BLOK, *_voor(zicht, Gebeurtenis.zichtbaar_voor))
    if wens.type is not None:
        heel, rest = heel.where(Gebeurtenistelling.type == wens.type), rest.where(Gebeurtenis.type == wens.type)
    return select(heel.scalar_subquery() + rest.scalar_subquery())


def nieuwste(session: Session, zicht: Sight, hoogstens: int) -> Sequence[Values]:
    """Newest first."""
    query = _zichtbaar(zicht).order_by(Gebeurtenis.volgnummer.desc()).limit(hoogstens)
    return session.connection().execute(query).all()


def _zichtbaar(zicht: Sight) -> Select[Any]:
    return values_of(Gebeurtenis).where(*_voor(zicht, Gebeurtenis.zichtbaar_voor))


def _voor(zicht: Sight, labels: Any) -> list[ColumnElement[bool]]:
    """What the caller may see: all, or what has one of its labels."""
    if not zicht.limits:
        return []
    eigen = zicht.limits[KRINGEN]
    if isinstance(eigen, Select):
        raise TypeError("labels are given as texts")
    return [labels.overlap(sorted(eigen))]
