"""Every query on limits."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gateway.limit.models import CallLimit
from gateway.limit.rules import Kind, Limit


def put(session: Session, peer_id: str, kind: Kind, subject: str, limit: Limit, *, now: datetime) -> None:
    """Set the limits of a service or caller; they are not in nginx's configuration yet."""
    values = {name: value for name, value in asdict(limit).items() if name != "since"}
    changed = {**values, "since_generation": None, "updated_at": now}
    session.execute(
        insert(CallLimit)
        .values(peer_id=peer_id, kind=kind, subject=subject, **changed)
        .on_conflict_do_update(index_elements=["peer_id", "kind", "subject"], set_=changed)
    )


def get(session: Session, peer_id: str, kind: Kind, subject: str) -> CallLimit | None:
    """The limits of one service or caller."""
    return session.get(CallLimit, (peer_id, kind, subject))


def limits(session: Session, peer_id: str | None = None) -> list[CallLimit]:
    """Limits at one Inway, or at all."""
    query = select(CallLimit).order_by(CallLimit.peer_id, CallLimit.kind, CallLimit.subject)
    return list(session.scalars(query if peer_id is None else query.where(CallLimit.peer_id == peer_id)))


def known_to_nginx(session: Session, row: CallLimit, generation: int) -> None:
    """Record that these limits are in configuration `generation`, unless they changed after they were read."""
    session.execute(
        update(CallLimit)
        .where(
            CallLimit.peer_id == row.peer_id,
            CallLimit.kind == row.kind,
            CallLimit.subject == row.subject,
            CallLimit.updated_at == row.updated_at,
        )
        .values(since_generation=func.coalesce(CallLimit.since_generation, generation))
    )
