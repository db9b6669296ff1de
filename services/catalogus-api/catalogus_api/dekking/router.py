"""HTTP of coverage. Reading is public; how precisely, depends on what the caller may see."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.kept import keeps
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, public, router

from catalogus_api.dekking import service
from catalogus_api.dekking.schemas import (
    Collectiviseringsgraad,
    DagFilter,
    Dekking,
    DekkingFilter,
    DekkingVanVoorziening,
    VoorzieningdekkingPagina,
    VoorzieningendekkingFilter,
)
from catalogus_api.namens.belang import InKijk
from catalogus_api.toegang import InZicht
from catalogus_api.voorziening.errors import VoorzieningNietGevonden
from catalogus_api.voorziening.schemas import CODE

dekking = router("/dekking", "dekking")
dekking_van_voorziening = router("/voorzieningen/{code}", "dekking")
collectiviseringsgraad = router("/collectiviseringsgraad", "dekking")
Code = Annotated[str, Path(pattern=CODE, description="Code van de voorziening.", examples=["kindertelefoon"])]


@dekking.get("", summary="Dekking opvragen", response_description="De dekking.", dependencies=[public()])
@keeps("dekking")
def get_dekking(work: InWork, kijk: InKijk, wens: Annotated[DekkingFilter, Query()]) -> Dekking:
    """Hoeveel gemeenten en inwoners alle voorzieningen samen bereiken, per domein of provincie, op een dag."""
    return service.get_dekking(work, kijk, wens)


@dekking.get("/voorzieningen", **listing("dekking van voorzieningen", public()))
@keeps("dekking")
def list_dekking(
    work: InWork, kijk: InKijk, wens: Annotated[VoorzieningendekkingFilter, Query()], pages: InPages
) -> VoorzieningdekkingPagina:
    """Hoeveel gemeenten en inwoners elke voorziening bereikt, op een dag. Bron van de inwonertallen: CBS (CC BY 4.0)."""
    count, regels, dag = service.list_voorzieningen(work, kijk, wens)
    return pages.make(VoorzieningdekkingPagina, wens, count, regels, {"op": dag})


@dekking_van_voorziening.get(
    "/dekking", summary="Dekking van een voorziening opvragen", response_description="De dekking.", dependencies=[public()]
)
@keeps("dekking")
@refuses(VoorzieningNietGevonden)
def get_dekking_van_voorziening(
    work: InWork, zicht: InZicht, kijk: InKijk, code: Code, wens: Annotated[DagFilter, Query()]
) -> DekkingVanVoorziening:
    """Hoeveel gemeenten en inwoners een voorziening bereikt, in het land en per provincie, op een dag."""
    return service.get_van_voorziening(work, zicht, kijk, code, wens.op)


@collectiviseringsgraad.get(
    "", summary="Collectiviseringsgraad opvragen", response_description="De graad.", dependencies=[public()]
)
@keeps("dekking")
def get_collectiviseringsgraad(work: InWork, kijk: InKijk, wens: Annotated[DagFilter, Query()]) -> Collectiviseringsgraad:
    """Welk deel van de mogelijke deelnames in gebruik is, naast het streefbeeld van de ALV, met de berekening."""
    return service.get_collectiviseringsgraad(work, kijk, wens.op)
