"""HTTP of fondsen."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request, Response
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import LINK_HEADER, PageQuery, page_fields
from gemeengoed_kit.route import ByCaller, InWork, roles, router

from fonds_api.fonds import service
from fonds_api.fonds.errors import FondsNietGevonden
from fonds_api.fonds.schemas import Fonds, Fondscode, FondsenPagina
from fonds_api.rollen import BOEKERS

fondsen = router("/fondsen", "fondsen")


@fondsen.get(
    "",
    summary="Fondsen opvragen",
    response_description="Een pagina met fondsen.",
    dependencies=[roles(*BOEKERS)],
    responses={200: {"headers": LINK_HEADER}},
)
def list_fondsen(
    work: InWork, caller: ByCaller, wens: Annotated[PageQuery, Query()], request: Request, response: Response
) -> FondsenPagina:
    """De fondsen waarin uw rol boekt, op code."""
    count, results = service.list_fondsen(work, caller.role, wens)
    return FondsenPagina.make(**page_fields(request, response, wens, count), results=results)


@fondsen.get("/{code}", summary="Fonds opvragen", response_description="Het fonds.", dependencies=[roles(*BOEKERS)])
@refuses(FondsNietGevonden)
def get_fonds(work: InWork, caller: ByCaller, code: Fondscode) -> Fonds:
    """Eén fonds."""
    return service.get_fonds(work, caller.role, code)
