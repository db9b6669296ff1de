"""Table of services offered by hosted peers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from gateway.db import Base


class OfferedService(Base):
    """A service behind a hosted peer's Inway. A withdrawn one is not offered until it is registered again.

    Attributes:
        url: http or https origin, without path.
        protocol: PROTOCOL_TCP_HTTP_1.1 or PROTOCOL_TCP_HTTP_2, on both hops to the service.
        ca_pem: root certificates for an https service; None means the system's store.
        since_generation: the first nginx configuration that has it.
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
