"""Table of the transaction log."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from gateway.db import Base
from gateway.txlog.record import INCOMING, OUTGOING


class TransactionRecord(Base):
    """One call as one side saw it (FSC Logging, record). Written by the decision process before the call goes on.

    The table has no key, since a key costs on every call; the columns named here as one put records in order. Only the
    Inway can have two with the same: of two calls with one id in the same microsecond.
    """

    __tablename__ = "transaction_record"

    peer_id: Mapped[str] = mapped_column(primary_key=True)
    outgoing: Mapped[bool] = mapped_column(primary_key=True)
    transaction_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(primary_key=True)
    grant_hash: Mapped[str]
    service_name: Mapped[str]
    outway_peer_id: Mapped[str]
    outway_delegator_id: Mapped[str | None]
    service_peer_id: Mapped[str]
    service_delegator_id: Mapped[str | None]
    additional_data: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    trace_id: Mapped[str | None]
    span_id: Mapped[str | None]

    @property
    def direction(self) -> str:
        """As FSC Logging writes it."""
        return OUTGOING if self.outgoing else INCOMING
