"""Every SELECT and INSERT on besluiten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import ColumnElement, exists, func, or_, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from catalogus_api.besluit.models import Besluit, BesluitVoorziening
from catalogus_api.besluit.schemas import BesluitenVan, BesluitKort

_VAN_LIJST = [kolom for kolom in Besluit.__table__.c if kolom.name in BesluitKort.model_fields]
_FEIT = ("id", "gremium", "soort", "uitkomst", "mate_van_binding", "vastgelegd_op", "nauwkeurigheid")


def zichtbaar(zicht: Sight) -> list[ColumnElement[bool]]:
    """Of a besluit: it is about a voorziening that the caller may see, or about none.

    Args:
        zicht: limits the codes of voorzieningen (`voorziening`).
    """
    if not zicht.limits:
        return []
    over = exists().where(BesluitVoorziening.besluit == Besluit.id, *zicht.on(voorziening=BesluitVoorziening.voorziening))
    return [or_(func.cardinality(Besluit.voorzieningen) == 0, over)]


def find(session: Session, zicht: Sight, id: UUID) -> Values | None:
    query = values_of(Besluit).where(Besluit.id == id, *zichtbaar(zicht))
    return session.connection().execute(query).one_or_none()


def find_all(session: Session, zicht: Sight, ids: Collection[UUID]) -> dict[UUID, Values]:
    """By id, those that the caller may see."""
    query = values_of(Besluit).where(Besluit.id.in_(ids), *zichtbaar(zicht))
    return {rij.id: rij for rij in session.connection().execute(query)}


def list_besluiten(session: Session, zicht: Sight, wens: BesluitenVan, voorziening: str | None) -> tuple[int, list[Values]]:
    query = select(*_VAN_LIJST).where(*zichtbaar(zicht))
    for naam in ("gremium", "soort", "uitkomst"):
        if (waarde := getattr(wens, naam)) is not None:
            query = query.where(Besluit.__table__.c[naam] == waarde)
    if voorziening is not None:
        query = query.where(_over(voorziening))
    if wens.vanaf:
        query = query.where(Besluit.datum >= wens.vanaf)
    if wens.tot:
        query = query.where(Besluit.datum < wens.tot)
    volgorde = [Besluit.datum, Besluit.id]
    if wens.sorteer.startswith("-"):
        return select_page(session, query.order_by(*(kolom.desc() for kolom in volgorde)), wens)
    return select_page(session, query.order_by(*volgorde), wens)


def over(session: Session, voorziening: str) -> Sequence[Values]:
    """All besluiten about a voorziening, oldest first."""
    query = values_of(Besluit).where(_over(voorziening)).order_by(Besluit.datum, Besluit.vastgelegd_op, Besluit.id)
    return session.connection().execute(query).all()


def over_elk(session: Session, voorzieningen: Collection[str], op: date | None) -> Sequence[Values]:
    """As in a list, all that are about any of these voorzieningen, each once, oldest first; of a day or before."""
    query = select(*_VAN_LIJST).where(
        exists().where(BesluitVoorziening.besluit == Besluit.id, BesluitVoorziening.voorziening == func.any(voorzieningen))
    )
    if op is not None:
        query = query.where(Besluit.datum <= op)
    return session.connection().execute(query.order_by(Besluit.datum, Besluit.vastgelegd_op, Besluit.id)).all()


def feiten(session: Session, voorziening: str) -> Sequence[Any]:
    """What counts of all besluiten about a voorziening, with the one that each follows about it."""
    kolommen = [Besluit.__table__.c[naam] for naam in _FEIT]
    query = (
        select(*kolommen, BesluitVoorziening.datum, BesluitVoorziening.volgt_op)
        .join(BesluitVoorziening, BesluitVoorziening.besluit == Besluit.id)
        .where(BesluitVoorziening.voorziening == voorziening)
    )
    return session.connection().execute(query).all()


def zichtbare(session: Session, zicht: Sight, ids: Collection[UUID]) -> set[UUID]:
    """Those of these besluiten that the caller may see."""
    query = select(Besluit.id).where(Besluit.id.in_(ids), *zichtbaar(zicht))
    return set(session.connection().execute(query).scalars())


def opvolgers(session: Session, zicht: Sight, ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Of each, the besluiten that take its place, oldest first, of those that the caller may see."""
    query = select(Besluit.volgt_op, Besluit.id).where(Besluit.volgt_op.in_(ids), *zichtbaar(zicht))
    per_besluit: dict[UUID, list[UUID]] = defaultdict(list)
    for rij in session.connection().execute(query.order_by(Besluit.datum, Besluit.id)):
        per_besluit[rij.volgt_op].append(rij.id)
    return per_besluit


def opgevolgd(session: Session, id: UUID, tot_en_met: date | None = None) -> set[str]:
    """Codes about which another besluit has taken its place, by a day or ever."""
    query = select(BesluitVoorziening.voorziening).where(BesluitVoorziening.volgt_op == id)
    if tot_en_met is not None:
        query = query.where(BesluitVoorziening.datum <= tot_en_met)
    return set(session.connection().execute(query).scalars())


def lock(session: Session, ids: Collection[UUID]) -> None:
    """Let nobody else follow these besluiten before this transaction ends."""
    for id in sorted(ids):
        session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:naam, 0))"), {"naam": f"besluit/{id}"})


def add(session: Session, rij: Mapping[str, Any]) -> bool:
    """Store a besluit; False when its id is taken."""
    opdracht = insert(Besluit).values(rij).on_conflict_do_nothing(index_elements=["id"]).returning(Besluit.id)
    return session.connection().execute(opdracht).first() is not None


def bestaan(session: Session, ids: Collection[UUID]) -> set[UUID]:
    query = select(Besluit.id).where(Besluit.id.in_(ids))
    return set(session.connection().execute(query).scalars())


def _over(voorziening: str) -> ColumnElement[bool]:
    return exists().where(BesluitVoorziening.besluit == Besluit.id, BesluitVoorziening.voorziening == voorziening)
