"""HTTP of peilingen."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.schema import GivenUuid
from gemeengoed_kit.window import TooFarAhead

from abonnement_api.gemeentepeiling import service
from abonnement_api.gemeentepeiling.errors import GemeentepeilingNietGevonden
from abonnement_api.gemeentepeiling.schemas import (
    Gemeentepeiling,
    GemeentepeilingenFilter,
    GemeentepeilingenPagina,
    NieuweGemeentepeiling,
)
from abonnement_api.toegang import ADMINISTRATIE, LEZERS

peilingen = router("/gemeentepeilingen", "rapportages")


@peilingen.post("", **creating("Gemeenten peilen", "De catalogus wordt gevraagd.", roles(ADMINISTRATIE), later=True))
@refuses(TooFarAhead)
def create_gemeentepeiling(work: InWork, nieuw: NieuweGemeentepeiling, response: Response) -> Gemeentepeiling:
    """Vraagt de catalogus welke gemeenten er op een dag zijn en hoeveel inwoners zij hebben, en bewaart dat. Een latere correctie
    komt in een volgende peiling."""
    peiling = service.aanvragen(work, nieuw)
    located(response, service.pad(peiling.id))
    return peiling


@peilingen.get("", **listing("gemeentepeilingen", roles(*LEZERS)))
def list_gemeentepeilingen(
    work: InWork, wens: Annotated[GemeentepeilingenFilter, Query()], pages: InPages
) -> GemeentepeilingenPagina:
    """De peilingen, de laatst aangevraagde eerst."""
    return pages.make(GemeentepeilingenPagina, wens, *service.list_peilingen(work, wens))


@peilingen.get("/{id}", summary="Gemeentepeiling opvragen", response_description="De peiling.", dependencies=[roles(*LEZERS)])
@refuses(GemeentepeilingNietGevonden)
def get_gemeentepeiling(
    work: InWork,
    id: Annotated[
        GivenUuid, Path(description="Identificatie van de peiling.", examples=["d4c7a9e0-8b16-4f52-93ad-70e5b1f2c688"])
    ],
) -> Gemeentepeiling:
    """Eén peiling. Wat zij betekent, zegt `GET /v1/rapportages/deelname`."""
    return service.get_peiling(work, id)
