"""Every SELECT and INSERT on verrekeningen."""

from __future__ import annotations

import uuid
from typing import Any

from gemeengoed_kit.db import Values
from gemeengoed_kit.pagination import select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import Select, insert, or_, select
from sqlalchemy.orm import Session, aliased

from fonds_api.nota.models import Verrekening
from fonds_api.verrekening.schemas import VerrekeningenFilter

_Spiegel = aliased(Verrekening)


def _query(zicht: Sight) -> Select[Any]:
    """Each with the one that undoes it, if any."""
    query = select(*Verrekening.__table__.c, _Spiegel.id.label("herroepen_door"))
    query = query.outerjoin(_Spiegel, _Spiegel.herroept == Verrekening.id)
    return query.where(*zicht.on(fonds=Verrekening.fonds, gemeentecode=Verrekening.gemeentecode))


def insert_verrekening(session: Session, waarden: dict[str, Any]) -> None:
    session.execute(insert(Verrekening).values(waarden))


def find(session: Session, zicht: Sight, id: uuid.UUID) -> Values | None:
    return session.connection().execute(_query(zicht).where(Verrekening.id == id)).one_or_none()


def list_verrekeningen(session: Session, zicht: Sight, wens: VerrekeningenFilter) -> tuple[int, list[Values]]:
    query = _query(zicht)
    for naam in ("fonds", "gemeentecode"):
        if (waarde := getattr(wens, naam)) is not None:
            query = query.where(getattr(Verrekening, naam) == waarde)
    if wens.nota is not None:
        query = query.where(or_(Verrekening.van == wens.nota, Verrekening.met == wens.nota))
    return select_page(session, query.order_by(Verrekening.vastgelegd_op, Verrekening.id), wens)
