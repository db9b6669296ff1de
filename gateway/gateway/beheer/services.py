"""HTTP about services behind the Inway."""

from __future__ import annotations

from gemeengoed_kit.route import InWork, roles, router

from gateway.beheer.access import ROLE, PeerId, Place, audited
from gateway.beheer.schemas import services as schemas
from gateway.peer.service import require
from gateway.service import repository
from gateway.service import service as offering

services = router("/peers/{peer_id}/services", "services")


@services.post(
    "",
    status_code=201,
    summary="Service aanbieden",
    response_description="De service.",
    dependencies=[roles(ROLE)],
    responses={404: {}},
)
def create_service(work: InWork, place: Place, peer_id: PeerId, invoer: schemas.ServiceInvoer) -> schemas.Service:
    """Bied een service aan achter de Inway; nogmaals aanbieden verplaatst haar."""
    offering.offer(place, work.session, peer_id, invoer.naam, invoer.url)
    audited(work, "service.offer", f"/v1/peers/{peer_id}/services/{invoer.naam}", url=invoer.url)
    return schemas.Service.make(naam=invoer.naam, url=invoer.url)


@services.get(
    "",
    summary="Services opvragen",
    response_description="De services.",
    dependencies=[roles(ROLE)],
    responses={404: {}},
)
def list_services(work: InWork, peer_id: PeerId) -> schemas.Services:
    """De services achter de Inway van de peer."""
    require(work.session, peer_id)
    return schemas.Services.make(
        results=[schemas.Service.make(naam=row.name, url=row.url) for row in repository.services(work.session, peer_id)]
    )
