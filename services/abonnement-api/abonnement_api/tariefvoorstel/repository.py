"""Every SELECT and INSERT on the table of proposals; the lock on one lives here."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from sqlalchemy import insert
from sqlalchemy.orm import Session

from abonnement_api.tariefvoorstel.models import Tariefvoorstel
from abonnement_api.tariefvoorstel.schemas import TariefvoorstellenFilter


def add(session: Session, waarden: Mapping[str, Any]) -> None:
    session.execute(insert(Tariefvoorstel), [dict(waarden)])


def find(session: Session, id: uuid.UUID) -> Tariefvoorstel | None:
    return session.get(Tariefvoorstel, id)


def lock(session: Session, id: uuid.UUID) -> Tariefvoorstel | None:
    return session.get(Tariefvoorstel, id, with_for_update=True, populate_existing=True)


def list_voorstellen(session: Session, wens: TariefvoorstellenFilter) -> tuple[int, list[Values]]:
    query = values_of(Tariefvoorstel).order_by(Tariefvoorstel.volgnummer)
    if wens.jaar is not None:
        query = query.where(Tariefvoorstel.jaar == wens.jaar)
    if wens.status is not None:
        query = query.where(Tariefvoorstel.status == wens.status)
    return select_page(session, query, wens)
