"""Every SELECT and INSERT of the end of a year."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from gemeengoed_kit.sight import EVERYTHING, Sight
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from fonds_api.jaareinde.models import Bestemming, Jaarafsluiting, Uitkering
from fonds_api.jaareinde.schemas import JaarafsluitingenFilter, UitkeringenFilter


def afgesloten(session: Session, fonds: str, jaren: Collection[int]) -> list[int]:
    """Which of these years are closed, in order."""
    query = select(Jaarafsluiting.jaar).where(Jaarafsluiting.fonds == fonds, Jaarafsluiting.jaar.in_(jaren))
    return list(session.scalars(query.order_by(Jaarafsluiting.jaar)))


def insert_afsluiting(session: Session, waarden: dict[str, Any]) -> None:
    session.execute(insert(Jaarafsluiting), waarden)


def find(session: Session, fonds: str, jaar: int, zicht: Sight = EVERYTHING) -> Values | None:
    query = values_of(Jaarafsluiting).where(Jaarafsluiting.fonds == fonds, Jaarafsluiting.jaar == jaar)
    return session.connection().execute(query.where(*zicht.on(fonds=Jaarafsluiting.fonds))).one_or_none()


def list_afsluitingen(session: Session, zicht: Sight, wens: JaarafsluitingenFilter) -> tuple[int, list[Values]]:
    query = values_of(Jaarafsluiting).where(*zicht.on(fonds=Jaarafsluiting.fonds))
    if wens.fonds:
        query = query.where(Jaarafsluiting.fonds == wens.fonds)
    if wens.jaar:
        query = query.where(Jaarafsluiting.jaar == wens.jaar)
    return select_page(session, query.order_by(Jaarafsluiting.fonds, Jaarafsluiting.jaar), wens)


def lock_bestemming(session: Session, fonds: str, jaar: int) -> Bestemming | None:
    """What becomes of a resultaat, locked: others wait until this transaction ends."""
    query = select(Bestemming).where(Bestemming.fonds == fonds, Bestemming.jaar == jaar)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).one_or_none()


def find_bestemming(session: Session, fonds: str, jaar: int) -> Bestemming | None:
    return session.get(Bestemming, (fonds, jaar))


def insert_bestemming(session: Session, waarden: dict[str, Any]) -> None:
    session.execute(insert(Bestemming), waarden)


def insert_uitkeringen(session: Session, rijen: list[dict[str, Any]]) -> None:
    session.execute(insert(Uitkering), rijen)


def list_uitkeringen(session: Session, zicht: Sight, wens: UitkeringenFilter) -> tuple[int, int, list[Values]]:
    """(total number, sum in cents of all of them, uitkeringen of this page)."""
    query = values_of(Uitkering).where(*zicht.on(fonds=Uitkering.fonds, gemeentecode=Uitkering.gemeentecode))
    if wens.fonds:
        query = query.where(Uitkering.fonds == wens.fonds)
    if wens.jaar:
        query = query.where(Uitkering.jaar == wens.jaar)
    if wens.gemeentecode:
        query = query.where(Uitkering.gemeentecode == wens.gemeentecode)
    count, rijen = select_page(session, query.order_by(Uitkering.fonds, Uitkering.jaar, Uitkering.gemeentecode), wens)
    totaal = session.scalar(query.with_only_columns(func.coalesce(func.sum(Uitkering.bedrag_cent), 0)))
    return count, int(totaal or 0), rijen
