"""Table of the transaction log."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from gateway.db import Base


class TransactionRecord(Base):
    """One call as one side saw it (FSC Logging, record). Written by the decision process before the call goes on."""

    __tablename__ = "transaction_record"

    id: Mapped[int] = mapped_column(primary_key=True)
    peer_id: Mapped[str]
    direction: Mapped[str]
    transaction_id: Mapped[uuid.UUID]
    grant_hash: Mapped[str]
    service_name: Mapped[str]
    outway_peer_id: Mapped[str]
    outway_delegator_id: Mapped[str | None]
    service_peer_id: Mapped[str]
    service_delegator_id: Mapped[str | None]
    created_at: Mapped[datetime]
