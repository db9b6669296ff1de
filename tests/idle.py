"""An idle connection, as an HTTP client keeps it."""

from __future__ import annotations

import http.client
import select

_LONGER_THAN_HTTPX_SECONDS = 6


def outlives_a_client(address: str, port: int, path: str) -> bool:
    """Whether the server leaves an idle connection open for longer than httpx, which keeps it for 5 s, may use it again."""
    connection = http.client.HTTPConnection(address, port, timeout=10)
    connection.request("GET", path)
    connection.getresponse().read()
    closed, _, _ = select.select([connection.sock], [], [], _LONGER_THAN_HTTPX_SECONDS)
    connection.close()
    return not closed
