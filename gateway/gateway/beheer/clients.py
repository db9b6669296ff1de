"""HTTP routes for the clients of an Outway."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, PageQuery, listing, select_objects
from gemeengoed_kit.route import InWork, roles, router

from gateway.beheer.access import ROLE, PeerId, Place
from gateway.beheer.schemas import clients as schemas
from gateway.client import repository, service
from gateway.client.errors import ClientNotFound, ClientRefused, SecretTaken
from gateway.client.models import OutwayClient
from gateway.peer.errors import PeerNotFound
from gateway.peer.service import require

clients = router("/peers/{peer_id}/clients", "clients")

ClientName = Annotated[
    str, Path(pattern="^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", description="Naam van de client.", examples=["zaaksysteem"])
]


@clients.put(
    "/{naam}",
    summary="Client zetten",
    response_description="De client.",
    dependencies=[roles(ROLE)],
)
@refuses(PeerNotFound, ClientRefused, SecretTaken)
def put_client(work: InWork, place: Place, peer_id: PeerId, naam: ClientName, invoer: schemas.ClientInvoer) -> schemas.Client:
    """Maak of wijzig een client van de Outway: zijn geheim, en de grants die hij mag gebruiken. Geldt vanaf de volgende
    aanroep."""
    require(work.session, peer_id)
    wish = service.Wish(
        invoer.omschrijving, invoer.geheim_sha256, invoer.grants, invoer.standaard_grant, blocked=invoer.geblokkeerd
    )
    client = service.put(place, work.session, peer_id, naam, wish)
    changed = invoer.model_dump(mode="json", exclude={"geheim_sha256"})
    work.record(
        action="client.put",
        subject=f"/v1/peers/{peer_id}/clients/{naam}",
        change={"nieuwGeheim": invoer.geheim_sha256 is not None, **changed},
    )
    return _client(client, sorted(set(invoer.grants)))


@clients.get("", **listing("clients", roles(ROLE)))
@refuses(PeerNotFound)
def list_clients(work: InWork, peer_id: PeerId, wens: Annotated[PageQuery, Query()], pages: InPages) -> schemas.Clients:
    """De clients van de Outway van de peer."""
    require(work.session, peer_id)
    count, rows = select_objects(work.session, repository.listed(peer_id), wens)
    allowed = repository.grants(work.session, peer_id, [row.name for row in rows])
    return pages.make(schemas.Clients, wens, count, [_client(row, allowed[row.name]) for row in rows])


@clients.delete(
    "/{naam}",
    status_code=204,
    summary="Client verwijderen",
    response_description="De client is er niet meer.",
    dependencies=[roles(ROLE)],
)
@refuses(PeerNotFound, ClientNotFound)
def delete_client(work: InWork, peer_id: PeerId, naam: ClientName) -> Response:
    """Verwijder een client; zijn volgende aanroep wordt geweigerd."""
    require(work.session, peer_id)
    service.remove(work.session, peer_id, naam)
    work.record(action="client.delete", subject=f"/v1/peers/{peer_id}/clients/{naam}", change={})
    return Response(status_code=204)


def _client(row: OutwayClient, grants: list[str]) -> schemas.Client:
    return schemas.Client.make(
        naam=row.name,
        omschrijving=row.description,
        grants=grants,
        standaard_grant=row.default_grant,
        geblokkeerd=row.blocked_at is not None,
        gemaakt_op=row.created_at,
    )
