"""Every SELECT and INSERT on initiatieven and their versions."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from sqlalchemy import ColumnElement, and_, insert, or_, select, update
from sqlalchemy.orm import Session

from catalogus_api.initiatief.models import Initiatief, InitiatiefVersie
from catalogus_api.initiatief.schemas import InitiatievenFilter
from catalogus_api.toegang import Kijker

_GELDT = and_(InitiatiefVersie.id == Initiatief.id, InitiatiefVersie.versie == Initiatief.versie)
_GELIJK = ("status", "domein", "gemeentecode", "samenwerkingsverband")


def _zichtbaar(kijker: Kijker) -> list[ColumnElement[bool]]:
    """The one condition on what a caller sees: of the version that holds, and of each version."""
    if kijker.beheer:
        return []
    wie = ["openbaar", "aangesloten"] if kijker.aangesloten else ["openbaar"]
    mag: list[ColumnElement[bool]] = [InitiatiefVersie.zichtbaar_voor.in_(wie)]
    if kijker.partij is not None:
        eigen = (("gemeentecode", kijker.partij.gemeentecode), ("samenwerkingsverband", kijker.partij.samenwerkingsverband))
        mag += [InitiatiefVersie.__table__.c[naam] == waarde for naam, waarde in eigen if waarde is not None]
    return [or_(*mag)]


def find(session: Session, kijker: Kijker, id: uuid.UUID) -> Values | None:
    query = values_of(InitiatiefVersie).join(Initiatief, _GELDT).where(InitiatiefVersie.id == id, *_zichtbaar(kijker))
    return session.connection().execute(query).one_or_none()


def list_initiatieven(session: Session, kijker: Kijker, wens: InitiatievenFilter) -> tuple[int, list[Values]]:
    query = values_of(InitiatiefVersie).join(Initiatief, _GELDT).where(*_zichtbaar(kijker))
    for naam in _GELIJK:
        if (waarde := getattr(wens, naam)) is not None:
            query = query.where(InitiatiefVersie.__table__.c[naam] == waarde)
    return select_page(session, query.order_by(InitiatiefVersie.vastgelegd_op.desc(), InitiatiefVersie.id), wens)


def list_versies(session: Session, kijker: Kijker, id: uuid.UUID, wens: PageQuery) -> tuple[int, list[Values]]:
    query = values_of(InitiatiefVersie).where(InitiatiefVersie.id == id, *_zichtbaar(kijker))
    return select_page(session, query.order_by(InitiatiefVersie.versie.desc()), wens)


def van_voorziening(session: Session, code: str) -> uuid.UUID | None:
    """The initiatief that became a voorziening."""
    return session.scalar(
        select(InitiatiefVersie.id).where(InitiatiefVersie.voorziening == code, InitiatiefVersie.status == "aangenomen")
    )


def lock(session: Session, id: uuid.UUID) -> None:
    """Nobody else changes it before this transaction ends; there may be none."""
    session.execute(select(Initiatief.id).where(Initiatief.id == id).with_for_update())


def add(session: Session, rij: Mapping[str, Any]) -> None:
    session.execute(insert(InitiatiefVersie).values({**rij, "versie": 1}))
    session.execute(insert(Initiatief).values(id=rij["id"], versie=1))


def follow(session: Session, rij: Mapping[str, Any]) -> None:
    """Store the next version, and let it hold."""
    session.execute(insert(InitiatiefVersie).values(rij))
    session.execute(update(Initiatief).where(Initiatief.id == rij["id"]).values(versie=rij["versie"]))
