"""Every query on acceptance rules."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gateway.acceptance.models import AcceptRule


def rules(peer_id: str) -> Select[AcceptRule]:
    """Query for a peer's rules, by name."""
    return select(AcceptRule).where(AcceptRule.peer_id == peer_id).order_by(AcceptRule.name)


def put_rule(session: Session, peer_id: str, name: str, grants: list[dict[str, Any]], max_days: int, *, now: datetime) -> None:
    """Store a rule; it replaces an earlier rule with the same name."""
    values = {"grants": grants, "max_days": max_days, "updated_at": now}
    session.execute(
        insert(AcceptRule)
        .values(peer_id=peer_id, name=name, created_at=now, **values)
        .on_conflict_do_update(index_elements=["peer_id", "name"], set_=values)
    )


def remove_rule(session: Session, peer_id: str, name: str) -> bool:
    """Remove a rule; False when there was none."""
    return (
        session.scalar(
            delete(AcceptRule).where(AcceptRule.peer_id == peer_id, AcceptRule.name == name).returning(AcceptRule.name)
        )
        is not None
    )
