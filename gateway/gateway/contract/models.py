"""Tables of contracts. Each hosted peer (owner) has its own copy, as peers in different deployments would."""

from __future__ import annotations

import json
import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Identity, Integer, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from gateway.contract.content import Grant
from gateway.db import Base


class Contract(Base):
    """Content as received (text, never rewritten), its hash and its parties. Rows are only inserted."""

    __tablename__ = "contract"

    owner_id: Mapped[str] = mapped_column(ForeignKey("hosted_peer.peer_id"), primary_key=True)
    content_hash: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[str]
    iv: Mapped[uuid.UUID]
    parties: Mapped[list[str]] = mapped_column(ARRAY(Text))
    not_before: Mapped[int]
    not_after: Mapped[int]
    created_at: Mapped[int]
    stored_at: Mapped[datetime]


class ContractGrant(Base):
    """One grant of a contract, in the contract's order. `data` is its JSON, `number` is its number in the transaction log. Rows
    are only inserted."""

    __tablename__ = "contract_grant"

    owner_id: Mapped[str] = mapped_column(primary_key=True)
    content_hash: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    grant_hash: Mapped[str]
    grant_type: Mapped[str]
    service_peer_id: Mapped[str]
    service_name: Mapped[str]
    outway_peer_id: Mapped[str | None]
    directory_peer_id: Mapped[str | None]
    delegator_peer_id: Mapped[str | None]
    service_delegator_id: Mapped[str | None]
    external_contract: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    data: Mapped[str]
    number: Mapped[int] = mapped_column(Integer, Identity(always=True))

    @property
    def grant(self) -> Grant:
        """The grant as the rules use it."""
        return Grant(json.loads(self.data), self.grant_hash)


class ContractSignature(Base):
    """A verified signature; a renewed one of the same peer and kind replaces it."""

    __tablename__ = "contract_signature"

    owner_id: Mapped[str] = mapped_column(primary_key=True)
    content_hash: Mapped[str] = mapped_column(primary_key=True)
    peer_id: Mapped[str] = mapped_column(primary_key=True)
    type: Mapped[str] = mapped_column(primary_key=True)
    jws: Mapped[str]
    signed_at: Mapped[int]
    certificate_not_after: Mapped[int]
    received_at: Mapped[datetime]


class ContractStatus(Base):
    """View: the status that follows from a contract's signatures. Valid when complete, not ended, and now lies in [not_before,
    min(not_after, accepted_until)); the same as `rules.derive_state`."""

    __tablename__ = "contract_status"

    owner_id: Mapped[str] = mapped_column(primary_key=True)
    content_hash: Mapped[str] = mapped_column(primary_key=True)
    not_before: Mapped[int]
    not_after: Mapped[int]
    complete: Mapped[bool]
    ended: Mapped[bool]
    revoked: Mapped[bool]
    accepted_until: Mapped[int | None]


class Delivery(Base):
    """A message to another Manager that is still to be sent: transactional outbox, written together with the signature."""

    __tablename__ = "delivery"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[str]
    kind: Mapped[str]
    to_peer_id: Mapped[str | None]
    to_address: Mapped[str | None]
    content_hash: Mapped[str | None]
    jws: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    created_at: Mapped[datetime]


class ContractAssessment(Base):
    """A decision about a contract: what, by whom (a person's role or a rule) and why. Rows are only inserted."""

    __tablename__ = "contract_assessment"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[str]
    content_hash: Mapped[str]
    decision: Mapped[str]
    decided_by: Mapped[str]
    reason: Mapped[str]
    decided_at: Mapped[datetime]
