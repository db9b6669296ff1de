"""Which records are wanted: a choice of grants, and bounds in time."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, tuple_

from gateway.contract.models import ContractGrant as Grant
from gateway.txlog.models import TransactionRecord as Record

Position = tuple[datetime, uuid.UUID, bool]
"""The position of a record in the log: its time, its transaction, and whether it is outgoing."""

KEY = (Record.created_at, Record.transaction_id, Record.outgoing)


@dataclass(frozen=True)
class Selection:
    """Records in the log of hosted peer `owner`.

    Attributes:
        party: only records in which this peer has a part (FSC Logging: the records that another peer may see).
        other: only calls to or from this peer.
        outgoing: only calls through the own Outway (True) or Inway (False).
        grants, services: only records of one of these grants, or of services with one of these names.
        since, until: from this time on; before this time.
        past: continue after this position, in the direction of reading.
    """

    owner: str
    party: str | None = None
    other: str | None = None
    outgoing: bool | None = None
    grants: Sequence[str] = ()
    services: Sequence[str] = ()
    since: datetime | None = None
    until: datetime | None = None
    past: Position | None = None
    descending: bool = True

    def of_grants(self) -> list[ColumnElement[bool]] | None:
        """Conditions on the grants that can have wanted records; None when every grant of the owner can."""
        calls, called = Grant.outway_peer_id == self.owner, Grant.service_peer_id == self.owner
        chosen: list[ColumnElement[bool]] = []
        if self.party not in (None, self.owner):
            chosen.append(has_part(self.party))
        if self.other is not None:
            chosen.append(or_(and_(calls, Grant.service_peer_id == self.other), and_(called, Grant.outway_peer_id == self.other)))
        if self.grants or self.services:
            chosen.append(or_(Grant.grant_hash.in_(self.grants), Grant.service_name.in_(self.services)))
        if not chosen:
            return None
        side = {None: or_(calls, called), True: calls, False: called}[self.outgoing]
        return [Grant.owner_id == self.owner, Grant.outway_peer_id.is_not(None), side, *chosen]

    def bounds(self) -> list[ColumnElement[bool]]:
        """Conditions on time. Those of `past` are given twice, since PostgreSQL skips whole months only for a condition on the
        time alone."""
        bounds: list[ColumnElement[bool]] = []
        if self.since is not None:
            bounds.append(Record.created_at >= self.since)
        if self.until is not None:
            bounds.append(Record.created_at < self.until)
        if self.past is not None:
            moment, here = self.past[0], tuple_(*self.past)
            after = [Record.created_at <= moment, tuple_(*KEY) < here]
            before = [Record.created_at >= moment, tuple_(*KEY) > here]
            bounds += after if self.descending else before
        return bounds


def has_part(peer_id: str | None) -> ColumnElement[bool]:
    """The peer is source, destination or delegator of the calls under a grant (FSC Logging, access to records)."""
    return or_(
        Grant.outway_peer_id == peer_id,
        Grant.service_peer_id == peer_id,
        Grant.delegator_peer_id == peer_id,
        Grant.service_delegator_id == peer_id,
    )
