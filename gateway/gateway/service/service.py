"""Use cases: offer a service, withdraw it."""

from __future__ import annotations

from gemeengoed_kit.errors import InvalidParam
from sqlalchemy.orm import Session

from gateway.db import notify
from gateway.deployment import Deployment
from gateway.names import PROTOCOL_HTTP_2
from gateway.nginx.binary import HTTP_2_SINCE, find_binary, version
from gateway.peer.service import require
from gateway.pki.certificate import CertificateInvalid, TrustAnchors
from gateway.service import repository
from gateway.service.errors import OfferInvalid, ProtocolNotPossible, ServiceNotFound
from gateway.service.models import OfferedService
from gateway.service.rules import Offer, origin


def offer(deployment: Deployment, session: Session, peer_id: str, name: str, given: Offer) -> OfferedService:
    """Let a hosted peer's Inway offer a service.

    Raises:
        PeerNotFound: 404.
        OfferInvalid: 409, lists all faults.
        ProtocolNotPossible: 409, nginx is too old for HTTP/2.
    """
    faults = _faults(given)
    if faults:
        raise OfferInvalid("Zo kan een service niet worden aangeboden; zie invalidParams.", invalid_params=faults)
    require(session, peer_id)
    installed = version(find_binary(deployment.settings.nginx))
    if given.protocol == PROTOCOL_HTTP_2 and installed < HTTP_2_SINCE:
        raise ProtocolNotPossible(
            f"HTTP/2 naar een service kan vanaf nginx {'.'.join(map(str, HTTP_2_SINCE))}; "
            f"hier draait {'.'.join(map(str, installed))}. Bied de service aan met HTTP/1.1 of vervang nginx."
        )
    repository.put(session, peer_id, name, given, now=deployment.now)
    notify(session)
    session.expire_all()
    return require_service(session, peer_id, name)


def withdraw(deployment: Deployment, session: Session, peer_id: str, name: str) -> None:
    """Stop offering a service: no new tokens are issued, and the next call with an old token is refused.

    Raises:
        PeerNotFound, ServiceNotFound: 404.
    """
    require_service(session, peer_id, name).withdrawn_at = deployment.now
    notify(session)


def require_service(session: Session, peer_id: str, name: str) -> OfferedService:
    """A service that a hosted peer offers now.

    Raises:
        PeerNotFound, ServiceNotFound: 404.
    """
    require(session, peer_id)
    found = repository.get(session, peer_id, name)
    if found is None:
        raise ServiceNotFound(f"Peer {peer_id} biedt geen service {name} aan.")
    return found


def _faults(given: Offer) -> list[InvalidParam]:
    faults = []
    try:
        origin(given.url)
    except ValueError as problem:
        faults.append(InvalidParam("url", "vorm", str(problem)))
    if given.ca_pem is not None:
        if not given.url.startswith("https:"):
            faults.append(InvalidParam("ca", "overbodig", "alleen een https-service heeft een CA nodig"))
        try:
            TrustAnchors(given.ca_pem.encode())
        except CertificateInvalid as problem:
            faults.append(InvalidParam("ca", "vorm", str(problem)))
    return faults
