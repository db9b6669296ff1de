"""Access to the management API, with one bearer token; and how a request gets the deployment."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from typing import Annotated

from fastapi import Depends, Path, Request
from gemeengoed_kit.errors import Unauthenticated
from gemeengoed_kit.identity import Caller

from gateway.deployment import Deployment

ROLE = "beheer"
SECURITY_SCHEME = {"type": "http", "scheme": "bearer", "description": "Token van de beheer-API (GATEWAY_BEHEER_TOKEN)."}


def authenticator(token: str) -> Callable[[Mapping[str, str]], Caller | None]:
    """Recognises the bearer token. A wrong token is refused; without a token the caller is anonymous."""

    def authenticate(headers: Mapping[str, str]) -> Caller | None:
        given = headers.get("authorization")
        if given is None:
            return None
        if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
            raise Unauthenticated("Het token van de beheer-API klopt niet.", headers={"WWW-Authenticate": "Bearer"})
        return Caller(peer_id=ROLE, properties={"gemeengoed.rol": ROLE})

    return authenticate


async def _deployment(request: Request) -> Deployment:
    return request.app.state.deployment


Place = Annotated[Deployment, Depends(_deployment)]
PeerId = Annotated[str, Path(pattern=r"^[0-9]{20}$", description="OIN van de gehoste peer.", examples=["00000000000000000001"])]
