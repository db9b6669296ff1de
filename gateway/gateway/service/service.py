"""Use case: offer a service."""

from __future__ import annotations

from urllib.parse import urlsplit

from gemeengoed_kit.errors import Invalid, InvalidParam
from sqlalchemy.orm import Session

from gateway.db import notify
from gateway.deployment import Deployment
from gateway.peer.service import require
from gateway.service import repository


def origin(url: str) -> tuple[str, int]:
    """Host and port of a service's URL: http, no path, since the path of a call is never altered.

    Raises:
        ValueError: another kind of URL.
    """
    parts = urlsplit(url)
    if parts.scheme != "http" or not parts.hostname or parts.path not in ("", "/") or parts.query or parts.username:
        raise ValueError("verwacht http://host:poort zonder pad; de service krijgt het pad van de aanroep")
    return parts.hostname, parts.port or 80


def offer(deployment: Deployment, session: Session, peer_id: str, name: str, url: str) -> None:
    """Let a hosted peer's Inway offer a service at an internal URL.

    Raises:
        PeerUnknown: 404.
        Invalid: 400, URL of another form.
    """
    try:
        origin(url)
    except ValueError as problem:
        raise Invalid(
            "Dit is geen adres van een service; zie invalidParams.", invalid_params=[InvalidParam("url", "vorm", str(problem))]
        ) from problem
    require(session, peer_id)
    repository.put(session, peer_id, name, url, now=deployment.now)
    notify(session)
