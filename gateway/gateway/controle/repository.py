"""What the doctor reads from the database, for all hosted peers at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from gateway.contract.grants import usable
from gateway.contract.models import Contract, ContractGrant, ContractSignature, ContractStatus, Delivery
from gateway.names import GrantType, SignatureType
from gateway.outway.models import GrantAlias, RemoteInway
from gateway.peer.models import HostedPeer, KnownPeer
from gateway.service.models import OfferedService
from gateway.txlog.partitions import months_ahead

STUCK_ATTEMPTS = 3
"""Failed attempts after which the doctor reports a delivery."""
_CONNECTIONS = [GrantType.CONNECTION, GrantType.DELEGATED_CONNECTION]


@dataclass(frozen=True)
class Running:
    """A contract that nobody ended: who accepted it, and until when (Unix seconds) all those accepts are valid."""

    contract: Contract
    accepted: frozenset[str]
    accepted_until: int | None


@dataclass(frozen=True)
class Situation:
    """Everything that the doctor examines, as it was at one moment."""

    database_now: datetime
    months_ahead: int
    peers: list[HostedPeer]
    known: list[KnownPeer]
    services: list[OfferedService]
    inways: list[RemoteInway]
    announced: set[str]
    stuck: list[Delivery]
    contracts: list[Running]
    outgoing: list[ContractGrant]
    dead_aliases: list[GrantAlias]


def read(session: Session, now: datetime) -> Situation:
    """The situation at `now`."""
    seconds = int(now.timestamp())
    return Situation(
        session.execute(select(func.clock_timestamp())).scalar_one(),
        months_ahead(session, now),
        list(session.scalars(select(HostedPeer).where(HostedPeer.disabled_at.is_(None)).order_by(HostedPeer.peer_id))),
        _known(session),
        list(session.scalars(select(OfferedService).where(OfferedService.withdrawn_at.is_(None)))),
        list(session.scalars(select(RemoteInway).ext(distinct_on(RemoteInway.host, RemoteInway.port)))),
        set(session.scalars(select(Delivery.owner_id).where(Delivery.kind == "announce", Delivery.delivered_at.is_not(None)))),
        _stuck(session),
        _running(session, seconds),
        _outgoing(session, seconds),
        _dead_aliases(session, seconds),
    )


def _known(session: Session) -> list[KnownPeer]:
    """Every Manager address of another peer once, even if several hosted peers know it."""
    return list(
        session.scalars(
            select(KnownPeer)
            .join(HostedPeer, (HostedPeer.peer_id == KnownPeer.owner_id) & HostedPeer.disabled_at.is_(None))
            .where(KnownPeer.peer_id != KnownPeer.owner_id)
            .ext(distinct_on(KnownPeer.manager_address))
            .order_by(KnownPeer.manager_address, KnownPeer.owner_id)
        )
    )


def _stuck(session: Session) -> list[Delivery]:
    query = select(Delivery).where(
        Delivery.delivered_at.is_(None), Delivery.given_up_at.is_(None), Delivery.attempts >= STUCK_ATTEMPTS
    )
    return list(session.scalars(query.order_by(Delivery.id)))


def _running(session: Session, now: int) -> list[Running]:
    """Contracts that nobody ended and that have not expired."""
    accepted = (
        select(func.array_agg(ContractSignature.peer_id))
        .where(
            ContractSignature.owner_id == Contract.owner_id,
            ContractSignature.content_hash == Contract.content_hash,
            ContractSignature.type == SignatureType.ACCEPT,
            ContractSignature.certificate_not_after > now,
        )
        .scalar_subquery()
    )
    rows = session.execute(
        select(Contract, accepted, ContractStatus.accepted_until)
        .join(
            ContractStatus,
            (ContractStatus.owner_id == Contract.owner_id) & (ContractStatus.content_hash == Contract.content_hash),
        )
        .where(~ContractStatus.ended, ContractStatus.not_after > now)
        .order_by(Contract.owner_id, Contract.created_at)
    )
    return [Running(contract, frozenset(signed or ()), until) for contract, signed, until in rows]


def _outgoing(session: Session, now: int) -> list[ContractGrant]:
    """Grants that hosted Outways may use now."""
    query = (
        select(ContractGrant)
        .join(
            ContractStatus,
            (ContractStatus.owner_id == ContractGrant.owner_id) & (ContractStatus.content_hash == ContractGrant.content_hash),
        )
        .where(ContractGrant.outway_peer_id == ContractGrant.owner_id, ContractGrant.grant_type.in_(_CONNECTIONS), usable(now))
    )
    return list(session.scalars(query))


def _dead_aliases(session: Session, now: int) -> list[GrantAlias]:
    living = exists().where(
        ContractGrant.owner_id == GrantAlias.peer_id,
        ContractGrant.grant_hash == GrantAlias.grant_hash,
        ContractStatus.owner_id == ContractGrant.owner_id,
        ContractStatus.content_hash == ContractGrant.content_hash,
        ~ContractStatus.ended,
        ContractStatus.not_after > now,
    )
    return list(session.scalars(select(GrantAlias).where(~living).order_by(GrantAlias.peer_id, GrantAlias.alias)))
