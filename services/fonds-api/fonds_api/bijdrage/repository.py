"""Every SELECT and INSERT on bijdragen; the lock on a round lives here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from gemeengoed_kit.sight import EVERYTHING, Sight
from sqlalchemy import ColumnElement, func, insert, select
from sqlalchemy.dialects.postgresql import insert as insert_or_not
from sqlalchemy.orm import Session

from fonds_api.bijdrage.models import Bijdrage, Bijdrageronde
from fonds_api.bijdrage.rules import AANGEVRAAGD
from fonds_api.bijdrage.schemas import BijdragenFilter


def find_ronde(session: Session, id: str, zicht: Sight = EVERYTHING) -> Bijdrageronde | None:
    return session.scalars(
        select(Bijdrageronde).where(Bijdrageronde.id == id, *zicht.on(fonds=Bijdrageronde.fonds))
    ).one_or_none()


def insert_ronde(session: Session, fonds: str, jaar: int, id: str, op: datetime) -> bool:
    """Insert the round; False when it exists already, also when a concurrent request inserts it."""
    return (
        session.scalar(
            insert_or_not(Bijdrageronde)
            .values(
                id=id,
                fonds=fonds,
                jaar=jaar,
                status=AANGEVRAAGD,
                aangevraagd_op=op,
            )
            .on_conflict_do_nothing()
            .returning(Bijdrageronde.id)
        )
        is not None
    )


def lock_ronde(session: Session, id: str) -> Bijdrageronde:
    """The current round, locked: others wait until this transaction ends."""
    return session.scalars(
        select(Bijdrageronde).where(Bijdrageronde.id == id).with_for_update().execution_options(populate_existing=True)
    ).one()


def insert_bijdragen(session: Session, rijen: list[dict[str, Any]]) -> None:
    session.execute(insert(Bijdrage), rijen)


def list_bijdragen(session: Session, zicht: Sight, wens: BijdragenFilter) -> tuple[int, int, list[Values]]:
    """(total number, sum in cents of all of them, bijdragen of this page)."""
    query = values_of(Bijdrage).where(*_zichtbaar(zicht))
    if wens.fonds:
        query = query.where(Bijdrage.fonds == wens.fonds)
    if wens.jaar:
        query = query.where(Bijdrage.jaar == wens.jaar)
    if wens.gemeentecode:
        query = query.where(Bijdrage.gemeentecode == wens.gemeentecode)
    count, rows = select_page(session, query.order_by(Bijdrage.fonds, Bijdrage.jaar, Bijdrage.gemeentecode), wens)
    totaal = session.scalar(query.with_only_columns(func.coalesce(func.sum(Bijdrage.bedrag_cent), 0)))
    return count, int(totaal or 0), rows


def find(session: Session, zicht: Sight, id: str) -> Values | None:
    return session.connection().execute(values_of(Bijdrage).where(Bijdrage.id == id, *_zichtbaar(zicht))).one_or_none()


def alle_van(session: Session, fonds: str, jaar: int) -> Sequence[Values]:
    """All bijdragen to a fonds in a year, by gemeentecode."""
    query = values_of(Bijdrage).where(Bijdrage.fonds == fonds, Bijdrage.jaar == jaar)
    return session.connection().execute(query.order_by(Bijdrage.gemeentecode)).all()


def grondslag(session: Session, fonds: str, jaar: int) -> tuple[int, int]:
    """(number, inhabitants) of all gemeenten that contribute to a fonds in a year."""
    aantal, inwoners = session.execute(
        select(func.count(), func.sum(Bijdrage.inwoners)).where(Bijdrage.fonds == fonds, Bijdrage.jaar == jaar)
    ).one()
    return aantal, int(inwoners or 0)


def totaal(session: Session, fonds: str, jaar: int) -> int:
    """The sum of the bijdragen to a fonds in a year, in cents."""
    query = select(func.coalesce(func.sum(Bijdrage.bedrag_cent), 0)).where(Bijdrage.fonds == fonds, Bijdrage.jaar == jaar)
    return int(session.execute(query).scalar_one())


def bedragen(session: Session, fonds: str, jaar: int) -> dict[str, int]:
    """By gemeentecode."""
    query = select(Bijdrage.gemeentecode, Bijdrage.bedrag_cent).where(Bijdrage.fonds == fonds, Bijdrage.jaar == jaar)
    return {code: cent for code, cent in session.connection().execute(query.order_by(Bijdrage.gemeentecode))}


def _zichtbaar(zicht: Sight) -> list[ColumnElement[bool]]:
    return zicht.on(fonds=Bijdrage.fonds, gemeentecode=Bijdrage.gemeentecode)
