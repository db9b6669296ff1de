"""Every SELECT on the entries in the outbox."""

from __future__ import annotations

import uuid
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.outbox import OutboxMessage
from gemeengoed_kit.pagination import PageQuery, select_page
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from abonnement_api.boekingsopdracht.rules import BRON, GEBOEKT, GEWEIGERD, PAD, WACHTEND

_MET_STATUS = {
    WACHTEND: (OutboxMessage.verzonden_op.is_(None), OutboxMessage.geweigerd_op.is_(None)),
    GEBOEKT: (OutboxMessage.verzonden_op.is_not(None),),
    GEWEIGERD: (OutboxMessage.verzonden_op.is_(None), OutboxMessage.geweigerd_op.is_not(None)),
}


def list_opdrachten(session: Session, status: str | None, wens: PageQuery) -> tuple[int, list[Values]]:
    voorwaarden = _MET_STATUS[status] if status else ()
    return select_page(
        session, _opdrachten(values_of(OutboxMessage)).where(*voorwaarden).order_by(OutboxMessage.volgnummer), wens
    )


def find(session: Session, id: uuid.UUID) -> Values | None:
    query = _opdrachten(values_of(OutboxMessage)).where(OutboxMessage.id == id)
    return session.connection().execute(query).one_or_none()


def lock(session: Session, id: uuid.UUID) -> OutboxMessage | None:
    """Lock the row, so that no worker delivers it meanwhile."""
    return session.scalars(_opdrachten(select(OutboxMessage)).where(OutboxMessage.id == id).with_for_update()).first()


def _opdrachten(query: Select[Any]) -> Select[Any]:
    return query.where(OutboxMessage.bron == BRON, OutboxMessage.pad == PAD)
