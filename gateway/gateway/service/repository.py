"""Every query on offered services."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gateway.service.models import OfferedService
from gateway.service.rules import Offer


def put(session: Session, peer_id: str, name: str, offer: Offer, *, now: datetime) -> None:
    """Offer a service; offering it again replaces its settings. It is not in nginx's configuration yet."""
    values = {
        "url": offer.url,
        "protocol": offer.protocol,
        "openapi_url": offer.openapi_url,
        "ca_pem": offer.ca_pem,
        "withdrawn_at": None,
        "since_generation": None,
    }
    session.execute(
        insert(OfferedService)
        .values(peer_id=peer_id, name=name, created_at=now, **values)
        .on_conflict_do_update(index_elements=["peer_id", "name"], set_=values)
    )


def get(session: Session, peer_id: str, name: str) -> OfferedService | None:
    """A service that this peer's Inway offers now."""
    found = session.get(OfferedService, (peer_id, name))
    return found if found is not None and found.withdrawn_at is None else None


def offers(session: Session, peer_id: str, name: str) -> bool:
    """Whether this peer's Inway offers the service now."""
    return get(session, peer_id, name) is not None


def names(session: Session, peer_id: str) -> set[str]:
    """The names of the services that this peer's Inway offers now."""
    return {row.name for row in services(session, peer_id)}


def services(session: Session, peer_id: str | None = None) -> list[OfferedService]:
    """The services that are offered now, by one peer or by all."""
    query = (
        select(OfferedService).where(OfferedService.withdrawn_at.is_(None)).order_by(OfferedService.peer_id, OfferedService.name)
    )
    return list(session.scalars(query if peer_id is None else query.where(OfferedService.peer_id == peer_id)))


def known_to_nginx(session: Session, row: OfferedService, generation: int | None) -> None:
    """Record that this service is in configuration `generation` (None: not in it), unless it moved after it was read."""
    since = None if generation is None else func.coalesce(OfferedService.since_generation, generation)
    session.execute(
        update(OfferedService)
        .where(
            OfferedService.peer_id == row.peer_id,
            OfferedService.name == row.name,
            OfferedService.url == row.url,
            OfferedService.protocol == row.protocol,
            OfferedService.ca_pem.is_not_distinct_from(row.ca_pem),
        )
        .values(since_generation=since)
    )
