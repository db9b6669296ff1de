"""A transaction record as a line for COPY (text format)."""

from __future__ import annotations

from gateway.contract.content import Grant

COLUMNS = (
    "peer_id, direction, grant_hash, service_name, outway_peer_id, outway_delegator_id, service_peer_id, "
    "service_delegator_id, transaction_id, created_at"
)
OUTGOING, INCOMING = "DIRECTION_OUTGOING", "DIRECTION_INCOMING"
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def prefix(peer_id: str, direction: str, grant: Grant) -> bytes:
    """The part of a record that is the same for every call under a grant (FSC Logging, record fields)."""
    fields = (
        peer_id,
        direction,
        grant.hash,
        grant.service_name,
        grant.outway_peer_id,
        grant.delegator_peer_id,
        grant.service_peer_id,
        grant.service_delegator_peer_id,
    )
    return "".join((r"\N" if field is None else field.translate(_ESCAPES)) + "\t" for field in fields).encode()


def line(fixed: bytes, transaction_id: str, moment: str) -> bytes:
    """One record; `transaction_id` is a UUID, `moment` ISO 8601 with offset."""
    return b"%b%b\t%b\n" % (fixed, transaction_id.encode(), moment.encode())
