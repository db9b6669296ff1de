"""Every query on contracts, signatures and deliveries."""

from __future__ import annotations

import itertools
import json
import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gateway.contract.content import Content
from gateway.contract.models import Contract, ContractAssessment, ContractGrant, ContractSignature, ContractStatus, Delivery
from gateway.names import SignatureType, State

_PAGE_BYTES = 8 * 2**20
_WAITING = (Delivery.delivered_at.is_(None), Delivery.given_up_at.is_(None))


def status_of(of: type[Contract] | type[ContractGrant]) -> ColumnElement[bool]:
    """SQL: the status belongs to this contract."""
    return (ContractStatus.owner_id == of.owner_id) & (ContractStatus.content_hash == of.content_hash)


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


def listed(owner_id: str, state: State | None, now: int, *, begin: str | None = None) -> Select[Contract]:
    """Query for an owner's contracts, newest first; optionally only those in one state, or whose hash begins with `begin`."""
    query = select(Contract).where(Contract.owner_id == owner_id, *([_begins_with(begin)] if begin is not None else []))
    if state is not None:
        query = query.join(ContractStatus, status_of(Contract)).where(in_state(state, now))
    return query.order_by(Contract.created_at.desc(), Contract.content_hash)


def _begins_with(named: str) -> ColumnElement[bool]:
    """SQL: the contract's hash begins with this; `$1$1$` and the dashes after it are ignored on both sides."""
    without_dashes = func.ltrim(func.substr(Contract.content_hash, len("$1$1$") + 1), "-")
    return without_dashes.startswith(named.removeprefix("$1$1$").lstrip("-"), autoescape=True)


