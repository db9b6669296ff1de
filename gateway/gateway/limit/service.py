"""Use cases: set and remove limits."""

from __future__ import annotations

from sqlalchemy.orm import Session

from gateway.db import notify
from gateway.deployment import Deployment
from gateway.limit import repository
from gateway.limit.errors import LimitNotFound
from gateway.limit.models import CallLimit
from gateway.limit.rules import Kind, Limit
from gateway.peer.service import require


def put(deployment: Deployment, session: Session, peer_id: str, kind: Kind, subject: str, limit: Limit) -> CallLimit:
    """Limit a service or a caller at a hosted peer's Inway; the service or caller need not exist yet.

    Raises:
        PeerNotFound: 404.
    """
    require(session, peer_id)
    repository.put(session, peer_id, kind, subject, limit, now=deployment.now)
    notify(session)
    session.expire_all()
    return require_limit(session, peer_id, kind, subject)


def lift(session: Session, peer_id: str, kind: Kind, subject: str) -> None:
    """Remove the limits of a service or a caller.

    Raises:
        PeerNotFound, LimitNotFound: 404.
    """
    session.delete(require_limit(session, peer_id, kind, subject))
    notify(session)


def require_limit(session: Session, peer_id: str, kind: Kind, subject: str) -> CallLimit:
    """The limits of a service or a caller.

    Raises:
        PeerNotFound, LimitNotFound: 404.
    """
    require(session, peer_id)
    found = repository.get(session, peer_id, kind, subject)
    if found is None:
        raise LimitNotFound(f"{subject} heeft bij peer {peer_id} geen grenzen.")
    return found
