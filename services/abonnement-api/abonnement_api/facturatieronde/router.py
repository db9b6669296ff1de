"""HTTP of billing rounds, for the administratie."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.schema import Digits

from abonnement_api.facturatieronde import service
from abonnement_api.facturatieronde.errors import (
    AndereFactuurdatum,
    AnderTarief,
    FacturatierondeNietGevonden,
    GeenAbonnementen,
    OnmogelijkeFactuurdatum,
)
from abonnement_api.facturatieronde.schemas import Facturatieronde, FacturatierondesPagina, NieuweRonde
from abonnement_api.tarief.errors import GeenTarief
from abonnement_api.toegang import ADMINISTRATIE, LEZERS

facturatierondes = router("/facturatierondes", "facturatierondes")
HERHAALD = (Facturatieronde, "De ronde is al aangevraagd; er verandert niets.")


@facturatierondes.post(
    "", **creating("Facturatieronde aanvragen", "De ronde is begonnen.", roles(ADMINISTRATIE), later=True, again=HERHAALD)
)
@refuses(GeenTarief, GeenAbonnementen, OnmogelijkeFactuurdatum, AnderTarief, AndereFactuurdatum)
def create_facturatieronde(work: InWork, nieuw: NieuweRonde, response: Response) -> Facturatieronde:
    """Maakt op de achtergrond een factuur voor elke gemeente die op 1 januari een abonnement heeft. Nog eens vragen verandert
    niets; na een mislukking begint de ronde opnieuw."""
    ronde, begonnen = service.aanvragen(work, nieuw)
    located(response, service.pad(ronde.jaar), new=begonnen)
    return ronde


@facturatierondes.get("", **listing("facturatierondes", roles(*LEZERS)))
def list_facturatierondes(work: InWork, wens: Annotated[PageQuery, Query()], pages: InPages) -> FacturatierondesPagina:
    """De facturatierondes, op jaar."""
    return pages.make(FacturatierondesPagina, wens, *service.list_rondes(work, wens))


@facturatierondes.get(
    "/{jaar}",
    summary="Facturatieronde opvragen",
    response_description="De ronde.",
    dependencies=[roles(*LEZERS)],
)
@refuses(FacturatierondeNietGevonden)
def get_facturatieronde(
    work: InWork, jaar: Annotated[Digits, Path(ge=2000, le=2100, description="Jaar.", examples=[2018])]
) -> Facturatieronde:
    """De ronde van een jaar en hoe ver zij is."""
    return service.get_ronde(work, jaar)
