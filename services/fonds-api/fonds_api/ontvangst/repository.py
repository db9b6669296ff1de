"""Every SELECT and INSERT on ontvangsten."""

from __future__ import annotations

import uuid
from typing import Any

from gemeengoed_kit.db import Values
from gemeengoed_kit.pagination import select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import Select, exists, func, insert, select
from sqlalchemy.orm import Session, aliased

from fonds_api.ontvangst.models import Ontvangst
from fonds_api.ontvangst.schemas import OntvangstenFilter

_Spiegel = aliased(Ontvangst)


def _query(zicht: Sight) -> Select[Any]:
    """Receipts, each with the one that undoes it, if any."""
    query = select(*Ontvangst.__table__.c, _Spiegel.id.label("herroepen_door"))
    query = query.outerjoin(_Spiegel, _Spiegel.herroept == Ontvangst.id)
    return query.where(*zicht.on(fonds=Ontvangst.fonds, gemeentecode=Ontvangst.gemeentecode))


def vergrendel_kenmerk(session: Session, fonds: str, kenmerk: str) -> None:
    """One at a time registers what has a reference. Take it before the lock on the debtor."""
    session.execute(select(func.vergrendel_kenmerk(fonds, kenmerk)))


def bestaat(session: Session, fonds: str, kenmerk: str) -> bool:
    """Whether a receipt with this reference was registered and not undone."""
    query = select(Ontvangst.id).where(
        Ontvangst.fonds == fonds,
        Ontvangst.kenmerk == kenmerk,
        Ontvangst.herroept.is_(None),
        ~exists().where(_Spiegel.herroept == Ontvangst.id),
    )
    return session.scalar(query.limit(1)) is not None


def insert_ontvangst(session: Session, waarden: dict[str, Any]) -> None:
    session.execute(insert(Ontvangst).values(waarden))


def find(session: Session, zicht: Sight, id: uuid.UUID) -> Values | None:
    return session.connection().execute(_query(zicht).where(Ontvangst.id == id)).one_or_none()


def list_ontvangsten(session: Session, zicht: Sight, wens: OntvangstenFilter) -> tuple[int, int, list[Values]]:
    """(total number, sum in cents of all of them, receipts of this page)."""
    query = _query(zicht)
    for naam in ("fonds", "gemeentecode", "kenmerk"):
        if (waarde := getattr(wens, naam)) is not None:
            query = query.where(getattr(Ontvangst, naam) == waarde)
    count, rijen = select_page(session, query.order_by(Ontvangst.boekdatum, Ontvangst.vastgelegd_op, Ontvangst.id), wens)
    som = session.scalar(query.with_only_columns(func.coalesce(func.sum(Ontvangst.bedrag_cent), 0)))
    return count, int(som or 0), rijen
