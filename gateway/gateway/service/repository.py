"""Every query on offered services."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gateway.service.models import OfferedService


def put(session: Session, peer_id: str, name: str, url: str, *, now: datetime) -> None:
    """Offer a service at `url`; offering it again moves it there."""
    session.execute(
        insert(OfferedService)
        .values(peer_id=peer_id, name=name, url=url, created_at=now)
        .on_conflict_do_update(index_elements=["peer_id", "name"], set_={"url": url, "since_generation": None})
    )


def offers(session: Session, peer_id: str, name: str) -> bool:
    """Whether this peer's Inway offers the service."""
    return session.get(OfferedService, (peer_id, name)) is not None


def services(session: Session, peer_id: str | None = None) -> list[OfferedService]:
    """Services of one peer, or of all."""
    query = select(OfferedService).order_by(OfferedService.peer_id, OfferedService.name)
    return list(session.scalars(query if peer_id is None else query.where(OfferedService.peer_id == peer_id)))
