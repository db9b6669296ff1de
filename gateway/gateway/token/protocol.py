"""Which protocol a service speaks: the one that its provider's Manager lists (FSC Core, GET /services)."""

from __future__ import annotations

import logging

import httpx
from authlib.integrations.httpx_client import AsyncOAuth2Client  # type: ignore[import-untyped]

from gateway.contract.content import Grant
from gateway.names import PROTOCOL_HTTP_2

log = logging.getLogger("gateway.token")
_TIMEOUT_SECONDS = 3.0


async def speaks_http2(client: AsyncOAuth2Client, manager: str, grant: Grant) -> bool:
    """Whether the service of a grant is published with HTTP/2. If no protocol is published: HTTP/1.1, which every Inway speaks.

    The protocol is only in a publication, not in the connection contract or the token.
    """
    query = {"service_name": grant.service_name, "limit": "1000"}
    try:
        answer = await client.request(
            "GET", f"{manager}/v1/services", params=query, timeout=_TIMEOUT_SECONDS, withhold_token=True
        )
        return any(
            found["data"]["name"] == grant.service_name
            and found["data"]["peer"]["id"] == grant.service_peer_id
            and found["data"]["protocol"] == PROTOCOL_HTTP_2
            for found in answer.raise_for_status().json()["services"]
        )
    except (httpx.HTTPError, KeyError, TypeError, ValueError) as problem:
        log.info("protocol of service %s of peer %s is unknown: %s", grant.service_name, grant.service_peer_id, problem)
        return False
