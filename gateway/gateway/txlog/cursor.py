"""A position in the log as text: the cursor in the lists of the Manager and of the management API."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta

from gateway.txlog.models import LoggedCall
from gateway.txlog.selection import Position

PATTERN = "^[0-9a-f]{1,13}-[0-9a-f]{32}-[01]$"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def cursor_of(record: LoggedCall) -> str:
    """The cursor that continues after a record."""
    microseconds = (record.created_at - _EPOCH) // timedelta(microseconds=1)
    return f"{microseconds:x}-{record.transaction_id.hex}-{record.outgoing:d}"


def position(cursor: str) -> Position:
    """The position that a cursor points to.

    Raises:
        ValueError: this is not a cursor of the log.
    """
    if not re.fullmatch(PATTERN, cursor):
        raise ValueError("no cursor of the transaction log")
    microseconds, transaction_id, outgoing = cursor.split("-")
    return _EPOCH + timedelta(microseconds=int(microseconds, 16)), uuid.UUID(transaction_id), outgoing == "1"
