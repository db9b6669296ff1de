"""Queries on grants: which may be used, and which are published."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, func, select, tuple_
from sqlalchemy.orm import Session

from gateway.contract.models import Contract, ContractGrant, ContractStatus
from gateway.contract.repository import status_of
from gateway.names import GrantType


def usable(now: int) -> ColumnElement[bool]:
    """SQL: the contract's grants may be used at `now` (Unix seconds)."""
    return (
        ContractStatus.complete
        & ~ContractStatus.ended
        & (ContractStatus.not_before <= now)
        & (ContractStatus.not_after > now)
        & (ContractStatus.accepted_until > now)
    )


def usable_grant(session: Session, owner_id: str, grant_hash: str, *, now: int) -> ContractGrant | None:
    """The connection grant with this hash in a contract valid at `now` (Unix seconds)."""
    return session.scalars(
        select(ContractGrant)
        .join(ContractStatus, status_of(ContractGrant))
        .where(
            ContractGrant.owner_id == owner_id,
            ContractGrant.grant_hash == grant_hash,
            usable(now),
            ContractGrant.grant_type.in_([GrantType.CONNECTION, GrantType.DELEGATED_CONNECTION]),
        )
        .limit(1)
    ).first()


def has_begun(session: Session, owner_id: str, grant_hash: str, *, now: int) -> bool:
    """Whether a contract with this grant was signed by all parties and had begun at `now` (Unix seconds), even if it has ended
    since."""
    query = select(ContractGrant.grant_hash).join(ContractStatus, status_of(ContractGrant))
    own = (ContractGrant.owner_id == owner_id) & (ContractGrant.grant_hash == grant_hash)
    return session.scalar(query.where(own, ContractStatus.complete, ContractStatus.not_before <= now).limit(1)) is not None


def has_outway_grant(session: Session, owner_id: str, grant_hash: str) -> bool:
    """Whether a contract of this owner, valid or not, has this grant for its own Outway."""
    return (
        session.scalar(
            select(
                exists().where(
                    ContractGrant.owner_id == owner_id,
                    ContractGrant.grant_hash == grant_hash,
                    ContractGrant.outway_peer_id == owner_id,
                )
            )
        )
        or False
    )


def published(
    session: Session,
    owner_id: str,
    *,
    now: int,
    service_peer_id: str | None,
    name: str | None,
    after: tuple[str, str, str] | None,
    descending: bool,
    limit: int,
) -> list[ContractGrant]:
    """Publication grants in valid contracts of this owner, by provider, service and delegator ("" without one): those that are
    published here if the owner is a Directory, and those that it publishes itself at any Directory (FSC Core, Service listing).

    When several contracts publish the same, the newest counts. Filters are combined with OR (manager.yaml).
    """
    query = (
        select(ContractGrant)
        .join(ContractStatus, status_of(ContractGrant))
        .join(Contract, (Contract.owner_id == ContractGrant.owner_id) & (Contract.content_hash == ContractGrant.content_hash))
        .where(ContractGrant.owner_id == owner_id, usable(now), ContractGrant.directory_peer_id.is_not(None))
    )
    either = []
    if service_peer_id:
        either.append(ContractGrant.service_peer_id == service_peer_id)
    if name:
        either.append(ContractGrant.service_name.icontains(name, autoescape=True))
    if either:
        query = query.where(either[0] if len(either) == 1 else either[0] | either[1])
    key = [ContractGrant.service_peer_id, ContractGrant.service_name, func.coalesce(ContractGrant.delegator_peer_id, "")]
    if after is not None:
        query = query.where(tuple_(*key) < after if descending else tuple_(*key) > after)
    newest = Contract.created_at.desc(), Contract.stored_at.desc(), ContractGrant.content_hash, ContractGrant.position
    order = [part.desc() for part in key] if descending else key
    return list(session.scalars(query.distinct(*key).order_by(*order, *newest).limit(limit)))
