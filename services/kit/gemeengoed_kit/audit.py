"""An audit row for every use case that writes: who did it, on whose behalf, in which call, and what changed."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Identity, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column

from gemeengoed_kit.clock import Clock
from gemeengoed_kit.db import Base


class AuditRow(Base):
    """Insert only; a trigger and the role's rights enforce it."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    op: Mapped[datetime]
    peer_id: Mapped[str | None] = mapped_column(doc="OIN of the calling peer; empty for the service's own jobs")
    delegator_id: Mapped[str | None]
    transactie_id: Mapped[str | None] = mapped_column(index=True, doc="Fsc-Transaction-Id of the call")
    handeling: Mapped[str] = mapped_column(doc="use case, e.g. factuur.vaststellen")
    onderwerp: Mapped[str] = mapped_column(index=True, doc="path of the resource")
    wijziging: Mapped[dict[str, Any]] = mapped_column(JSONB)


# Written as text; idempotency.py says why.
_RECORD = text(
    "INSERT INTO audit (op, peer_id, delegator_id, transactie_id, handeling, onderwerp, wijziging) "
    "VALUES (:op, :peer, :delegator, :transaction, :action, :subject, CAST(:change AS jsonb))"
)


@dataclass(frozen=True)
class Record:
    """What a use case that writes says of it.

    Attributes:
        action: the use case, such as factuur.vaststellen.
        subject: path of the resource.
        change: what changed in it, in the wire format.
        visible_to: labels of who may see it besides who sees everything; the service says what they mean. Empty: nobody.
    """

    action: str
    subject: str
    change: dict[str, Any]
    visible_to: Collection[str] = ()


@dataclass(frozen=True)
class Actor:
    """Who acts: a peer in a call, or the service itself in a job."""

    peer_id: str | None = None
    delegator_id: str | None = None
    transaction_id: str | None = None


def record(session: Session, clock: Clock, actor: Actor, *, action: str, subject: str, change: dict[str, Any]) -> None:
    """Write the audit row in the transaction of the change itself."""
    session.connection().execute(
        _RECORD,
        {
            "op": clock.now(),
            "peer": actor.peer_id,
            "delegator": actor.delegator_id,
            "transaction": actor.transaction_id,
            "action": action,
            "subject": subject,
            "change": json.dumps(change, ensure_ascii=False),
        },
    )
    session.info["audited"] = session.info.get("audited", 0) + 1
