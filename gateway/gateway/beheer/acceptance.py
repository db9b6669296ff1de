"""HTTP routes for the rules by which contracts are accepted automatically."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, PageQuery, listing, select_objects
from gemeengoed_kit.route import InWork, roles, router

from gateway.acceptance import repository, service
from gateway.acceptance.errors import RuleNotFound, RuleRefused
from gateway.acceptance.models import AcceptRule
from gateway.beheer.access import ROLE, PeerId, Place
from gateway.beheer.schemas import acceptance as schemas
from gateway.contract.profile import profile_of
from gateway.peer.errors import PeerNotFound
from gateway.peer.service import require

rules = router("/peers/{peer_id}/rules", "regels")

RuleName = Annotated[
    str, Path(pattern="^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", description="Naam van de regel.", examples=["catalogus"])
]


@rules.put("/{naam}", summary="Regel zetten", response_description="De regel.", dependencies=[roles(ROLE)])
@refuses(PeerNotFound, RuleRefused)
def put_rule(work: InWork, place: Place, peer_id: PeerId, naam: RuleName, invoer: schemas.RegelInvoer) -> schemas.Regel:
    """Aanvaard voortaan vanzelf elk contract met precies deze grants; nooit voor de eigen Outway."""
    require(work.session, peer_id)
    patterns = service.put_rule(
        work.session, profile_of(place.rules), peer_id, naam, invoer.grants, invoer.max_dagen, now=place.now
    )
    work.record(action="rule.put", subject=f"/v1/peers/{peer_id}/rules/{naam}", change=invoer.model_dump(mode="json"))
    return schemas.Regel.make(naam=naam, grants=patterns, max_dagen=invoer.max_dagen, gewijzigd_op=place.now)


@rules.get("", **listing("regels", roles(ROLE)))
@refuses(PeerNotFound)
def list_rules(work: InWork, peer_id: PeerId, wens: Annotated[PageQuery, Query()], pages: InPages) -> schemas.Regels:
    """De regels waarmee de peer contracten vanzelf aanvaardt."""
    require(work.session, peer_id)
    count, rows = select_objects(work.session, repository.rules(peer_id), wens)
    return pages.make(schemas.Regels, wens, count, [_rule(row) for row in rows])


@rules.delete(
    "/{naam}",
    status_code=204,
    summary="Regel verwijderen",
    response_description="De regel is er niet meer.",
    dependencies=[roles(ROLE)],
)
@refuses(PeerNotFound, RuleNotFound)
def delete_rule(work: InWork, peer_id: PeerId, naam: RuleName) -> Response:
    """Verwijder een regel; wat al aanvaard is, blijft aanvaard."""
    require(work.session, peer_id)
    service.remove_rule(work.session, peer_id, naam)
    work.record(action="rule.delete", subject=f"/v1/peers/{peer_id}/rules/{naam}", change={})
    return Response(status_code=204)


def _rule(row: AcceptRule) -> schemas.Regel:
    return schemas.Regel.make(naam=row.name, grants=row.grants, max_dagen=row.max_days, gewijzigd_op=row.updated_at)
