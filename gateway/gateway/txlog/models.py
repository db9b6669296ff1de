"""The table of the transaction log, and a record together with the data of its grant."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Integer
from sqlalchemy.orm import Mapped, mapped_column

from gateway.db import Base
from gateway.txlog.record import INCOMING, OUTGOING


class TransactionRecord(Base):
    """One call as one side saw it (FSC Logging, record). The decision process writes it before the call passes.

    Data that all calls under a grant share is in `contract_grant`, where rows never change or disappear. The table has no
    primary key, since that would cost time on every call; the columns named here as the key put records in order. Only the
    Inway can have two records with the same values: two calls with one id in the same microsecond.
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
    """A record as it is read, together with the data of its grant."""

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
        """The direction, as FSC Logging writes it."""
        return OUTGOING if self.outgoing else INCOMING
