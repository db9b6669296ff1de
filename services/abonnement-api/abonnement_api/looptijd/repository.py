"""Every SELECT and INSERT on decisions that let subscriptions go on."""

from __future__ import annotations

import uuid
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from sqlalchemy import insert
from sqlalchemy.orm import Session

from abonnement_api.looptijd.models import Verlenging


def add(session: Session, waarden: dict[str, Any]) -> None:
    session.connection().execute(insert(Verlenging).values(waarden))


def find(session: Session, id: uuid.UUID) -> Values | None:
    return session.connection().execute(values_of(Verlenging).where(Verlenging.id == id)).one_or_none()


def list_verlengingen(session: Session, wens: PageQuery) -> tuple[int, list[Values]]:
    return select_page(session, values_of(Verlenging).order_by(Verlenging.volgnummer), wens)
