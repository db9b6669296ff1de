"""A way from the Inway to a service, or from the Outway to an Inway, and the nginx location for it."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass, replace
from functools import cached_property
from typing import NamedTuple

from gateway.limit.rules import Limit
from gateway.names import PROTOCOL_HTTP_2


@dataclass(frozen=True)
class Way:
    """How a call travels on. Most calls go the direct way (HTTP/1.1, no limits, to a service over http).

    Attributes:
        secure: TLS to the service; `ca` is the PEM with its root certificates, None means the system's.
        service_calls, caller_calls: how many calls may be in progress at once for the service and for the caller.
        body: largest body, in bytes; timeout: seconds without data.
    """

    secure: bool = False
    http2: bool = False
    ca: str | None = None
    service_calls: int | None = None
    caller_calls: int | None = None
    body: int | None = None
    timeout: int | None = None

    def limited(self, service: Limit, caller: Limit) -> Way:
        """The same way with the limits of the service and of one caller; the stricter limit counts."""
        return replace(
            self,
            service_calls=service.concurrency,
            caller_calls=caller.concurrency,
            body=_stricter(service.max_body_bytes, caller.max_body_bytes),
            timeout=_stricter(service.timeout_seconds, caller.timeout_seconds),
        )

    @cached_property
    def name(self) -> str:
        """Name of the location, for any upstream. Equal ways have equal names, so a name never changes its meaning."""
        return "direct" if self == DIRECT else hashlib.sha256(repr(astuple(self)).encode()).hexdigest()[:16]


DIRECT = Way()
HTTP_2 = Way(http2=True)


class Hop(NamedTuple):
    """Where nginx sends a call: through the location with this name, and to `upstream` where the location leaves it open."""

    location: str
    upstream: str | None = None


def way_to(url: str, protocol: str, ca: str | None) -> Way:
    """The way to a service as it is currently offered."""
    secure = url.startswith("https:")
    if not secure and protocol != PROTOCOL_HTTP_2:
        return DIRECT
    return Way(secure=secure, http2=protocol == PROTOCOL_HTTP_2, ca=ca if secure else None)


def _stricter(one: int | None, other: int | None) -> int | None:
    given = [value for value in (one, other) if value is not None]
    return min(given) if given else None
