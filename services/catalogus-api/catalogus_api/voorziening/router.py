"""HTTP of voorzieningen. Reading is public."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, public, router

from catalogus_api.voorziening import service
from catalogus_api.voorziening.errors import VoorzieningNietGevonden
from catalogus_api.voorziening.schemas import Voorziening, VoorzieningenFilter, VoorzieningenPagina

voorzieningen = router("/voorzieningen", "voorzieningen")


@voorzieningen.get("", **listing("voorzieningen", public()))
def list_voorzieningen(work: InWork, wens: Annotated[VoorzieningenFilter, Query()], pages: InPages) -> VoorzieningenPagina:
    """De voorzieningen die gemeenten delen, op code."""
    return pages.make(VoorzieningenPagina, wens, *service.list_voorzieningen(work, wens))


@voorzieningen.get(
    "/{code}",
    summary="Voorziening opvragen",
    response_description="De voorziening.",
    dependencies=[public()],
)
@refuses(VoorzieningNietGevonden)
def get_voorziening(
    work: InWork,
    code: Annotated[str, Path(pattern=r"^[a-z0-9-]{1,60}$", description="Code van de voorziening.", examples=["kindertelefoon"])],
) -> Voorziening:
    """Eén voorziening."""
    return service.get_voorziening(work, code)
