"""Queries on the publication grants of a hosted peer."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from gateway.contract.models import Contract, ContractGrant, ContractStatus
from gateway.names import GrantType


def made(session: Session, peer_id: str, content_hash: str) -> list[ContractGrant]:
    """The publications of a peer's services in one contract."""
    return list(session.scalars(listed(peer_id).where(ContractGrant.content_hash == content_hash)))


def listed(peer_id: str, service_name: str | None = None) -> Select[ContractGrant]:
    """Query for the publications of a peer's services, newest first; optionally of one service only."""
    query = (
        select(ContractGrant)
        .join(Contract, (Contract.owner_id == ContractGrant.owner_id) & (Contract.content_hash == ContractGrant.content_hash))
        .where(
            ContractGrant.owner_id == peer_id,
            ContractGrant.service_peer_id == peer_id,
            ContractGrant.grant_type.in_([kind for kind in GrantType if kind.publishes]),
        )
        .order_by(Contract.created_at.desc(), ContractGrant.content_hash, ContractGrant.position)
    )
    return query if service_name is None else query.where(ContractGrant.service_name == service_name)


def living(session: Session, peer_id: str, service_name: str, now: int) -> list[ContractGrant]:
    """The publications of a service that no party ended and that have not expired at `now` (Unix seconds)."""
    query = (
        listed(peer_id, service_name)
        .join(
            ContractStatus,
            (ContractStatus.owner_id == ContractGrant.owner_id) & (ContractStatus.content_hash == ContractGrant.content_hash),
        )
        .where(~ContractStatus.ended, ContractStatus.not_after > now)
    )
    return list(session.scalars(query))
