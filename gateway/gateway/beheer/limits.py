"""HTTP routes for limits on calls that reach the Inway."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.route import InWork, roles, router

from gateway.beheer.access import ROLE, PeerId, Place
from gateway.beheer.schemas import limits as schemas
from gateway.limit import repository
from gateway.limit import service as limiting
from gateway.limit.errors import LimitNotFound
from gateway.limit.rules import Kind
from gateway.peer.errors import PeerNotFound
from gateway.peer.service import require

limits = router("/peers/{peer_id}/limits", "grenzen")

Soort = Annotated[Kind, Path(description="Waarvoor de grens geldt: `service` of `caller` (aanroepende peer).")]
Onderwerp = Annotated[
    str,
    Path(pattern="^[A-Za-z0-9._-]{1,100}$", description="Naam van de service, of OIN van de aanroeper.", examples=["catalogus"]),
]


@limits.get("", summary="Grenzen opvragen", response_description="De grenzen.", dependencies=[roles(ROLE)])
@refuses(PeerNotFound)
def list_limits(work: InWork, peer_id: PeerId) -> schemas.Grenzen:
    """De grenzen aan de Inway van de peer."""
    require(work.session, peer_id)
    return schemas.Grenzen.make(results=[schemas.Grens.of(row) for row in repository.limits(work.session, peer_id)])


@limits.get(
    "/{soort}/{onderwerp}",
    summary="Grens opvragen",
    response_description="De grens.",
    dependencies=[roles(ROLE)],
)
@refuses(PeerNotFound, LimitNotFound)
def get_limit(work: InWork, peer_id: PeerId, soort: Soort, onderwerp: Onderwerp) -> schemas.Grens:
    """De grenzen van een service of aanroepende peer."""
    return schemas.Grens.of(limiting.require_limit(work.session, peer_id, soort, onderwerp))


@limits.put(
    "/{soort}/{onderwerp}",
    summary="Grens zetten",
    response_description="De grens.",
    dependencies=[roles(ROLE)],
)
@refuses(PeerNotFound)
def put_limit(
    work: InWork, place: Place, peer_id: PeerId, soort: Soort, onderwerp: Onderwerp, invoer: schemas.GrensInvoer
) -> schemas.Grens:
    """Begrens een service (wie haar ook aanroept) of een aanroepende peer (wat hij ook aanroept).

    Gelden beide, dan telt de strengste. Wie over de grens gaat, krijgt een FSC-fout: 429, 413 of 504.
    """
    row = limiting.put(place, work.session, peer_id, soort, onderwerp, invoer.limit)
    work.record(
        action="limit.put", subject=f"/v1/peers/{peer_id}/limits/{soort}/{onderwerp}", change=invoer.model_dump(by_alias=True)
    )
    return schemas.Grens.of(row)


@limits.delete(
    "/{soort}/{onderwerp}",
    status_code=204,
    summary="Grens opheffen",
    response_description="De grens is opgeheven.",
    dependencies=[roles(ROLE)],
)
@refuses(PeerNotFound, LimitNotFound)
def delete_limit(work: InWork, peer_id: PeerId, soort: Soort, onderwerp: Onderwerp) -> None:
    """Hef de grenzen van een service of aanroepende peer op."""
    limiting.lift(work.session, peer_id, soort, onderwerp)
    work.record(action="limit.delete", subject=f"/v1/peers/{peer_id}/limits/{soort}/{onderwerp}", change={})
