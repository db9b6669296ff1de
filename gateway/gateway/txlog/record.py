"""A transaction record on its way to PostgreSQL: pieces of binary arrays, prepared so that a batch only has to join them.

Each piece is an element of an array as `array_recv` reads it: four bytes with its length, then its value.
"""

from __future__ import annotations

from collections.abc import Iterable
from struct import Struct
from typing import NamedTuple

from gateway.contract.content import Grant

OUTGOING, INCOMING = "DIRECTION_OUTGOING", "DIRECTION_INCOMING"
INSERT = """
    INSERT INTO transaction_record (owner_number, grant_number, outgoing, transaction_id, created_at, trace_id, span_id)
    SELECT (side >> 32)::integer, (side >> 1 & 2147483647)::integer, side & 1 = 1, id, moment, left(trace, 32), right(trace, 16)
    FROM unnest($1::bigint[], $2::uuid[], $3::timestamptz[], $4::text[]) AS line (side, id, moment, trace)"""
NO_TRACE = b"\xff\xff\xff\xff"
"""NULL."""
_ELEMENTS = (20, 2950, 1184, 25)  # bigint, uuid, timestamptz, text
_HEADER = Struct(">iiIii").pack  # one dimension, NULLs possible, element type, length, lower bound 1
_BIGINT, _TEXT = Struct(">iq").pack, Struct(">i").pack
_ID = Struct(">i").pack(16)
_EPOCH = 946_684_800  # 2000-01-01, in Unix seconds


class Line(NamedTuple):
    """One record: four pieces, and the grant that it refers to by number."""

    side: bytes
    transaction_id: bytes
    moment: bytes
    trace: bytes
    grant: Grant


def side(owner_number: int, grant_number: int, *, outgoing: bool) -> bytes:
    """The part that all records of one side of a grant share, as one number."""
    return _BIGINT(8, owner_number << 32 | grant_number << 1 | outgoing)


def trace(trace_id: bytes, span_id: bytes) -> bytes:
    """The caller's trace id and span id, of 32 and 16 characters."""
    return _TEXT(48) + trace_id + span_id


def line(fixed: bytes, grant: Grant, transaction_id: str, now: float, traced: bytes = NO_TRACE) -> Line:
    """One record. `fixed` comes from `side`, `traced` from `trace`; `transaction_id` is a UUID in its usual form, `now` is in
    Unix seconds. The time is cut off to microseconds, so it is never later than `now`."""
    seconds = int(now)
    moment = _BIGINT(8, (seconds - _EPOCH) * 1_000_000 + int((now - seconds) * 1e6))
    return Line(fixed, _ID + bytes.fromhex(transaction_id.replace("-", "")), moment, traced, grant)


def arrays(lines: Iterable[Line]) -> list[bytes]:
    """The parameters of `INSERT`, in binary form, for one or more records."""
    sides, ids, moments, traces, _ = zip(*lines, strict=True)
    count = len(sides)
    columns = zip(_ELEMENTS, (sides, ids, moments, traces), strict=True)
    return [_HEADER(1, 1, element, count, 1) + b"".join(pieces) for element, pieces in columns]
