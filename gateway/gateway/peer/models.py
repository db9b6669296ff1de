"""Tables: peers hosted in this deployment, their public certificates, and the peers that each of them knows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Identity, Integer
from sqlalchemy.orm import Mapped, mapped_column

from gateway.db import Base


class HostedPeer(Base):
    """A peer whose Manager, Inway and Outway run here. Hosts are DNS names, `outway_listen` is host:port.

    `clients_required`: only known clients may use its Outway. `disabled_at`: since then nothing of it is served. `number`: its
    number in the transaction log; therefore a peer is never deleted.
    """

    __tablename__ = "hosted_peer"

    peer_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    manager_host: Mapped[str]
    inway_host: Mapped[str]
    outway_host: Mapped[str]
    outway_listen: Mapped[str]
    directory: Mapped[bool]
    auto_accept_publication: Mapped[bool]
    clients_required: Mapped[bool] = mapped_column(default=False)
    disabled_at: Mapped[datetime | None]
    number: Mapped[int] = mapped_column(Integer, Identity(always=True))
    created_at: Mapped[datetime]


class PeerCertificate(Base):
    """A public certificate of a hosted peer. Old ones are kept: contracts signed with them are still in use."""

    __tablename__ = "peer_certificate"

    peer_id: Mapped[str] = mapped_column(ForeignKey("hosted_peer.peer_id"), primary_key=True)
    thumbprint: Mapped[str] = mapped_column(primary_key=True)
    component: Mapped[str]
    pem: Mapped[str]
    created_at: Mapped[datetime]


class KnownPeer(Base):
    """A peer with which a hosted peer (owner) has a contract, or that announced itself to it (FSC Core, M6)."""

    __tablename__ = "known_peer"

    owner_id: Mapped[str] = mapped_column(ForeignKey("hosted_peer.peer_id"), primary_key=True)
    peer_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    manager_address: Mapped[str]
    announced_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]


class RemoteCertificate(Base):
    """A signing certificate of a peer; its chain was verified when it was fetched from that peer's JWKS."""

    __tablename__ = "remote_certificate"

    peer_id: Mapped[str] = mapped_column(primary_key=True)
    thumbprint: Mapped[str] = mapped_column(primary_key=True)
    pem: Mapped[str]
    fetched_at: Mapped[datetime]
