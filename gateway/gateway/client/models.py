"""Tables of an Outway's clients."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from gateway.db import Base


class OutwayClient(Base):
    """An application that may use a peer's Outway; only the SHA-256 (hex) of its secret is stored.

    `default_grant`: the grant (hash) for calls that name none.
    """

    __tablename__ = "outway_client"

    peer_id: Mapped[str] = mapped_column(ForeignKey("hosted_peer.peer_id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    description: Mapped[str]
    secret_sha256: Mapped[str]
    default_grant: Mapped[str | None]
    created_at: Mapped[datetime]
    blocked_at: Mapped[datetime | None]


class ClientGrant(Base):
    """A grant (hash) that a client may use."""

    __tablename__ = "outway_client_grant"

    peer_id: Mapped[str] = mapped_column(primary_key=True)
    client_name: Mapped[str] = mapped_column(primary_key=True)
    grant_hash: Mapped[str] = mapped_column(primary_key=True)
