"""Which records are wanted, and the stretches of the log they lie in. Nothing here reads more than it shows.

The log of years is too long to sort or to skip through. So a question is put as a few stretches that an index holds in order
of time; from each the next few records are taken, and these are merged.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, tuple_

from gateway.txlog.models import TransactionRecord as Record

Position = tuple[datetime, uuid.UUID, bool]
"""Where a record stands in the log: its moment, its transaction, and whether it is outgoing."""

KEY = (Record.created_at, Record.transaction_id, Record.outgoing)


@dataclass(frozen=True)
class Selection:
    """Records in the log of hosted peer `owner`.

    Attributes:
        party: only records in which this peer has a part (FSC Logging: what another peer may see); not together with `other`.
        other: only calls to or from this peer.
        outgoing: only calls through the own Outway (True) or Inway (False).
        grants, services: only records of one of these grants, or of services with one of these names.
        since, until: from this moment on; before this moment.
        past: on from here, in the direction of reading.
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

    def stretches(self, grants: Sequence[str] | None = None) -> list[ColumnElement[bool]]:
        """Conditions that exclude each other and together hold for every wanted record; each served by one index.

        Args:
            grants: those that can hold wanted records, where they are known and few.
        """
        common = [Record.peer_id == self.owner, *self._limits()]
        if self.outgoing is not None:
            common.append(Record.outgoing == self.outgoing)
        if self.grants or self.services:
            common.append(or_(Record.grant_hash.in_(self.grants), Record.service_name.in_(self.services)))
        places = self._places() if grants is None else [and_(of_grant(grant), *self._roles()) for grant in grants]
        return [and_(place, *common) for place in places]

    def _places(self) -> list[ColumnElement[bool]]:
        """Stretches by who calls whom. What an index already says is not said again: it would make the planner think of fewer
        records than there are."""
        if self.party is not None and self.party != self.owner:
            return _with_party(self.owner, self.party)
        if self.other is not None:
            return _between(self.owner, self.other)
        return [Record.outgoing == side for side in (True, False) if self.outgoing in (None, side)]

    def _roles(self) -> list[ColumnElement[bool]]:
        """The same as conditions on a record."""
        roles = [] if self.party is None else [has_part(self.party)]
        return roles if self.other is None else [*roles, or_(*_between(self.owner, self.other))]

    def _limits(self) -> list[ColumnElement[bool]]:
        """Bounds in time; those of `past` twice, since only a bound on the moment alone leaves whole months unread."""
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


def has_part(peer_id: str) -> ColumnElement[bool]:
    """The peer is source, destination or delegator of the call (FSC Logging, access to records)."""
    return or_(
        Record.outway_peer_id == peer_id,
        Record.service_peer_id == peer_id,
        Record.outway_delegator_id == peer_id,
        Record.service_delegator_id == peer_id,
    )


def of_grant(grant_hash: str) -> ColumnElement[bool]:
    """Found by the end of the hash (64 bits of it), to keep the index small; then compared in full."""
    return and_(func.right(Record.grant_hash, 11) == grant_hash[-11:], Record.grant_hash == grant_hash)


def _between(owner: str, other: str) -> list[ColumnElement[bool]]:
    """Calls of `owner` to `other`, and the other way round; a call to oneself is in the log on both sides."""
    there = and_(Record.outway_peer_id == owner, Record.service_peer_id == other)
    if owner == other:
        return [there]
    return [there, and_(Record.outway_peer_id == other, Record.service_peer_id == owner)]


def _with_party(owner: str, party: str) -> list[ColumnElement[bool]]:
    """Records of `owner` in which another peer calls, is called, or is delegator without doing either."""
    third = and_(Record.outway_peer_id != party, Record.service_peer_id != party)
    return [
        *_between(owner, party),
        and_(Record.outway_delegator_id == party, third),
        and_(Record.service_delegator_id == party, third, Record.outway_delegator_id.is_distinct_from(party)),
    ]
