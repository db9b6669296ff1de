"""Every SELECT and INSERT on overhevelingen."""

from __future__ import annotations

import uuid
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from fonds_api.overheveling.models import Overheveling
from fonds_api.overheveling.schemas import OverhevelingenFilter


def insert_overheveling(session: Session, waarden: dict[str, Any]) -> None:
    session.execute(insert(Overheveling), waarden)


def lock(session: Session, id: uuid.UUID) -> Overheveling:
    """The overheveling as it is now, locked: others wait until this transaction ends."""
    query = select(Overheveling).where(Overheveling.id == id).with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one()


def find(session: Session, id: uuid.UUID, zicht: Sight) -> Values | None:
    query = values_of(Overheveling).where(Overheveling.id == id, *zicht.on(fonds=Overheveling.fonds))
    return session.connection().execute(query).one_or_none()


def list_overhevelingen(session: Session, zicht: Sight, wens: OverhevelingenFilter) -> tuple[int, list[Values]]:
    query = values_of(Overheveling).where(*zicht.on(fonds=Overheveling.fonds))
    if wens.fonds:
        query = query.where(Overheveling.fonds == wens.fonds)
    if wens.jaar:
        query = query.where(Overheveling.jaar == wens.jaar)
    if wens.status:
        query = query.where(Overheveling.status == wens.status)
    return select_page(session, query.order_by(Overheveling.aangevraagd_op, Overheveling.id), wens)
