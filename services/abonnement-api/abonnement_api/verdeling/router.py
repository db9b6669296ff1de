"""HTTP of distributions, for the administratie."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.schema import GivenUuid
from gemeengoed_kit.window import TooFarAhead

from abonnement_api.toegang import ADMINISTRATIE, LEZERS
from abonnement_api.verdeling import service
from abonnement_api.verdeling.errors import NietsTeVerdelen, VerdelingNietGevonden
from abonnement_api.verdeling.schemas import NieuweVerdeling, Verdeling, VerdelingenPagina

verdelingen = router("/verdelingen", "verdelingen")


@verdelingen.post("", **creating("Ontvangsten verdelen", "De verdeling.", roles(ADMINISTRATIE)))
@refuses(TooFarAhead, NietsTeVerdelen)
def create_verdeling(work: InWork, nieuw: NieuweVerdeling, response: Response) -> Verdeling:
    """Verdeelt wat is ontvangen en nog niet verdeeld, naar de factuurregels die ermee zijn betaald, en laat dat boeken."""
    verdeling = service.verdelen(work, nieuw)
    located(response, service.pad(verdeling.id))
    return verdeling


@verdelingen.get("", **listing("verdelingen", roles(*LEZERS)))
def list_verdelingen(work: InWork, wens: Annotated[PageQuery, Query()], pages: InPages) -> VerdelingenPagina:
    """De verdelingen, in volgorde van vaststelling."""
    return pages.make(VerdelingenPagina, wens, *service.list_verdelingen(work, wens))


@verdelingen.get(
    "/{id}",
    summary="Verdeling opvragen",
    response_description="De verdeling.",
    dependencies=[roles(*LEZERS)],
)
@refuses(VerdelingNietGevonden)
def get_verdeling(
    work: InWork,
    id: Annotated[
        GivenUuid, Path(description="Identificatie van de verdeling.", examples=["c2b1f5c4-70e5-4f0e-8d5f-7a1c3e9d2b64"])
    ],
) -> Verdeling:
    """Eén verdeling met haar regels."""
    return service.get_verdeling(work, id)
