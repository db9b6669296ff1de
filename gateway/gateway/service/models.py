"""Table of services offered by hosted peers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from gateway.db import Base


class OfferedService(Base):
    """A service behind a hosted peer's Inway. `since_generation`: from which nginx configuration on it is there."""

    __tablename__ = "offered_service"

    peer_id: Mapped[str] = mapped_column(ForeignKey("hosted_peer.peer_id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str]
    since_generation: Mapped[int | None]
    created_at: Mapped[datetime]