def add(session: Session, owner_id: str, content: Content, *, now: datetime) -> bool:
    """Store a contract with its grants; False when it was already stored.

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
                "delegator_peer_id": grant.delegator_peer_id,
                "service_delegator_id": grant.service_delegator_peer_id,
                "external_contract": grant.external_contract,
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


def held(session: Session, owner_id: str, hashes: Iterable[str]) -> dict[str, Contract]:
    """The contracts of an owner with these hashes, by hash."""
    query = select(Contract).where(Contract.owner_id == owner_id, Contract.content_hash.in_(list(hashes)))
    return {contract.content_hash: contract for contract in session.scalars(query)}


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
    """Store a verified signature. It replaces the peer's earlier one of the same kind (certificate renewal), but only if it is
    newer: deliveries may overtake each other."""
    values = {"jws": jws, "signed_at": signed_at, "certificate_not_after": certificate_not_after, "received_at": now}
    fresh = insert(ContractSignature).values(owner_id=owner_id, content_hash=content_hash, peer_id=peer_id, type=kind, **values)
    session.execute(
        fresh.on_conflict_do_update(
            index_elements=["owner_id", "content_hash", "peer_id", "type"],
            set_=values,
            where=fresh.excluded.signed_at >= ContractSignature.signed_at,
        )
    )


def own_signatures_in_use(session: Session, owner_id: str, *, now: int) -> list[tuple[str, list[str], str, str]]:
    """The owner's signatures that are still needed: accepts of contracts that nobody ended, and rejects and revokes that were
    not delivered to every party yet. Content hash, parties, kind and JWS, by content hash. `now` in Unix seconds."""
    own = (
        (ContractSignature.owner_id == Contract.owner_id)
        & (ContractSignature.content_hash == Contract.content_hash)
        & (ContractSignature.peer_id == Contract.owner_id)
    )
    untold = exists().where(
        Delivery.owner_id == Contract.owner_id,
        Delivery.content_hash == Contract.content_hash,
        Delivery.kind == ContractSignature.type,
        *_WAITING,
    )
    accepts = ContractSignature.type == SignatureType.ACCEPT
    query = (
        select(Contract.content_hash, Contract.parties, ContractSignature.type, ContractSignature.jws)
        .join(ContractSignature, own)
        .join(ContractStatus, status_of(Contract))
        .where(
            Contract.owner_id == owner_id,
            ContractStatus.not_after > now,
            (accepts & ~ContractStatus.ended) | (~accepts & untold),
        )
        .order_by(Contract.content_hash, ContractSignature.type)
    )
    return [(content_hash, parties, kind, jws) for content_hash, parties, kind, jws in session.execute(query)]


def proposed_with(session: Session, owner_id: str, party: str, *, now: int, limit: int) -> list[Contract]:
    """Contracts of this owner with `party` that still wait for a signature at `now` (Unix seconds): the newest ones, in order
    of hash."""
    newest = listed(owner_id, State.PROPOSED, now).where(Contract.parties.contains([party])).limit(limit)
    return sorted(session.scalars(newest), key=lambda row: row.content_hash)


def running_with(session: Session, owner_id: str, *, now: int) -> set[str]:
    """The parties to contracts of this owner that have not ended at `now` (Unix seconds)."""
    parties = (
        select(func.unnest(Contract.parties))
        .join(ContractStatus, status_of(Contract))
        .where(Contract.owner_id == owner_id, ~ContractStatus.ended, ContractStatus.not_after > now)
    )
    return set(session.scalars(parties.distinct()))


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


def with_grants(session: Session, owner_id: str, grant_hashes: list[str], *, party: str) -> list[Contract]:
    """All contracts of which `party` is a party and that have one of these grants, newest first."""
    query = (
        select(Contract)
        .where(Contract.owner_id == owner_id, Contract.parties.contains([party]))
        .where(exists().where(_of_contract(), ContractGrant.grant_hash.in_(grant_hashes)))
    )
    return list(session.scalars(query.order_by(Contract.created_at.desc(), Contract.content_hash.desc())))


def page(
    session: Session,
    owner_id: str,
    *,
    party: str,
    after: tuple[int, str] | None,
    descending: bool,
    limit: int,
    grant_type: str | None = None,
) -> tuple[list[Contract], bool]:
    """Contracts of which `party` is a party, by creation, and whether there are more: a page ends at `limit` or at 8 MiB of
    content."""
    query = select(Contract).where(Contract.owner_id == owner_id, Contract.parties.contains([party]))
    key = tuple_(Contract.created_at, Contract.content_hash)
    order = (
        [Contract.created_at.desc(), Contract.content_hash.desc()] if descending else [Contract.created_at, Contract.content_hash]
    )
    if grant_type is not None:
        query = query.where(exists().where(_of_contract(), ContractGrant.grant_type == grant_type))
    if after is not None:
        query = query.where(key < after if descending else key > after)
    sizes = query.with_only_columns(Contract.content_hash, func.octet_length(Contract.content))
    found = session.execute(sizes.order_by(*order).limit(limit + 1)).all()
    sums = itertools.accumulate(size for _, size in found[:limit])
    shown = [row[0] for row, total in zip(found, sums, strict=False) if total <= _PAGE_BYTES or row is found[0]]
    rows = select(Contract).where(Contract.owner_id == owner_id, Contract.content_hash.in_(shown))
    return list(session.scalars(rows.order_by(*order))), len(found) > len(shown)


def _of_contract() -> ColumnElement[bool]:
    return (ContractGrant.owner_id == Contract.owner_id) & (ContractGrant.content_hash == Contract.content_hash)


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
    """Queue a message to another Manager; it is sent after this transaction commits."""
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


def lease(
    session: Session, *, now: datetime, until: datetime, limit: int, per_destination: int, leave_out: list[str]
) -> list[Delivery]:
    """Lease at most `limit` deliveries that are due, and at most `per_destination` for each destination (Peer ID, or address of
    a Directory); no other process takes them before `until`."""
    destination = func.coalesce(Delivery.to_peer_id, Delivery.to_address)
    due = (
        Delivery.delivered_at.is_(None)
        & Delivery.given_up_at.is_(None)
        & (Delivery.next_attempt_at <= now)
        & (Delivery.leased_until.is_(None) | (Delivery.leased_until < now))
        & destination.not_in(leave_out)
    )
    order = (Delivery.next_attempt_at, Delivery.id)
    place = func.row_number().over(partition_by=destination, order_by=order)
    ranked = select(Delivery.id, Delivery.next_attempt_at, place.label("place")).where(due).subquery()
    first = select(ranked.c.id).where(ranked.c.place <= per_destination).order_by(ranked.c.next_attempt_at, ranked.c.id)
    free = select(Delivery.id).where(Delivery.id.in_(first.limit(limit)), due).with_for_update(skip_locked=True)
    return list(
        session.scalars(
            update(Delivery).where(Delivery.id.in_(free.scalar_subquery())).values(leased_until=until).returning(Delivery)
        )
    )


def supersede(session: Session, owner_id: str, content_hash: str, kind: str, *, now: datetime) -> dict[str, str]:
    """Drop deliveries with an own signature of this kind that were not delivered yet, since a newer signature replaces it.
    Returns by party how to send the new one: an accept goes with the offer where the offer was not delivered yet."""
    dropped = session.execute(
        update(Delivery)
        .where(
            Delivery.owner_id == owner_id,
            Delivery.content_hash == content_hash,
            Delivery.kind.in_([kind, "submit"] if kind == SignatureType.ACCEPT else [kind]),
            *_WAITING,
        )
        .values(given_up_at=now, last_error="vervangen door een handtekening met het nieuwe certificaat")
        .returning(Delivery.to_peer_id, Delivery.kind)
    )
    # "submit" sorts after "accept", so it wins where both were waiting.
    return {party: told for party, told in sorted((row.to_peer_id, row.kind) for row in dropped) if party}


def announcements(session: Session, owner_id: str) -> list[Delivery]:
    """Announcements of a hosted peer at Directories, oldest first."""
    return list(
        session.scalars(
            select(Delivery)
            .where(Delivery.owner_id == owner_id, Delivery.kind == "announce", Delivery.to_peer_id.is_(None))
            .order_by(Delivery.id)
        )
    )


def deliveries(session: Session, owner_id: str, hashes: Iterable[str]) -> dict[str, list[Delivery]]:
    """All deliveries about each contract, oldest first."""
    found: dict[str, list[Delivery]] = defaultdict(list)
    for row in session.scalars(
        select(Delivery).where(Delivery.owner_id == owner_id, Delivery.content_hash.in_(list(hashes))).order_by(Delivery.id)
    ):
        found[row.content_hash or ""].append(row)
    return found


def assessments(session: Session, owner_id: str, hashes: Iterable[str]) -> dict[str, list[ContractAssessment]]:
    """The decisions about each contract, oldest first."""
    found: dict[str, list[ContractAssessment]] = defaultdict(list)
    for row in session.scalars(
        select(ContractAssessment)
        .where(ContractAssessment.owner_id == owner_id, ContractAssessment.content_hash.in_(list(hashes)))
        .order_by(ContractAssessment.id)
    ):
        found[row.content_hash].append(row)
    return found


def add_assessment(
    session: Session, owner_id: str, content_hash: str, *, decision: str, decided_by: str, reason: str, now: datetime
) -> None:
    """Record a decision about a contract; kept forever."""
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
