"""Every SELECT and INSERT on mijlpalen and their versions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from gemeengoed_kit.sight import EVERYTHING, Sight
from sqlalchemy import Select, and_, func, select, text, update
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.orm import Session

from catalogus_api.routekaart.models import Mijlpaal, MijlpaalVersie
from catalogus_api.routekaart.schemas import MijlpalenFilter, RoutekaartFilter

_GELDT = and_(MijlpaalVersie.id == Mijlpaal.id, MijlpaalVersie.versie == Mijlpaal.versie)


def zichtbaar(zicht: Sight) -> Select[Any]:
    """The version that holds of every mijlpaal that a caller may see."""
    return values_of(MijlpaalVersie).join(Mijlpaal, _GELDT).where(*zicht.on(publicatiestatus=MijlpaalVersie.publicatiestatus))


def een_voor_een(session: Session) -> None:
    """Who writes a mijlpaal does so alone: what depends on what is checked over all of them."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('routekaart', 0))"))


def find(session: Session, zicht: Sight, id: str) -> Values | None:
    return session.connection().execute(zichtbaar(zicht).where(MijlpaalVersie.id == id)).one_or_none()


def find_before(session: Session, zicht: Sight, id: str, tot: datetime) -> Values | None:
    """The last version of before a moment that the caller may see."""
    query = _van_voor(zicht, tot).where(MijlpaalVersie.id == id).order_by(MijlpaalVersie.versie.desc()).limit(1)
    return session.connection().execute(query).one_or_none()


def van_voorzieningen(
    session: Session, zicht: Sight, codes: Collection[str], tot: datetime | None, hoogstens: int
) -> Sequence[Values]:
    """The first of some voorzieningen, so many of each, by begin: the versions that hold, or the last of before a moment."""
    query = zichtbaar(zicht)
    if tot is not None:
        van_toen = (
            _van_voor(zicht, tot).ext(distinct_on(MijlpaalVersie.id)).order_by(MijlpaalVersie.id, MijlpaalVersie.versie.desc())
        )
        toen = van_toen.subquery()
        query = values_of(MijlpaalVersie).join(toen, and_(toen.c.id == MijlpaalVersie.id, toen.c.versie == MijlpaalVersie.versie))
    volgorde = (MijlpaalVersie.begin, MijlpaalVersie.eind, MijlpaalVersie.id)
    plaats = func.row_number().over(partition_by=MijlpaalVersie.voorziening, order_by=volgorde)
    alle = query.where(MijlpaalVersie.voorziening == func.any(list(codes))).add_columns(plaats.label("plaats")).subquery()
    eerste = select(alle).where(alle.c.plaats <= hoogstens).order_by(alle.c.begin, alle.c.eind, alle.c.id)
    return session.connection().execute(eerste).all()


def _van_voor(zicht: Sight, tot: datetime) -> Select[Any]:
    return values_of(MijlpaalVersie).where(
        MijlpaalVersie.vastgelegd_op < tot, *zicht.on(publicatiestatus=MijlpaalVersie.publicatiestatus)
    )


def _op_begin(query: Select[Any]) -> Select[Any]:
    return query.order_by(MijlpaalVersie.begin, MijlpaalVersie.eind, MijlpaalVersie.id)


def list_mijlpalen(
    session: Session, zicht: Sight, wens: MijlpalenFilter, codes: Collection[str] | None
) -> tuple[int, list[Values]]:
    return select_page(session, _gewenst(zicht, wens, codes), wens)


def eerste(
    session: Session, zicht: Sight, wens: RoutekaartFilter, codes: Collection[str] | None, hoogstens: int
) -> Sequence[Values]:
    """The first of what is asked for, by begin."""
    return session.connection().execute(_gewenst(zicht, wens, codes).limit(hoogstens)).all()


def _gewenst(zicht: Sight, wens: RoutekaartFilter, codes: Collection[str] | None) -> Select[Any]:
    query = _op_begin(zichtbaar(zicht))
    if codes is not None:
        query = query.where(MijlpaalVersie.voorziening.in_(codes))
    if wens.voorziening:
        query = query.where(MijlpaalVersie.voorziening == wens.voorziening)
    if wens.vanaf:
        query = query.where(MijlpaalVersie.eind >= wens.vanaf)
    if wens.tot:
        query = query.where(MijlpaalVersie.begin < wens.tot)
    if wens.soort:
        query = query.where(MijlpaalVersie.soort == wens.soort)
    if wens.status:
        query = query.where(MijlpaalVersie.status == wens.status)
    return query


def list_versies(session: Session, zicht: Sight, id: str, wens: PageQuery) -> tuple[int, list[Values]]:
    query = values_of(MijlpaalVersie).where(MijlpaalVersie.id == id, *zicht.on(publicatiestatus=MijlpaalVersie.publicatiestatus))
    return select_page(session, query.order_by(MijlpaalVersie.versie), wens)


def namen(session: Session, zicht: Sight, ids: Collection[str]) -> dict[str, str]:
    query = zichtbaar(zicht).where(MijlpaalVersie.id == func.any(list(ids)))
    return {rij.id: rij.naam for rij in session.connection().execute(query)}


def alle(session: Session) -> dict[str, Values]:
    """The version that holds of every mijlpaal, by id."""
    return {rij.id: rij for rij in session.connection().execute(zichtbaar(EVERYTHING))}


def voeg_toe(session: Session, rij: Mapping[str, Any]) -> bool:
    """Store a mijlpaal with its first version; False when its id is taken."""
    nieuw = insert(Mijlpaal).values(id=rij["id"], versie=1).on_conflict_do_nothing().returning(Mijlpaal.id)
    session.execute(insert(MijlpaalVersie).values({**rij, "versie": 1}))
    return session.scalar(nieuw) is not None


def volg_op(session: Session, rij: Mapping[str, Any]) -> None:
    """Store the next version of a mijlpaal, and let it hold."""
    session.execute(insert(MijlpaalVersie).values(rij))
    session.execute(update(Mijlpaal).where(Mijlpaal.id == rij["id"]).values(versie=rij["versie"]))


def bestaat(session: Session, id: str) -> bool:
    return session.connection().execute(select(Mijlpaal.id).where(Mijlpaal.id == id)).first() is not None
