"""Every query on the transaction log, writing aside (that is `writer`)."""

from __future__ import annotations

import uuid

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gateway.txlog.models import TransactionRecord
from gateway.txlog.record import INCOMING, OUTGOING


def page(
    session: Session, peer_id: str, *, transaction_id: str | None, before: int | None, limit: int
) -> list[TransactionRecord]:
    """Records of a hosted peer, newest first, perhaps of one transaction; `before`: id of the last one seen."""
    query = select(TransactionRecord).where(TransactionRecord.peer_id == peer_id)
    if transaction_id is not None:
        try:
            query = query.where(TransactionRecord.transaction_id == uuid.UUID(transaction_id))
        except ValueError:
            return []
    if before is not None:
        query = query.where(TransactionRecord.id < before)
    return list(session.scalars(query.order_by(TransactionRecord.id.desc()).limit(limit)))


def count(session: Session, peer_id: str) -> tuple[int, int]:
    """Outgoing and incoming records of a hosted peer."""
    found = dict(
        session.execute(
            select(TransactionRecord.direction, func.count())
            .where(TransactionRecord.peer_id == peer_id)
            .group_by(TransactionRecord.direction)
        ).all()
    )
    return found.get(OUTGOING, 0), found.get(INCOMING, 0)
