"""HTTP routes for hosted peers and their announcements."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Response
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, PageQuery, listing, select_objects
from gemeengoed_kit.route import InWork, public, roles, router
from gemeengoed_kit.schema import Output
from pydantic import Field

from gateway.beheer.access import ROLE, PeerId, Place
from gateway.beheer.certificates import shown
from gateway.beheer.schemas import peers as schemas
from gateway.contract import repository as contracts
from gateway.deployment import Deployment
from gateway.manager.listing import public_keys
from gateway.peer import hosting, repository, service
from gateway.peer.errors import ListenTaken, NamesDiffer, NoKeys, NotInGroup, PeerNotFound, PeerTaken
from gateway.peer.models import HostedPeer
from gateway.pki.keypair import COMPONENTS

peers = router("/peers", "peers")

_COLUMNS = {"naam": "name", "clients_verplicht": "clients_required"}


class Sleutels(Output):
    """De publieke sleutels van de Manager (JWKS, RFC 7517)."""

    keys: list[dict[str, Any]] = Field(description="De sleutels, nieuwste eerst.")


@peers.post(
    "", status_code=201, summary="Peer toevoegen", response_description="De toegevoegde peer.", dependencies=[roles(ROLE)]
)
@refuses(PeerTaken, NotInGroup, ListenTaken, NoKeys)
def create_peer(work: InWork, place: Place, invoer: schemas.PeerInvoer, response: Response) -> schemas.Peer:
    """Host een peer. Met een ontwikkel-PKI worden zijn certificaten hier uitgegeven; importeer ze anders hierna."""
    peer = hosting.create(
        place,
        work.session,
        HostedPeer(
            peer_id=invoer.peer_id,
            name=invoer.naam,
            manager_host=invoer.manager_host,
            inway_host=invoer.inway_host,
            outway_host=invoer.outway_host,
            outway_listen=invoer.outway_listen,
            directory=invoer.directory,
            auto_accept_publication=invoer.auto_accept_publication,
            created_at=work.clock.now(),
        ),
    )
    work.record(action="peer.create", subject=f"/v1/peers/{peer.peer_id}", change=invoer.model_dump(mode="json"))
    response.headers["Location"] = f"/v1/peers/{peer.peer_id}"
    return _peer(place, peer)


@peers.get("", **listing("peers", roles(ROLE)))
def list_peers(work: InWork, place: Place, wens: Annotated[PageQuery, Query()], pages: InPages) -> schemas.Peers:
    """De peers die hier gehost worden."""
    count, rows = select_objects(work.session, repository.listed(), wens)
    return pages.make(schemas.Peers, wens, count, [_peer(place, peer) for peer in rows])


@peers.get("/{peer_id}", summary="Peer opvragen", response_description="De peer.", dependencies=[roles(ROLE)])
@refuses(PeerNotFound)
def get_peer(work: InWork, place: Place, peer_id: PeerId) -> schemas.Peer:
    """Eén gehoste peer, met de vingerafdruk van zijn Outway voor in een grant."""
    return _peer(place, service.require(work.session, peer_id))


@peers.patch(
    "/{peer_id}",
    summary="Peer wijzigen",
    response_description="De peer.",
    dependencies=[roles(ROLE)],
)
@refuses(PeerNotFound, PeerTaken, ListenTaken, NamesDiffer)
def update_peer(work: InWork, place: Place, peer_id: PeerId, invoer: schemas.PeerWijziging) -> schemas.Peer:
    """Wijzig een peer, of schakel hem uit. Met een ontwikkel-PKI krijgen nieuwe namen meteen certificaten."""
    given = invoer.model_dump(include=invoer.model_fields_set)
    columns = {_COLUMNS.get(name, name): value for name, value in given.items() if name != "uitgeschakeld"}
    if "uitgeschakeld" in given:
        columns["disabled_at"] = work.clock.now() if given["uitgeschakeld"] else None
    peer = hosting.change(place, work.session, peer_id, columns)
    work.record(action="peer.change", subject=f"/v1/peers/{peer_id}", change=given)
    return _peer(place, peer)


@peers.get("/{peer_id}/known-peers", **listing("bekende peers", roles(ROLE)))
@refuses(PeerNotFound)
def list_known_peers(work: InWork, peer_id: PeerId, wens: Annotated[PageQuery, Query()], pages: InPages) -> schemas.BekendePeers:
    """De peers die deze peer kent, met het adres van hun Manager."""
    service.require(work.session, peer_id)
    count, rows = select_objects(work.session, repository.listed_known(peer_id), wens)
    known = [
        schemas.BekendePeer.make(
            peer_id=row.peer_id, naam=row.name, manager_address=row.manager_address, aangemeld_op=row.announced_at
        )
        for row in rows
    ]
    return pages.make(schemas.BekendePeers, wens, count, known)


@peers.get(
    "/{peer_id}/jwks",
    summary="Sleutels van de Manager opvragen",
    response_description="De sleutels.",
    dependencies=[public()],
)
@refuses(PeerNotFound)
def get_jwks(work: InWork, peer_id: PeerId) -> Sleutels:
    """De sleutels waarmee services de tokens van deze peer controleren. Openbaar."""
    service.require(work.session, peer_id)
    return Sleutels.make(keys=public_keys(work.session, peer_id))


@peers.post(
    "/{peer_id}/announcements",
    status_code=202,
    summary="Peer aanmelden",
    response_description="De aanmelding is onderweg.",
    dependencies=[roles(ROLE)],
)
@refuses(PeerNotFound)
def create_announcement(work: InWork, place: Place, peer_id: PeerId, invoer: schemas.AanmeldingInvoer) -> schemas.Aanmelding:
    """Meld de peer aan bij een Directory; dit gebeurt op de achtergrond en wordt herhaald tot het lukt."""
    service.announce(place, work.session, peer_id, invoer.manager_address)
    work.record(action="peer.announce", subject=f"/v1/peers/{peer_id}", change={"managerAddress": invoer.manager_address})
    return schemas.Aanmelding.make(manager_address=invoer.manager_address, pogingen=0, gelukt_op=None, fout=None)


@peers.get(
    "/{peer_id}/announcements",
    summary="Aanmeldingen opvragen",
    response_description="De aanmeldingen.",
    dependencies=[roles(ROLE)],
)
@refuses(PeerNotFound)
def list_announcements(work: InWork, peer_id: PeerId) -> schemas.Aanmeldingen:
    """De aanmeldingen van de peer bij Directories."""
    service.require(work.session, peer_id)
    return schemas.Aanmeldingen.make(
        results=[
            schemas.Aanmelding.make(
                manager_address=row.to_address, pogingen=row.attempts, gelukt_op=row.delivered_at, fout=row.last_error
            )
            for row in contracts.announcements(work.session, peer_id)
        ]
    )


def _peer(place: Deployment, peer: HostedPeer) -> schemas.Peer:
    held = {
        component: pair.certificate
        for component in COMPONENTS
        if (pair := place.keys.usable(peer.peer_id, component)) is not None
    }
    return schemas.Peer.make(
        peer_id=peer.peer_id,
        naam=peer.name,
        manager_address=place.manager_address(peer.manager_host),
        inway_address=place.inway_address(peer.inway_host),
        outway_listen=peer.outway_listen,
        directory=peer.directory,
        auto_accept_publication=peer.auto_accept_publication,
        clients_verplicht=peer.clients_required,
        uitgeschakeld=peer.disabled_at is not None,
        bediend=peer.disabled_at is None and len(held) == len(COMPONENTS),
        outway_public_key_thumbprint=held["outway"].public_key_thumbprint if "outway" in held else None,
        certificaten=[shown(component, certificate) for component, certificate in held.items()],
    )
