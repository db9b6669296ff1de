"""Every query on clients of Outways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Select, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gateway.client.models import ClientGrant, OutwayClient


def listed(peer_id: str) -> Select[OutwayClient]:
    """Query for a peer's clients, by name."""
    return select(OutwayClient).where(OutwayClient.peer_id == peer_id).order_by(OutwayClient.name)


def get(session: Session, peer_id: str, name: str) -> OutwayClient | None:
    """One client."""
    return session.get(OutwayClient, (peer_id, name))


def with_secret(session: Session, secret_sha256: str) -> OutwayClient | None:
    """The client, of any peer, that has this secret."""
    return session.scalars(select(OutwayClient).where(OutwayClient.secret_sha256 == secret_sha256)).first()


def grants(session: Session, peer_id: str, names: Iterable[str]) -> dict[str, list[str]]:
    """Grant hashes per client."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in session.scalars(
        select(ClientGrant)
        .where(ClientGrant.peer_id == peer_id, ClientGrant.client_name.in_(list(names)))
        .order_by(ClientGrant.grant_hash)
    ):
        found[row.client_name].append(row.grant_hash)
    return found


def set_grants(session: Session, peer_id: str, name: str, hashes: Iterable[str]) -> None:
    """Let a client use exactly these grants."""
    session.execute(delete(ClientGrant).where(ClientGrant.peer_id == peer_id, ClientGrant.client_name == name))
    rows = [{"peer_id": peer_id, "client_name": name, "grant_hash": one} for one in sorted(set(hashes))]
    if rows:
        session.execute(insert(ClientGrant), rows)


def remove(session: Session, peer_id: str, name: str) -> bool:
    """Remove a client; False when there was none."""
    gone = session.scalar(
        delete(OutwayClient).where(OutwayClient.peer_id == peer_id, OutwayClient.name == name).returning(OutwayClient.name)
    )
    return gone is not None
