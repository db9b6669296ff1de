"""HTTP of events. Reading is public, for what everybody may see."""

from __future__ import annotations

import hashlib
from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.conditional import NOT_MODIFIED, IfNoneMatch, etag, unmodified
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, public, router
from gemeengoed_kit.schema import GivenUuid

from catalogus_api.gebeurtenis import atom, service
from catalogus_api.gebeurtenis.errors import GebeurtenisNietGevonden
from catalogus_api.gebeurtenis.schemas import Gebeurtenis, GebeurtenissenFilter, GebeurtenissenPagina
from catalogus_api.namens.belang import InKringen
from catalogus_api.toegang import InZicht, VanWie

gebeurtenissen = router("/gebeurtenissen", "gebeurtenissen")
Id = Annotated[
    GivenUuid, Path(description="Identificatie van de gebeurtenis.", examples=["8f7a52f6-7f0e-4a57-8a1c-0a8d1f8a4f22"])
]


class Atom(Response):
    media_type = "application/atom+xml"


@gebeurtenissen.get("", **listing("gebeurtenissen", public()))
def list_gebeurtenissen(
    work: InWork, kringen: InKringen, peer_id: VanWie, wens: Annotated[GebeurtenissenFilter, Query()], pages: InPages
) -> GebeurtenissenPagina:
    """Wat er in de catalogus is gewijzigd, oudste eerst. Wie bij wil blijven, vraagt met `na` om wat volgt op de laatste
    `sequence` die hij heeft."""
    return pages.make(GebeurtenissenPagina, wens, *service.list_gebeurtenissen(work, kringen, _bron(peer_id), wens))


@gebeurtenissen.get(
    "/gebeurtenissen.atom",
    summary="Gebeurtenissen als Atom-feed",
    response_description="De feed.",
    dependencies=[public()],
    response_class=Atom,
    responses=NOT_MODIFIED,
)
def get_gebeurtenissen_atom(
    work: InWork, kringen: InKringen, zicht: InZicht, peer_id: VanWie, if_none_match: IfNoneMatch = None
) -> Response:
    """De honderd nieuwste gebeurtenissen om te volgen met een feedlezer (RFC 4287), nieuwste eerst."""
    inhoud = atom.feed_van(service.nieuwste(work, kringen, zicht), peer_id)
    kenmerk = hashlib.sha256(inhoud).hexdigest()[:32]
    return unmodified(if_none_match, kenmerk) or Atom(inhoud, headers={"ETag": etag(kenmerk)})


@gebeurtenissen.get("/{id}", summary="Gebeurtenis opvragen", response_description="De gebeurtenis.", dependencies=[public()])
@refuses(GebeurtenisNietGevonden)
def get_gebeurtenis(work: InWork, kringen: InKringen, peer_id: VanWie, id: Id) -> Gebeurtenis:
    """Eén gebeurtenis."""
    return service.get_gebeurtenis(work, kringen, _bron(peer_id), id)


def _bron(peer_id: str) -> str:
    return f"urn:nld:oin:{peer_id}:systeem:catalogus"
