"""W3C Trace Context: the caller's trace in the log (FSC Logging: Inway and Outway parse `traceparent` if present)."""

from __future__ import annotations

import re

from gateway.txlog.record import NO_TRACE, trace

_PARENT = re.compile(rb"(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(-.*)?")


def traced(traceparent: bytes | None) -> bytes:
    """The trace of a record, from the header's value. An invalid `traceparent` counts as absent."""
    if not traceparent:
        return NO_TRACE
    found = _PARENT.fullmatch(traceparent.strip())
    if found is None or (found[1] == b"00" and found[4] is not None):  # only later versions may have more fields
        return NO_TRACE
    return trace(found[2], found[3])
