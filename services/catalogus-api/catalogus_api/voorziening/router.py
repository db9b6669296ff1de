"""HTTP of voorzieningen. Reading is public."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Request, Response
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import LINK_HEADER, page_fields
from gemeengoed_kit.route import InWork, public, router

from catalogus_api.voorziening import service
from catalogus_api.voorziening.errors import OnbekendeVoorziening
from catalogus_api.voorziening.schemas import Voorziening, VoorzieningenFilter, VoorzieningenPagina

voorzieningen = router("/voorzieningen", "voorzieningen")


@voorzieningen.get(
    "",
    summary="Voorzieningen opvragen",
    response_description="Een pagina met voorzieningen.",
    dependencies=[public()],
    responses={200: {"headers": LINK_HEADER}},
)
def list_voorzieningen(
    work: InWork, wens: Annotated[VoorzieningenFilter, Query()], request: Request, response: Response
) -> VoorzieningenPagina:
    """De voorzieningen die gemeenten delen, op code."""
    count, results = service.list_voorzieningen(work, wens)
    return VoorzieningenPagina.make(**page_fields(request, response, wens, count), results=results)


@voorzieningen.get(
    "/{code}",
    summary="Voorziening opvragen",
    response_description="De voorziening.",
    dependencies=[public()],
)
@refuses(OnbekendeVoorziening)
def get_voorziening(
    work: InWork,
    code: Annotated[str, Path(pattern=r"^[a-z0-9-]{1,60}$", description="Code van de voorziening.", examples=["kindertelefoon"])],
) -> Voorziening:
    """Eén voorziening."""
    return service.get_voorziening(work, code)
