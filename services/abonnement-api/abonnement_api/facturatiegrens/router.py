"""HTTP of bounds: the administratie reads them, and only the second pair of eyes sets them."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.schema import Digits

from abonnement_api.facturatiegrens import service
from abonnement_api.facturatiegrens.schemas import Facturatiegrenzen, FacturatiegrenzenInvoer, FacturatiegrenzenPagina
from abonnement_api.toegang import FIATTEUR, LEZERS

facturatiegrenzen = router("/facturatiegrenzen", "facturatierondes")


@facturatiegrenzen.get("", **listing("grenzen van rondes", roles(*LEZERS)))
def list_facturatiegrenzen(work: InWork, wens: Annotated[PageQuery, Query()], pages: InPages) -> FacturatiegrenzenPagina:
    """Waarbuiten een ronde wacht, op jaar, met elke eerdere versie. Is er niets vastgelegd, dan gelden 1 miljoen euro per
    gemeente, 20 miljoen per ronde, 25% verschil met vorig jaar per gemeente en 10% voor de ronde, en geen cent verschil met de
    voorvertoning."""
    return pages.make(FacturatiegrenzenPagina, wens, *service.list_grenzen(work, wens))


@facturatiegrenzen.put(
    "/{jaar}",
    summary="Grenzen van rondes vastleggen",
    response_description="De nieuwe versie.",
    dependencies=[roles(FIATTEUR)],
)
def put_facturatiegrenzen(
    work: InWork,
    jaar: Annotated[Digits, Path(ge=2000, le=2100, description="Eerste jaar waarvoor zij gelden.", examples=[2018])],
    invoer: FacturatiegrenzenInvoer,
) -> Facturatiegrenzen:
    """Legt vast waarbuiten een ronde wacht. Voorvertoningen die er al zijn, veranderen niet."""
    return service.leg_vast(work, jaar, invoer)
