"""HTTP routes for aliases: names by which clients of the Outway choose a grant."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, PageQuery, listing, select_objects
from gemeengoed_kit.route import InWork, roles, router

from gateway.beheer.access import ROLE, PeerId, Place
from gateway.beheer.schemas import aliases as schemas
from gateway.contract import grants
from gateway.contract.errors import GrantUnknown
from gateway.db import notify
from gateway.outway import repository as aliasing
from gateway.outway.errors import AliasNotFound
from gateway.outway.models import GrantAlias
from gateway.outway.service import name_grant
from gateway.peer.errors import PeerNotFound
from gateway.peer.service import require

aliases = router("/peers/{peer_id}/aliases", "aliassen")

AliasName = Annotated[str, Path(pattern="^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", description="De alias.", examples=["catalogus"])]


@aliases.put("/{alias}", summary="Alias zetten", response_description="De alias.", dependencies=[roles(ROLE)])
@refuses(PeerNotFound, GrantUnknown)
def put_alias(work: InWork, place: Place, peer_id: PeerId, alias: AliasName, invoer: schemas.AliasInvoer) -> schemas.Alias:
    """Laat een alias naar een grant van de eigen Outway wijzen. Is die grant nog niet te gebruiken, dan wijst de alias tot die
    tijd nog naar de vorige."""
    require(work.session, peer_id)
    if not grants.has_outway_grant(work.session, peer_id, invoer.grant_hash):
        raise GrantUnknown(f"Peer {peer_id} heeft geen grant {invoer.grant_hash} voor zijn Outway.")
    set_alias = name_grant(place, work.session, peer_id, alias, invoer.grant_hash)
    notify(work.session)
    work.record(action="alias.put", subject=f"/v1/peers/{peer_id}/aliases/{alias}", change={"grantHash": invoer.grant_hash})
    return _alias(set_alias)


def _alias(row: GrantAlias) -> schemas.Alias:
    return schemas.Alias.make(alias=row.alias, grant_hash=row.grant_hash, eerdere_grant_hash=row.earlier_grant_hash)


@aliases.get("", **listing("aliassen", roles(ROLE)))
@refuses(PeerNotFound)
def list_aliases(work: InWork, peer_id: PeerId, wens: Annotated[PageQuery, Query()], pages: InPages) -> schemas.Aliassen:
    """De aliassen bij de Outway van de peer."""
    require(work.session, peer_id)
    count, rows = select_objects(work.session, aliasing.listed(peer_id), wens)
    return pages.make(schemas.Aliassen, wens, count, [_alias(row) for row in rows])


@aliases.delete(
    "/{alias}",
    status_code=204,
    summary="Alias verwijderen",
    response_description="De alias is er niet meer.",
    dependencies=[roles(ROLE)],
)
@refuses(PeerNotFound, AliasNotFound)
def delete_alias(work: InWork, peer_id: PeerId, alias: AliasName) -> Response:
    """Verwijder een alias; de grant zelf blijft."""
    require(work.session, peer_id)
    if not aliasing.remove_alias(work.session, peer_id, alias):
        raise AliasNotFound(f"Peer {peer_id} heeft geen alias {alias!r}.")
    notify(work.session)
    work.record(action="alias.delete", subject=f"/v1/peers/{peer_id}/aliases/{alias}", change={})
    return Response(status_code=204)
