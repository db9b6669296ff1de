"""HTTP of fondsen."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Response
from gemeengoed_kit.conditional import (
    NOT_MODIFIED,
    WITH_ETAG,
    Changed,
    IfMatch,
    IfNoneMatch,
    VersionNeeded,
    etag,
    unmodified,
)
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, roles, router

from fonds_api.fonds import service
from fonds_api.fonds.errors import BoekingsrollenPassenNiet, FondsBestaatAl, FondsNietGevonden
from fonds_api.fonds.schemas import Fonds, Fondscode, FondsenPagina, Fondswijziging, NieuwFonds, VierOgen
from fonds_api.toegang import BESTUUR, FONDSBEHEERDER, LEZERS, InZicht

fondsen = router("/fondsen", "fondsen")


@fondsen.get("", **listing("fondsen", roles(*LEZERS)))
def list_fondsen(work: InWork, zicht: InZicht, wens: Annotated[PageQuery, Query()], pages: InPages) -> FondsenPagina:
    """De fondsen die uw rol ziet, op code."""
    return pages.make(FondsenPagina, wens, *service.list_fondsen(work, zicht, wens))


@fondsen.post("", **creating("Fonds oprichten", "Het fonds.", roles(FONDSBEHEERDER), versioned=True))
@refuses(BoekingsrollenPassenNiet, FondsBestaatAl)
def create_fonds(work: InWork, nieuw: NieuwFonds, response: Response) -> Fonds:
    """Richt een fonds op: een eigen grootboek, nog zonder rekeningen. Een fonds verdwijnt niet meer."""
    fonds = service.aanmaken(work, nieuw)
    located(response, service.pad(fonds.code), version=fonds.versie)
    return fonds


@fondsen.get(
    "/{code}",
    summary="Fonds opvragen",
    response_description="Het fonds.",
    response_model=Fonds,
    dependencies=[roles(*LEZERS)],
    responses=NOT_MODIFIED,
)
@refuses(FondsNietGevonden)
def get_fonds(
    work: InWork, zicht: InZicht, code: Fondscode, response: Response, if_none_match: IfNoneMatch = None
) -> Fonds | Response:
    """Eén fonds."""
    fonds = service.get_fonds(work, zicht, code)
    response.headers["ETag"] = etag(fonds.versie)
    return unmodified(if_none_match, fonds.versie) or fonds


@fondsen.put(
    "/{code}",
    summary="Fonds wijzigen",
    response_description="Het fonds zoals het is geworden.",
    dependencies=[roles(FONDSBEHEERDER)],
    responses=WITH_ETAG,
)
@refuses(FondsNietGevonden, BoekingsrollenPassenNiet, Changed, VersionNeeded)
def update_fonds(
    work: InWork, zicht: InZicht, code: Fondscode, wijziging: Fondswijziging, response: Response, if_match: IfMatch = None
) -> Fonds:
    """Wijzigt wat van een fonds te wijzigen is; de code blijft."""
    fonds = service.wijzigen(work, zicht, code, if_match, wijziging)
    response.headers["ETag"] = etag(fonds.versie)
    return fonds


@fondsen.put(
    "/{code}/vier-ogen",
    summary="Vier ogen instellen",
    response_description="Het fonds zoals het is geworden.",
    dependencies=[roles(BESTUUR)],
    responses=WITH_ETAG,
)
@refuses(FondsNietGevonden, Changed, VersionNeeded)
def update_vier_ogen(
    work: InWork, zicht: InZicht, code: Fondscode, nieuw: VierOgen, response: Response, if_match: IfMatch = None
) -> Fonds:
    """Stelt in vanaf welk bedrag een boeking wacht tot een ander haar bevestigt. Wat al wacht, blijft wachten."""
    fonds = service.vier_ogen_instellen(work, zicht, code, if_match, nieuw)
    response.headers["ETag"] = etag(fonds.versie)
    return fonds
