"""Every SELECT and INSERT on events."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import Select, insert
from sqlalchemy.orm import Session

from catalogus_api.gebeurtenis.models import Gebeurtenis
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
    return select_page(session, query, wens)


def nieuwste(session: Session, zicht: Sight, hoogstens: int) -> Sequence[Values]:
    """Newest first."""
    query = _zichtbaar(zicht).order_by(Gebeurtenis.volgnummer.desc()).limit(hoogstens)
    return session.connection().execute(query).all()


def _zichtbaar(zicht: Sight) -> Select[Any]:
    """What the caller may see: all, or what has one of its labels."""
    query = values_of(Gebeurtenis)
    if not zicht.limits:
        return query
    labels = zicht.limits[KRINGEN]
    if isinstance(labels, Select):
        raise TypeError("labels are given as texts")
    return query.where(Gebeurtenis.zichtbaar_voor.overlap(sorted(labels)))
