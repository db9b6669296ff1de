"""Every query on peers and certificates."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gateway.peer.models import HostedPeer, KnownPeer, PeerCertificate, RemoteCertificate


def hosted(session: Session, peer_id: str) -> HostedPeer | None:
    """A peer hosted here."""
    return session.get(HostedPeer, peer_id)


def all_hosted(session: Session) -> list[HostedPeer]:
    """Every peer hosted here, by Peer ID."""
    return list(session.scalars(select(HostedPeer).order_by(HostedPeer.peer_id)))


def listed() -> Select[HostedPeer]:
    """Query for the peers hosted here, by Peer ID."""
    return select(HostedPeer).order_by(HostedPeer.peer_id)


def listed_known(owner_id: str) -> Select[KnownPeer]:
    """Query for the other peers that a hosted peer knows, by Peer ID."""
    return select(KnownPeer).where(KnownPeer.owner_id == owner_id, KnownPeer.peer_id != owner_id).order_by(KnownPeer.peer_id)


def colliding(session: Session, peer: HostedPeer) -> HostedPeer | None:
    """Another hosted peer that already has a value which must be unique to `peer`."""
    hosts = [peer.manager_host, peer.inway_host]
    return session.scalars(
        select(HostedPeer)
        .where(
            HostedPeer.peer_id != peer.peer_id,
            HostedPeer.manager_host.in_(hosts)
            | HostedPeer.inway_host.in_(hosts)
            | (HostedPeer.outway_listen == peer.outway_listen),
        )
        .limit(1)
    ).first()


def known(session: Session, owner_id: str, peer_id: str) -> KnownPeer | None:
    """A peer that `owner_id` knows."""
    return session.get(KnownPeer, (owner_id, peer_id))


def remember(session: Session, owner_id: str, peer_id: str, name: str, address: str, *, now: datetime, announced: bool) -> bool:
    """Store or renew name and Manager address; an earlier announcement stays recorded. True when name or address changed."""
    before = session.get(KnownPeer, (owner_id, peer_id), with_for_update=True)
    changed = before is None or (before.name, before.manager_address) != (name, address)
    values = {"name": name, "manager_address": address, "updated_at": now}
    if announced:
        values["announced_at"] = now
    session.execute(
        insert(KnownPeer)
        .values(owner_id=owner_id, peer_id=peer_id, **values)
        .on_conflict_do_update(index_elements=["owner_id", "peer_id"], set_=values)
    )
    if before is not None:
        session.expire(before)
    return changed


def announced_among(session: Session, owner_id: str, peer_ids: set[str]) -> set[str]:
    """Which of `peer_ids` have announced themselves at `owner_id`."""
    return set(
        session.scalars(
            select(KnownPeer.peer_id).where(
                KnownPeer.owner_id == owner_id, KnownPeer.peer_id.in_(peer_ids), KnownPeer.announced_at.is_not(None)
            )
        )
    )


def list_known(
    session: Session,
    owner_id: str,
    *,
    name: str | None,
    after: str | None,
    descending: bool,
    limit: int,
) -> list[KnownPeer]:
    """A page of known peers, by Peer ID."""
    query = select(KnownPeer).where(KnownPeer.owner_id == owner_id)
    if name:
        query = query.where(KnownPeer.name.icontains(name, autoescape=True))
    if after is not None:
        query = query.where(KnownPeer.peer_id < after if descending else KnownPeer.peer_id > after)
    order = KnownPeer.peer_id.desc() if descending else KnownPeer.peer_id
    return list(session.scalars(query.order_by(order).limit(limit)))


def names(session: Session, owner_id: str, peer_ids: set[str]) -> dict[str, KnownPeer]:
    """Known peers by id, to show their names and addresses."""
    return {
        peer.peer_id: peer
        for peer in session.scalars(select(KnownPeer).where(KnownPeer.owner_id == owner_id, KnownPeer.peer_id.in_(peer_ids)))
    }


def certificates(session: Session, peer_id: str, component: str) -> list[PeerCertificate]:
    """Public certificates of a component of a hosted peer, newest first."""
    return list(
        session.scalars(
            select(PeerCertificate)
            .where(PeerCertificate.peer_id == peer_id, PeerCertificate.component == component)
            .order_by(PeerCertificate.created_at.desc())
        )
    )


def add_certificate(session: Session, peer_id: str, component: str, thumbprint: str, pem: str, *, now: datetime) -> bool:
    """Store a public certificate; False when it was already stored."""
    return (
        session.scalar(
            insert(PeerCertificate)
            .values(peer_id=peer_id, thumbprint=thumbprint, component=component, pem=pem, created_at=now)
            .on_conflict_do_nothing()
            .returning(PeerCertificate.thumbprint)
        )
        is not None
    )


def remote_certificate(session: Session, peer_id: str, thumbprint: str) -> str | None:
    """A peer's signing certificate (PEM) that was verified before."""
    found = session.get(RemoteCertificate, (peer_id, thumbprint))
    return found.pem if found else None


def add_remote_certificate(session: Session, peer_id: str, thumbprint: str, pem: str, *, now: datetime) -> None:
    """Store a peer's verified signing certificate."""
    session.execute(
        insert(RemoteCertificate).values(peer_id=peer_id, thumbprint=thumbprint, pem=pem, fetched_at=now).on_conflict_do_nothing()
    )
