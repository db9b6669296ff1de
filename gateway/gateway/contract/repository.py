"""Every query on contracts, signatures and deliveries."""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gateway.contract.content import Content
from gateway.contract.models import Contract, ContractAssessment, ContractGrant, ContractSignature, ContractStatus, Delivery
from gateway.names import GrantType, State


def usable(now: int) -> ColumnElement[bool]:
    """SQL: the contract's grants may be used at `now` (Unix seconds)."""
    return (
        ContractStatus.complete
        & ~ContractStatus.ended
        & (ContractStatus.not_before <= now)
        & (ContractStatus.not_after > now)
        & (ContractStatus.accepted_until > now)
    )


def in_state(state: State, now: int) -> ColumnElement[bool]:
    """SQL: the contract is in `state` at `now` (Unix seconds); the same as `rules.derive_state`."""
    complete = ContractStatus.complete & (ContractStatus.accepted_until > func.least(ContractStatus.not_after, now))
    past = ContractStatus.not_after <= now
    if state is State.REVOKED:
        return ContractStatus.revoked.is_(True)
    if state is State.REJECTED:
        return ~ContractStatus.revoked & (ContractStatus.ended | (past & ~func.coalesce(complete, False)))
    wanted = complete if state in (State.VALID, State.EXPIRED) else ~func.coalesce(complete, False)
    return ~ContractStatus.ended & wanted & (past if state is State.EXPIRED else ~past)


def listed(owner_id: str, state: State | None, now: int) -> Select[Contract]:
    """Query for an owner's contracts, newest first, perhaps only those in one state."""
    query = select(Contract).where(Contract.owner_id == owner_id)
    if state is not None:
        query = query.join(
            ContractStatus,
            (ContractStatus.owner_id == Contract.owner_id) & (ContractStatus.content_hash == Contract.content_hash),
        ).where(in_state(state, now))
    return query.order_by(Contract.created_at.desc(), Contract.content_hash)


def add(session: Session, owner_id: str, content: Content, *, now: datetime) -> bool:
    """Store a contract with its grants; False when it was there already.

    Raises:
        sqlalchemy.exc.IntegrityError: another contract of this owner has the same iv.
    """
    new = session.scalar(
        insert(Contract)
        .values(
            owner_id=owner_id,
            content_hash=content.hash,
            content=content.text,
            iv=uuid.UUID(content.iv),
            parties=sorted(content.parties),
            not_before=content.not_before,
            not_after=content.not_after,
            created_at=content.created_at,
            stored_at=now,
        )
        .on_conflict_do_nothing(index_elements=["owner_id", "content_hash"])
        .returning(Contract.content_hash)
    )
    if new is None:
        return False
    session.execute(
        insert(ContractGrant),
        [
            {
                "owner_id": owner_id,
                "content_hash": content.hash,
                "position": position,
                "grant_hash": grant.hash,
                "grant_type": str(grant.type),
                "service_peer_id": grant.service_peer_id,
                "service_name": grant.service_name,
                "outway_peer_id": grant.outway_peer_id,
                "directory_peer_id": grant.directory_peer_id,
                "data": json.dumps(grant.data, ensure_ascii=False),
            }
            for position, grant in enumerate(content.grants)
        ],
    )
    return True


def iv_taken(session: Session, owner_id: str, content: Content) -> bool:
    """Whether another contract of this owner has the same iv (C1)."""
    return (
        session.scalar(
            select(
                exists().where(
                    Contract.owner_id == owner_id, Contract.iv == uuid.UUID(content.iv), Contract.content_hash != content.hash
                )
            )
        )
        or False
    )


def get(session: Session, owner_id: str, content_hash: str) -> Contract | None:
    """One contract as its owner holds it."""
    return session.get(Contract, (owner_id, content_hash))


def put_signature(
    session: Session,
    owner_id: str,
    content_hash: str,
    peer_id: str,
    kind: str,
    jws: str,
    *,
    signed_at: int,
    certificate_not_after: int,
    now: datetime,
) -> None:
    """Store a verified signature; it replaces the peer's earlier one of the same kind (certificate renewal)."""
    values = {"jws": jws, "signed_at": signed_at, "certificate_not_after": certificate_not_after, "received_at": now}
    session.execute(
        insert(ContractSignature)
        .values(owner_id=owner_id, content_hash=content_hash, peer_id=peer_id, type=kind, **values)
        .on_conflict_do_update(index_elements=["owner_id", "content_hash", "peer_id", "type"], set_=values)
    )


def signatures(session: Session, owner_id: str, hashes: Iterable[str]) -> dict[str, list[ContractSignature]]:
    """Signatures per contract."""
    found: dict[str, list[ContractSignature]] = defaultdict(list)
    for row in session.scalars(
        select(ContractSignature).where(ContractSignature.owner_id == owner_id, ContractSignature.content_hash.in_(list(hashes)))
    ):
        found[row.content_hash].append(row)
    return found


def grants(session: Session, owner_id: str, hashes: Iterable[str]) -> dict[str, list[ContractGrant]]:
    """Grants per contract, in the contract's order."""
    found: dict[str, list[ContractGrant]] = defaultdict(list)
    for row in session.scalars(
        select(ContractGrant)
        .where(ContractGrant.owner_id == owner_id, ContractGrant.content_hash.in_(list(hashes)))
        .order_by(ContractGrant.content_hash, ContractGrant.position)
    ):
        found[row.content_hash].append(row)
    return found


