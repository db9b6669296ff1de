"""A way from the Inway to a service, or from the Outway to an Inway, and the location of nginx that leads along it."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass, replace
from functools import cached_property
from typing import NamedTuple

from gateway.limit.rules import Limit
from gateway.names import PROTOCOL_HTTP_2


@dataclass(frozen=True)
class Way:
    """How a call travels on; most go the direct way (HTTP/1.1, no limits, to a service over http).

    Attributes:
        secure: TLS to the service; `ca` is the PEM with its roots, None the system's.
        service_calls, caller_calls: how many may be under way at once for the service and for the caller.
        body: bytes; timeout: seconds of silence.
    """

    secure: bool = False
    http2: bool = False
    ca: str | None = None
    service_calls: int | None = None
    caller_calls: int | None = None
    body: int | None = None
    timeout: int | None = None

    def limited(self, service: Limit, caller: Limit) -> Way:
        """The same way under the limits of the service and of one caller; the stricter one counts."""
        return replace(
            self,
            service_calls=service.concurrency,
            caller_calls=caller.concurrency,
            body=_stricter(service.max_body_bytes, caller.max_body_bytes),
            timeout=_stricter(service.timeout_seconds, caller.timeout_seconds),
        )

    @cached_property
    def name(self) -> str:
        """Name of the location for any upstream: the same for ways that are the same, so it never changes its meaning."""
        return "direct" if self == DIRECT else hashlib.sha256(repr(astuple(self)).encode()).hexdigest()[:16]


DIRECT = Way()
HTTP_2 = Way(http2=True)


class Hop(NamedTuple):
    """Where nginx sends a call: through the location with this name, to `upstream` where that leaves it open."""

    location: str
    upstream: str | None = None


def way_to(url: str, protocol: str, ca: str | None) -> Way:
    """The way to a service as it is offered."""
    secure = url.startswith("https:")
    if not secure and protocol != PROTOCOL_HTTP_2:
        return DIRECT
    return Way(secure=secure, http2=protocol == PROTOCOL_HTTP_2, ca=ca if secure else None)


def _stricter(one: int | None, other: int | None) -> int | None:
    given = [value for value in (one, other) if value is not None]
    return min(given) if given else None
