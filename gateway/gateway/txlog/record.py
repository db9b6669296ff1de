"""A transaction record as a line for COPY (text format)."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from gateway.contract.content import Grant

COLUMNS = (
    "peer_id, outgoing, grant_hash, service_name, outway_peer_id, outway_delegator_id, service_peer_id, "
    "service_delegator_id, additional_data, transaction_id, created_at, trace_id, span_id"
)
OUTGOING, INCOMING = "DIRECTION_OUTGOING", "DIRECTION_INCOMING"
NO_TRACE = rb"\N" + b"\t" + rb"\N"
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def prefix(peer_id: str, direction: str, grant: Grant) -> bytes:
    """The part of a record that is the same for every call under a grant (FSC Logging, record fields; FSC External Contract)."""
    fields = (
        peer_id,
        "t" if direction == OUTGOING else "f",
        grant.hash,
        grant.service_name,
        grant.outway_peer_id,
        grant.delegator_peer_id,
        grant.service_peer_id,
        grant.service_delegator_peer_id,
        json.dumps(grant.external_contract) if grant.external_contract else None,
    )
    return "".join((r"\N" if field is None else field.translate(_ESCAPES)) + "\t" for field in fields).encode()


def line(fixed: bytes, transaction_id: str, moment: float, trace: bytes = NO_TRACE) -> bytes:
    """One record; `transaction_id` is a UUID, `moment` Unix seconds, `trace` as `trace.columns` makes it."""
    return b"%b%b\t%b\t%b\n" % (fixed, transaction_id.encode(), datetime.fromtimestamp(moment, UTC).isoformat().encode(), trace)
