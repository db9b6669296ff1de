"""Tables of the Outways: aliases of grants, and remote Inways seen in tokens."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from gateway.db import Base


class GrantAlias(Base):
    """A name for a grant, usable in Fsc-Grant-Hash and as the first label of Host.

    Attributes:
        earlier_grant_hash: the grant that it names until the new grant can be used.
    """

    __tablename__ = "grant_alias"

    peer_id: Mapped[str] = mapped_column(ForeignKey("hosted_peer.peer_id"), primary_key=True)
    alias: Mapped[str] = mapped_column(primary_key=True)
    grant_hash: Mapped[str]
    earlier_grant_hash: Mapped[str | None]
    updated_at: Mapped[datetime]


class RemoteInway(Base):
    """An Inway that a hosted peer's Outway calls, taken from the `aud` of a token."""

    __tablename__ = "remote_inway"

    peer_id: Mapped[str] = mapped_column(ForeignKey("hosted_peer.peer_id"), primary_key=True)
    host: Mapped[str] = mapped_column(primary_key=True)
    port: Mapped[int] = mapped_column(primary_key=True)
    since_generation: Mapped[int | None]
    first_seen: Mapped[datetime]
