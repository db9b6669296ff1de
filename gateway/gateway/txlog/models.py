"""Table of the transaction log, and a record with everything that its grant says."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Integer
from sqlalchemy.orm import Mapped, mapped_column

from gateway.db import Base
from gateway.txlog.record import INCOMING, OUTGOING


class TransactionRecord(Base):
    """One call as one side saw it (FSC Logging, record). Written by the decision process before the call goes on.

    What is the same for all calls under a grant is in `contract_grant`, where nothing ever changes or goes.
    The table has no key, since a key costs on every call; the columns named here as one put records in order. Only the
    Inway can have two with the same: of two calls with one id in the same microsecond.
    """

    __tablename__ = "transaction_record"

    owner_number: Mapped[int] = mapped_column(Integer, primary_key=True)
    outgoing: Mapped[bool] = mapped_column(primary_key=True)
    transaction_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(primary_key=True)
    grant_number: Mapped[int] = mapped_column(Integer)
    trace_id: Mapped[str | None]
    span_id: Mapped[str | None]


class LoggedCall(NamedTuple):
    """A record as it is read: with what its grant says."""

    transaction_id: uuid.UUID
    created_at: datetime
    outgoing: bool
    trace_id: str | None
    span_id: str | None
    grant_hash: str
    service_name: str
    outway_peer_id: str
    outway_delegator_id: str | None
    service_peer_id: str
    service_delegator_id: str | None
    additional_data: dict[str, Any] | None

    @property
    def direction(self) -> str:
        """As FSC Logging writes it."""
        return OUTGOING if self.outgoing else INCOMING
