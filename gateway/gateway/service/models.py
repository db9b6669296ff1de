"""Table of services offered by hosted peers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from gateway.db import Base


class OfferedService(Base):
    """A service behind a hosted peer's Inway; one that was withdrawn is not offered until it is offered again.

    Attributes:
        url: http or https origin, without path.
        protocol: PROTOCOL_TCP_HTTP_1.1 or PROTOCOL_TCP_HTTP_2, on both hops to the service.
        ca_pem: roots for an https service; None is the system's store.
        since_generation: from which nginx configuration on it is there.
    """

    __tablename__ = "offered_service"

    peer_id: Mapped[str] = mapped_column(ForeignKey("hosted_peer.peer_id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str]
    protocol: Mapped[str]
    openapi_url: Mapped[str | None]
    ca_pem: Mapped[str | None]
    since_generation: Mapped[int | None]
    created_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
