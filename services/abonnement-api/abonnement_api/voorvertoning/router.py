"""HTTP of previews, for the administratie."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.eyes import ByEyes
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.schema import GivenUuid

from abonnement_api.abonnement.errors import OvergangOnbeslist
from abonnement_api.tarief.errors import GeenTarief
from abonnement_api.toegang import ADMINISTRATIE, FIATTEUR, LEZERS
from abonnement_api.voorvertoning import service
from abonnement_api.voorvertoning.errors import GeenAbonnementen, OnbekendeVoorvertoning, VoorvertoningNietGevonden
from abonnement_api.voorvertoning.schemas import (
    NieuweVoorvertoning,
    RegelsFilter,
    RegelsPagina,
    Voorvertoning,
    VoorvertoningenFilter,
    VoorvertoningenPagina,
)

voorvertoningen = router("/voorvertoningen", "facturatierondes")
Id = Annotated[
    GivenUuid, Path(description="Identificatie van de voorvertoning.", examples=["6f1b0c1e-6d0f-4a37-9d55-3a0b7c2f1e11"])
]


@voorvertoningen.post(
    "", **creating("Ronde voorvertonen", "De berekening is begonnen.", roles(ADMINISTRATIE, FIATTEUR), later=True)
)
@refuses(GeenTarief, GeenAbonnementen, OvergangOnbeslist, OnbekendeVoorvertoning)
def create_voorvertoning(work: InWork, wie: ByEyes, nieuw: NieuweVoorvertoning, response: Response) -> Voorvertoning:
    """Berekent op de achtergrond wat een ronde van een jaar zou zijn: per gemeente en samen, tegen vorig jaar, met de redenen van
    elk verschil. Er wordt niets gefactureerd."""
    gemaakt = service.aanvragen(work, wie, nieuw)
    located(response, service.pad(gemaakt.id))
    return gemaakt


@voorvertoningen.get("", **listing("voorvertoningen", roles(*LEZERS)))
def list_voorvertoningen(work: InWork, wens: Annotated[VoorvertoningenFilter, Query()], pages: InPages) -> VoorvertoningenPagina:
    """De voorvertoningen, in volgorde van vragen; ook de voorstellen van rondes."""
    return pages.make(VoorvertoningenPagina, wens, *service.list_voorvertoningen(work, wens))


@voorvertoningen.get(
    "/{id}", summary="Voorvertoning opvragen", response_description="De voorvertoning.", dependencies=[roles(*LEZERS)]
)
@refuses(VoorvertoningNietGevonden)
def get_voorvertoning(work: InWork, id: Id) -> Voorvertoning:
    """Eén voorvertoning, met haar totalen en de grenzen waar zij buiten valt."""
    return service.get_voorvertoning(work, id)


@voorvertoningen.get("/{id}/regels", **listing("gemeenten van een voorvertoning", roles(*LEZERS)))
@refuses(VoorvertoningNietGevonden)
def list_regels(work: InWork, id: Id, wens: Annotated[RegelsFilter, Query()], pages: InPages) -> RegelsPagina:
    """Wat elke gemeente zou betalen, tegen vorig jaar, met de redenen van het verschil."""
    return pages.make(RegelsPagina, wens, *service.list_regels(work, id, wens))
