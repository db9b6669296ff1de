"""HTTP of fondsen."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, roles, router

from fonds_api.fonds import service
from fonds_api.fonds.errors import FondsNietGevonden
from fonds_api.fonds.schemas import Fonds, Fondscode, FondsenPagina
from fonds_api.toegang import BOEKERS, InZicht

fondsen = router("/fondsen", "fondsen")


@fondsen.get("", **listing("fondsen", roles(*BOEKERS)))
def list_fondsen(work: InWork, zicht: InZicht, wens: Annotated[PageQuery, Query()], pages: InPages) -> FondsenPagina:
    """De fondsen waarin uw rol boekt, op code."""
    return pages.make(FondsenPagina, wens, *service.list_fondsen(work, zicht, wens))


@fondsen.get(
    "/{code}", summary="Fonds opvragen", response_description="Het fonds.", dependencies=[roles(*BOEKERS)], responses={404: {}}
)
@refuses(FondsNietGevonden)
def get_fonds(work: InWork, zicht: InZicht, code: Fondscode) -> Fonds:
    """Eén fonds."""
    return service.get_fonds(work, zicht, code)
