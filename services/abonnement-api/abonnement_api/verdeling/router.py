"""HTTP of distributions: the administratie proposes, the fiatteur fixes, an aanbieder reads its own share."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.eyes import ByEyes
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.schema import GivenUuid
from gemeengoed_kit.window import TooFarAhead

from abonnement_api.toegang import AANBIEDER, ADMINISTRATIE, FIATTEUR, LEZERS, InZicht
from abonnement_api.verdeling import service
from abonnement_api.verdeling.errors import (
    NietsTeVerdelen,
    VerdelingAchterhaald,
    VerdelingAlBesloten,
    VerdelingAlVoorgesteld,
    VerdelingNietGevonden,
)
from abonnement_api.verdeling.schemas import NieuweVerdeling, NieuweVerdelingsafwijzing, Verdeling, VerdelingenPagina

verdelingen = router("/verdelingen", "verdelingen")
Verdelingid = Annotated[
    GivenUuid, Path(description="Identificatie van de verdeling.", examples=["c2b1f5c4-70e5-4f0e-8d5f-7a1c3e9d2b64"])
]


@verdelingen.post("", **creating("Verdeling voorstellen", "De voorgestelde verdeling.", roles(ADMINISTRATIE)))
@refuses(TooFarAhead, NietsTeVerdelen, VerdelingAlVoorgesteld)
def create_verdeling(work: InWork, wie: ByEyes, nieuw: NieuweVerdeling, response: Response) -> Verdeling:
    """Stelt voor wat is ontvangen en nog niet verdeeld, te verdelen naar de factuurregels die ermee zijn betaald. Een ander stelt
    haar vast; tot dan is er niets verdeeld."""
    verdeling = service.voorstellen(work, wie, nieuw)
    located(response, service.pad(verdeling.id))
    return verdeling


@verdelingen.get("", **listing("verdelingen", roles(*LEZERS, AANBIEDER)))
def list_verdelingen(work: InWork, zicht: InZicht, wens: Annotated[PageQuery, Query()], pages: InPages) -> VerdelingenPagina:
    """De verdelingen, in volgorde van voorstellen. Een aanbieder ziet van wat is vastgesteld zijn eigen deel."""
    return pages.make(VerdelingenPagina, wens, *service.list_verdelingen(work, zicht, wens))


@verdelingen.get(
    "/{id}",
    summary="Verdeling opvragen",
    response_description="De verdeling.",
    dependencies=[roles(*LEZERS, AANBIEDER)],
)
@refuses(VerdelingNietGevonden)
def get_verdeling(work: InWork, zicht: InZicht, id: Verdelingid) -> Verdeling:
    """Eén verdeling met haar regels. Een aanbieder ziet van wat is vastgesteld zijn eigen deel."""
    return service.get_verdeling(work, zicht, id)


@verdelingen.post(
    "/{id}/vaststellingen",
    summary="Verdeling vaststellen",
    response_description="De vastgestelde verdeling.",
    dependencies=[roles(FIATTEUR)],
)
@refuses(VerdelingNietGevonden, VerdelingAlBesloten, VerdelingAchterhaald)
def create_vaststelling(work: InWork, wie: ByEyes, id: Verdelingid) -> Verdeling:
    """Stelt precies vast wat is voorgesteld, en laat dat boeken. Dat doet een ander: met een ander contract, en niet dezelfde rol
    van dezelfde organisatie."""
    return service.vaststellen(work, wie, id)


@verdelingen.post(
    "/{id}/afwijzingen",
    summary="Verdeling afwijzen",
    response_description="De afgewezen verdeling.",
    dependencies=[roles(ADMINISTRATIE, FIATTEUR)],
)
@refuses(VerdelingNietGevonden, VerdelingAlBesloten)
def create_verdelingsafwijzing(work: InWork, wie: ByEyes, id: Verdelingid, nieuw: NieuweVerdelingsafwijzing) -> Verdeling:
    """Wijst een voorstel af, met een reden; wie het voorstelde, trekt het zo in. Er verandert verder niets."""
    return service.afwijzen(work, wie, id, nieuw)
