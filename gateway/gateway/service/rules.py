"""Pure rules: how a service can be offered."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from gateway.names import PROTOCOL_HTTP_1


@dataclass(frozen=True)
class Offer:
    """How to reach a service, and what it says about itself."""

    url: str
    protocol: str = PROTOCOL_HTTP_1
    openapi_url: str | None = None
    ca_pem: str | None = None


def origin(url: str) -> tuple[str, int]:
    """Host and port of a service's URL: http or https, without a path, since the path of a call never changes.

    Raises:
        ValueError: another kind of URL.
    """
    parts = urlsplit(url)
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.path not in ("", "/")
        or parts.query
        or parts.username
    ):
        raise ValueError("verwacht http(s)://host:poort zonder pad; de service krijgt het pad van de aanroep")
    return parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