def page(
    session: Session,
    owner_id: str,
    *,
    party: str | None,
    after: tuple[int, str] | None,
    descending: bool,
    limit: int,
    grant_type: str | None = None,
    grant_hashes: list[str] | None = None,
) -> list[Contract]:
    """Contracts by creation; `party`: only those it is in; `grant_hashes` overrides paging and type (manager.yaml)."""
    query = select(Contract).where(Contract.owner_id == owner_id)
    if party is not None:
        query = query.where(Contract.parties.contains([party]))
    key = tuple_(Contract.created_at, Contract.content_hash)
    order = (
        [Contract.created_at.desc(), Contract.content_hash.desc()] if descending else [Contract.created_at, Contract.content_hash]
    )
    of_contract = (ContractGrant.owner_id == owner_id) & (ContractGrant.content_hash == Contract.content_hash)
    if grant_hashes:
        query = query.where(exists().where(of_contract, ContractGrant.grant_hash.in_(grant_hashes)))
        return list(session.scalars(query.order_by(*order)))
    if grant_type is not None:
        query = query.where(exists().where(of_contract, ContractGrant.grant_type == grant_type))
    if after is not None:
        query = query.where(key < after if descending else key > after)
    return list(session.scalars(query.order_by(*order).limit(limit)))


def usable_grant(session: Session, owner_id: str, grant_hash: str, *, now: int) -> ContractGrant | None:
    """The connection grant with this hash in a contract valid at `now` (Unix seconds)."""
    return session.scalars(
        _with_status(owner_id)
        .where(
            ContractGrant.grant_hash == grant_hash,
            usable(now),
            ContractGrant.grant_type.in_([GrantType.CONNECTION, GrantType.DELEGATED_CONNECTION]),
        )
        .limit(1)
    ).first()


def has_outway_grant(session: Session, owner_id: str, grant_hash: str) -> bool:
    """Whether a contract of this owner, valid or not, gives its own Outway this grant."""
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
    directory_id: str,
    *,
    now: int,
    service_peer_id: str | None,
    name: str | None,
    after: tuple[str, str] | None,
    descending: bool,
    limit: int,
) -> list[ContractGrant]:
    """Publication grants in valid contracts of a Directory, by provider and service; filters are OR-ed (manager.yaml)."""
    query = _with_status(directory_id).where(usable(now), ContractGrant.directory_peer_id == directory_id)
    either = []
    if service_peer_id:
        either.append(ContractGrant.service_peer_id == service_peer_id)
    if name:
        either.append(ContractGrant.service_name.icontains(name, autoescape=True))
    if either:
        query = query.where(either[0] if len(either) == 1 else either[0] | either[1])
    key = tuple_(ContractGrant.service_peer_id, ContractGrant.service_name)
    if after is not None:
        query = query.where(key < after if descending else key > after)
    columns = [ContractGrant.service_peer_id, ContractGrant.service_name]
    order = [column.desc() for column in columns] if descending else columns
    return list(session.scalars(query.distinct(*columns).order_by(*order, ContractGrant.content_hash).limit(limit)))


def _with_status(owner_id: str) -> Select[ContractGrant]:
    return (
        select(ContractGrant)
        .join(
            ContractStatus,
            (ContractStatus.owner_id == ContractGrant.owner_id) & (ContractStatus.content_hash == ContractGrant.content_hash),
        )
        .where(ContractGrant.owner_id == owner_id)
    )


def add_delivery(
    session: Session,
    owner_id: str,
    *,
    kind: str,
    now: datetime,
    to_peer_id: str | None = None,
    to_address: str | None = None,
    content_hash: str | None = None,
    jws: str | None = None,
) -> None:
    """Queue something to tell another Manager; sent after this transaction commits."""
    session.add(
        Delivery(
            owner_id=owner_id,
            kind=kind,
            to_peer_id=to_peer_id,
            to_address=to_address,
            content_hash=content_hash,
            jws=jws,
            attempts=0,
            next_attempt_at=now,
            created_at=now,
        )
    )


def announcements(session: Session, owner_id: str) -> list[Delivery]:
    """Announcements of a hosted peer, oldest first."""
    return list(
        session.scalars(select(Delivery).where(Delivery.owner_id == owner_id, Delivery.kind == "announce").order_by(Delivery.id))
    )


def deliveries(session: Session, owner_id: str, hashes: Iterable[str]) -> dict[str, list[Delivery]]:
    """What had to be told about each contract, oldest first."""
    found: dict[str, list[Delivery]] = defaultdict(list)
    for row in session.scalars(
        select(Delivery).where(Delivery.owner_id == owner_id, Delivery.content_hash.in_(list(hashes))).order_by(Delivery.id)
    ):
        found[row.content_hash or ""].append(row)
    return found


def add_assessment(
    session: Session, owner_id: str, content_hash: str, *, decision: str, decided_by: str, reason: str, now: datetime
) -> None:
    """Write down a decision about a contract; kept for ever."""
    session.add(
        ContractAssessment(
            owner_id=owner_id,
            content_hash=content_hash,
            decision=decision,
            decided_by=decided_by,
            reason=reason,
            decided_at=now,
        )
    )
