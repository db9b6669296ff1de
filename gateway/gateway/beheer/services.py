"""HTTP routes for services behind the Inway."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.route import InWork, roles, router

from gateway.beheer.access import ROLE, PeerId, Place
from gateway.beheer.schemas import services as schemas
from gateway.peer.errors import PeerNotFound
from gateway.peer.service import require
from gateway.service import repository
from gateway.service import service as offering
from gateway.service.errors import OfferInvalid, ProtocolNotPossible, ServiceNotFound

services = router("/peers/{peer_id}/services", "services")

ServiceName = Annotated[str, Path(pattern="^[A-Za-z0-9._-]{1,100}$", description="Naam van de service.", examples=["catalogus"])]


@services.post(
    "",
    status_code=201,
    summary="Service aanbieden",
    response_description="De service.",
    dependencies=[roles(ROLE)],
)
@refuses(PeerNotFound, OfferInvalid, ProtocolNotPossible)
def create_service(work: InWork, place: Place, peer_id: PeerId, invoer: schemas.ServiceInvoer) -> schemas.Service:
    """Bied een service aan achter de Inway; nogmaals aanbieden vervangt hoe zij werd aangeboden."""
    row = offering.offer(place, work.session, peer_id, invoer.naam, invoer.offer)
    work.record(
        action="service.offer",
        subject=f"/v1/peers/{peer_id}/services/{invoer.naam}",
        change={"url": invoer.url, "protocol": invoer.protocol},
    )
    return schemas.Service.of(row)


@services.get(
    "",
    summary="Services opvragen",
    response_description="De services.",
    dependencies=[roles(ROLE)],
)
@refuses(PeerNotFound)
def list_services(work: InWork, peer_id: PeerId) -> schemas.Services:
    """De services achter de Inway van de peer."""
    require(work.session, peer_id)
    return schemas.Services.make(results=[schemas.Service.of(row) for row in repository.services(work.session, peer_id)])


@services.get(
    "/{naam}",
    summary="Service opvragen",
    response_description="De service.",
    dependencies=[roles(ROLE)],
)
@refuses(PeerNotFound, ServiceNotFound)
def get_service(work: InWork, peer_id: PeerId, naam: ServiceName) -> schemas.Service:
    """Een service achter de Inway van de peer."""
    return schemas.Service.of(offering.require_service(work.session, peer_id, naam))


@services.delete(
    "/{naam}",
    status_code=204,
    summary="Service terugtrekken",
    response_description="De service wordt niet meer aangeboden.",
    dependencies=[roles(ROLE)],
)
@refuses(PeerNotFound, ServiceNotFound)
def delete_service(work: InWork, place: Place, peer_id: PeerId, naam: ServiceName) -> None:
    """Bied een service niet langer aan: de volgende aanroep wordt geweigerd. Contracten blijven bestaan."""
    offering.withdraw(place, work.session, peer_id, naam)
    work.record(action="service.withdraw", subject=f"/v1/peers/{peer_id}/services/{naam}", change={})
