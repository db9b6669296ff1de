"""HTTP of samenwerkingsverbanden. Reading is public; the beheer of the catalogus keeps them."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, public, roles, router
from gemeengoed_kit.window import TooFarAhead

from catalogus_api.samenwerkingsverband import service
from catalogus_api.samenwerkingsverband.errors import (
    LedenPassenNiet,
    SamenwerkingsverbandBestaatAl,
    SamenwerkingsverbandNietGevonden,
)
from catalogus_api.samenwerkingsverband.schemas import (
    CODE,
    Ledenwijziging,
    Samenwerkingsverband,
    SamenwerkingsverbandenFilter,
    SamenwerkingsverbandenPagina,
    SamenwerkingsverbandInvoer,
)
from catalogus_api.toegang import BEHEER

samenwerkingsverbanden = router("/samenwerkingsverbanden", "samenwerkingsverbanden")
Code = Annotated[str, Path(pattern=CODE, description="Code van het samenwerkingsverband.", examples=["drechtsteden"])]


@samenwerkingsverbanden.get("", **listing("samenwerkingsverbanden", public()))
def list_samenwerkingsverbanden(
    work: InWork, wens: Annotated[SamenwerkingsverbandenFilter, Query()], pages: InPages
) -> SamenwerkingsverbandenPagina:
    """Samenwerkingsverbanden met hun leden op een dag, naar wens die van één gemeente."""
    return pages.make(SamenwerkingsverbandenPagina, wens, *service.list_verbanden(work, wens))


@samenwerkingsverbanden.post("", **creating("Samenwerkingsverband aanmaken", "Het samenwerkingsverband.", roles(BEHEER)))
@refuses(SamenwerkingsverbandBestaatAl, LedenPassenNiet, TooFarAhead)
def create_samenwerkingsverband(work: InWork, invoer: SamenwerkingsverbandInvoer, response: Response) -> Samenwerkingsverband:
    """Legt een samenwerkingsverband vast met zijn eerste leden."""
    gemaakt = service.aanmaken(work, invoer)
    located(response, service.pad(gemaakt.code))
    return gemaakt


@samenwerkingsverbanden.get(
    "/{code}",
    summary="Samenwerkingsverband opvragen",
    response_description="Het samenwerkingsverband.",
    dependencies=[public()],
)
@refuses(SamenwerkingsverbandNietGevonden)
def get_samenwerkingsverband(work: InWork, code: Code) -> Samenwerkingsverband:
    """Eén samenwerkingsverband, met wie wanneer lid is."""
    return service.get_verband(work, code)


@samenwerkingsverbanden.post(
    "/{code}/ledenwijzigingen",
    summary="Leden van een samenwerkingsverband wijzigen",
    response_description="Het samenwerkingsverband met zijn leden.",
    dependencies=[roles(BEHEER)],
)
@refuses(SamenwerkingsverbandNietGevonden, LedenPassenNiet, TooFarAhead)
def create_ledenwijziging(work: InWork, code: Code, invoer: Ledenwijziging) -> Samenwerkingsverband:
    """Laat gemeenten toetreden en uittreden op één dag. Een lidmaatschap dat is geëindigd, wijzigt niet meer; een gemeente die
    ophoudt te bestaan, is daarmee geen lid meer."""
    return service.leden_wijzigen(work, code, invoer)
