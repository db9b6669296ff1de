"""Table of acceptance rules."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from gateway.db import Base


class AcceptRule(Base):
    """A rule by which a hosted peer accepts contracts automatically: patterns for the grants, and how many days the contract
    may last."""

    __tablename__ = "accept_rule"

    peer_id: Mapped[str] = mapped_column(ForeignKey("hosted_peer.peer_id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    grants: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    max_days: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
