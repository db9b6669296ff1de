"""Use cases: publish a service in a Directory, and withdraw it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from gateway.contract import service as contracts
from gateway.contract.content import Content
from gateway.contract.profile import profile_of
from gateway.deployment import Deployment
from gateway.names import GrantType, SignatureType
from gateway.publication import repository
from gateway.service import repository as services
from gateway.service.errors import ServiceNotFound

OPENAPI_PROPERTY = "gemeengoed.openapi_url"
"""Property of a publication grant that says where the service's OpenAPI document is."""


@dataclass(frozen=True)
class Publication:
    """What to publish, and at which Directory. Times in Unix seconds; `delegator_id`: the peer on whose behalf."""

    service_name: str
    directory_id: str
    delegator_id: str | None
    properties: dict[str, Any] | None
    not_before: int
    not_after: int


def publish(deployment: Deployment, session: Session, peer_id: str, wish: Publication) -> Content:
    """Offer a Directory the contract by which it shows a service. It includes the address of the service's OpenAPI document, if
    there is one and the Group's line of FSC Core has properties for it.

    Raises:
        ServiceNotFound: 404, the peer does not offer this service.
        ManagerError: the contract breaks a rule, such as properties in a line that has none.
    """
    offered = services.get(session, peer_id, wish.service_name)
    if offered is None:
        raise ServiceNotFound(f"Peer {peer_id} biedt geen service {wish.service_name!r} aan; registreer haar eerst.")
    grant: dict[str, Any] = {
        "type": str(GrantType.DELEGATED_PUBLICATION if wish.delegator_id else GrantType.PUBLICATION),
        "directory": {"peer_id": wish.directory_id},
        "service": {"peer_id": peer_id, "name": wish.service_name, "protocol": offered.protocol},
    }
    if wish.delegator_id:
        grant["delegator"] = {"peer_id": wish.delegator_id}
    properties = dict(wish.properties or {})
    if offered.openapi_url and profile_of(deployment.rules).has_properties:
        properties.setdefault(OPENAPI_PROPERTY, offered.openapi_url)
    if properties:
        grant["properties"] = properties
    return contracts.offer(deployment, session, peer_id, [grant], not_before=wish.not_before, not_after=wish.not_after)


def withdraw(deployment: Deployment, session: Session, peer_id: str, service_name: str) -> list[str]:
    """Revoke every contract by which a Directory shows a service. Returns their content hashes."""
    rows = repository.living(session, peer_id, service_name, deployment.unix_now)
    hashes = sorted({row.content_hash for row in rows})
    for content_hash in hashes:
        contracts.sign_own(
            deployment,
            session,
            peer_id,
            content_hash,
            SignatureType.REVOKE,
            decided_by="beheer",
            reason="publicatie teruggetrokken",
        )
    return hashes
