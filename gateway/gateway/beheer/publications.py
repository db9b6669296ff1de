"""HTTP routes for publications, and for what Directories show."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.context import Work
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing, select_objects
from gemeengoed_kit.route import InWork, roles, router

from gateway.beheer.access import ROLE, PeerId, Place
from gateway.beheer.schemas import publications as schemas
from gateway.contract import repository as contracts
from gateway.contract.errors import ContractRefused
from gateway.contract.models import ContractGrant
from gateway.contract.service import state_of
from gateway.deployment import Deployment, from_unix
from gateway.manager.shown import ShownService
from gateway.peer.errors import PeerNotFound
from gateway.peer.service import require
from gateway.publication import discovery, repository, service
from gateway.publication.service import OPENAPI_PROPERTY
from gateway.service.errors import ServiceNotFound

publications = router("/peers/{peer_id}", "publicaties")

ServiceName = Annotated[str, Path(pattern="^[A-Za-z0-9._-]{3,100}$", description="Naam van de service.", examples=["catalogus"])]


@publications.post(
    "/publications",
    status_code=201,
    summary="Service publiceren",
    response_description="De publicatie; de Directory moet haar nog aanvaarden.",
    dependencies=[roles(ROLE)],
)
@refuses(PeerNotFound, ServiceNotFound, ContractRefused)
def create_publication(
    work: InWork, place: Place, peer_id: PeerId, invoer: schemas.PublicatieInvoer, response: Response
) -> schemas.Publicatie:
    """Bied een Directory het contract aan waarmee zij een service toont, ook namens een andere peer."""
    require(work.session, peer_id)
    wish = service.Publication(
        invoer.service,
        invoer.directory_peer_id,
        invoer.delegator_peer_id,
        invoer.properties,
        int(invoer.not_before.timestamp()),
        int(invoer.not_after.timestamp()),
    )
    content = service.publish(place, work.session, peer_id, wish)
    work.session.flush()
    work.record(
        action="service.publish", subject=f"/v1/peers/{peer_id}/contracts/{content.hash}", change=invoer.model_dump(mode="json")
    )
    response.headers["Location"] = f"/v1/peers/{peer_id}/contracts/{content.hash}"
    return _publications(work, place, peer_id, repository.made(work.session, peer_id, content.hash))[0]


@publications.get("/publications", **listing("publicaties", roles(ROLE)))
@refuses(PeerNotFound)
def list_publications(
    work: InWork,
    place: Place,
    peer_id: PeerId,
    wens: Annotated[schemas.PublicatieFilter, Query()],
    pages: InPages,
) -> schemas.Publicaties:
    """De publicaties van de services van de peer, en of een Directory ze toont."""
    require(work.session, peer_id)
    count, rows = select_objects(work.session, repository.listed(peer_id, wens.service), wens)
    return pages.make(schemas.Publicaties, wens, count, _publications(work, place, peer_id, rows))


@publications.delete(
    "/publications/{naam}",
    summary="Publicaties intrekken",
    response_description="Wat er ingetrokken is.",
    dependencies=[roles(ROLE)],
)
@refuses(PeerNotFound)
def delete_publications(work: InWork, place: Place, peer_id: PeerId, naam: ServiceName) -> schemas.Intrekking:
    """Trek alle publicaties van een service in; de Directories tonen haar niet meer. Bestaande afnemers merken niets."""
    require(work.session, peer_id)
    hashes = service.withdraw(place, work.session, peer_id, naam)
    work.record(action="service.withdraw", subject=f"/v1/peers/{peer_id}/publications/{naam}", change={"contentHashes": hashes})
    return schemas.Intrekking.make(service=naam, content_hashes=hashes)


@publications.get(
    "/discovery",
    summary="Aanbod in Directories opvragen",
    response_description="Wat de Directories tonen.",
    dependencies=[roles(ROLE)],
)
@refuses(PeerNotFound)
def list_discovery(place: Place, peer_id: PeerId, wens: Annotated[schemas.AanbodFilter, Query()]) -> schemas.HeelAanbod:
    """Vraag als deze peer aan de Directories van de Group, en aan de peer zelf als die er een is, welke services zij tonen."""
    found = discovery.discover(place, peer_id, name=wens.naam, provider_id=wens.service_peer_id)
    return schemas.HeelAanbod.make(
        results=[
            schemas.Aanbod.make(manager_address=shown.address, fout=shown.problem, services=list(map(_offer, shown.services)))
            for shown in found
        ]
    )


def _offer(shown: ShownService) -> schemas.AangebodenService:
    properties = shown.properties or {}
    address = properties.get(OPENAPI_PROPERTY)
    return schemas.AangebodenService.make(
        naam=shown.name,
        peer_id=shown.peer.id,
        peer_naam=shown.peer.name,
        delegator_peer_id=shown.delegator.peer_id if shown.delegator else None,
        protocol=shown.protocol,
        openapi_url=address if isinstance(address, str) else None,
        properties=properties,
    )


def _publications(work: Work, place: Deployment, peer_id: str, rows: list[ContractGrant]) -> list[schemas.Publicatie]:
    hashes = {row.content_hash for row in rows}
    held = contracts.held(work.session, peer_id, hashes)
    signed = contracts.signatures(work.session, peer_id, hashes)
    return [
        schemas.Publicatie.make(
            service=row.service_name,
            directory_peer_id=row.directory_peer_id,
            delegator_peer_id=row.delegator_peer_id,
            content_hash=row.content_hash,
            state=state_of(held[row.content_hash], signed[row.content_hash], now=place.unix_now),
            not_after=from_unix(held[row.content_hash].not_after),
        )
        for row in rows
    ]
