"""HTTP of billing rounds, for the administratie."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query, Request, Response
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import LINK_HEADER, PageQuery, page_fields
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.schema import Digits

from abonnement_api.facturatieronde import service
from abonnement_api.facturatieronde.errors import (
    AndereFactuurdatum,
    AnderTarief,
    GeenAbonnementen,
    OnbekendeRonde,
    OnmogelijkeFactuurdatum,
)
from abonnement_api.facturatieronde.schemas import Facturatieronde, FacturatierondesPagina, NieuweRonde
from abonnement_api.tarief.errors import GeenTarief
from abonnement_api.toegang import ADMINISTRATIE

facturatierondes = router("/facturatierondes", "facturatierondes")
LOCATION = {"Location": {"description": "Pad van de ronde.", "schema": {"type": "string"}}}
HERHAALD: dict[int | str, dict[str, Any]] = {
    200: {"model": Facturatieronde, "description": "De ronde is al aangevraagd; er verandert niets.", "headers": LOCATION},
    202: {"headers": LOCATION},
}


@facturatierondes.post(
    "",
    status_code=202,
    summary="Facturatieronde aanvragen",
    response_description="De ronde is begonnen.",
    dependencies=[roles(ADMINISTRATIE)],
    responses=HERHAALD,
)
@refuses(GeenTarief, GeenAbonnementen, OnmogelijkeFactuurdatum, AnderTarief, AndereFactuurdatum)
def aanvragen_ronde(work: InWork, nieuw: NieuweRonde, response: Response) -> Facturatieronde:
    """Maakt op de achtergrond een factuur voor elke gemeente die op 1 januari een abonnement heeft. Nog eens vragen verandert
    niets; na een mislukking begint de ronde opnieuw."""
    ronde, begonnen = service.aanvragen(work, nieuw)
    response.status_code = 202 if begonnen else 200
    response.headers["Location"] = service.pad(ronde.jaar)
    return ronde


@facturatierondes.get(
    "",
    summary="Facturatierondes opvragen",
    response_description="Een pagina met rondes.",
    dependencies=[roles(ADMINISTRATIE)],
    responses={200: {"headers": LINK_HEADER}},
)
def list_rondes(
    work: InWork, wens: Annotated[PageQuery, Query()], request: Request, response: Response
) -> FacturatierondesPagina:
    """De facturatierondes, op jaar."""
    count, results = service.list_rondes(work, wens)
    return FacturatierondesPagina.make(**page_fields(request, response, wens, count), results=results)


@facturatierondes.get(
    "/{jaar}",
    summary="Facturatieronde opvragen",
    response_description="De ronde.",
    dependencies=[roles(ADMINISTRATIE)],
)
@refuses(OnbekendeRonde)
def get_ronde(
    work: InWork, jaar: Annotated[Digits, Path(ge=2000, le=2100, description="Jaar.", examples=[2018])]
) -> Facturatieronde:
    """De ronde van een jaar en hoe ver zij is."""
    return service.get_ronde(work, jaar)
