"""Table of limits on calls."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from gateway.db import Base
from gateway.limit.rules import Kind, Limit


class CallLimit(Base):
    """Limits at the Inway of `peer_id`; `subject` is the name of a service, or the Peer ID of a caller."""

    __tablename__ = "call_limit"

    peer_id: Mapped[str] = mapped_column(ForeignKey("hosted_peer.peer_id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    calls_per_second: Mapped[int | None]
    burst: Mapped[int | None]
    concurrency: Mapped[int | None]
    max_body_bytes: Mapped[int | None]
    timeout_seconds: Mapped[int | None]
    since_generation: Mapped[int | None]
    updated_at: Mapped[datetime]

    @property
    def limit(self) -> Limit:
        return Limit(
            self.calls_per_second,
            self.burst,
            self.concurrency,
            self.max_body_bytes,
            self.timeout_seconds,
            self.since_generation,
        )

    @property
    def key(self) -> tuple[Kind, str]:
        return Kind(self.kind), self.subject
