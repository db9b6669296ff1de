"""HTTP of ontvangsten."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import ByCaller, InWork, roles, router
from gemeengoed_kit.schema import GivenUuid
from gemeengoed_kit.window import TooFarAhead

from fonds_api.bijdrage.errors import GeenGemeentecode
from fonds_api.boeking.errors import OnbekendeRekening, SaldoBuitenGrenzen
from fonds_api.fonds.errors import OnbekendFonds
from fonds_api.nota.errors import NietToeTeRekenen, OnbekendeNota
from fonds_api.ontvangst import service
from fonds_api.ontvangst.errors import OntvangstAlVastgelegd, OntvangstHerroepen, OntvangstNietGevonden
from fonds_api.ontvangst.schemas import (
    NieuweHerroeping,
    NieuweOntvangst,
    NieuweToerekeningen,
    Ontvangst,
    OntvangstenFilter,
    OntvangstenPagina,
)
from fonds_api.periode.errors import PeriodeGesloten
from fonds_api.toegang import BIJDRAGELEZERS, FONDSBEHEERDER, InZicht

ontvangsten = router("/ontvangsten", "nota's")
OntvangstId = Annotated[
    GivenUuid, Path(description="Identificatie van de ontvangst.", examples=["6f0c4a52-6d1e-4b7a-9c58-2e4d7f1a0b63"])
]
LEZERS = roles(*BIJDRAGELEZERS)


@ontvangsten.post("", **creating("Ontvangst vastleggen", "De ontvangst is vastgelegd en geboekt.", roles(FONDSBEHEERDER)))
@refuses(
    TooFarAhead,
    OnbekendFonds,
    OntvangstAlVastgelegd,
    OnbekendeNota,
    NietToeTeRekenen,
    OnbekendeRekening,
    PeriodeGesloten,
    SaldoBuitenGrenzen,
)
def create_ontvangst(work: InWork, caller: ByCaller, zicht: InZicht, nieuw: NieuweOntvangst, response: Response) -> Ontvangst:
    """Legt vast wat van een gemeente is ontvangen of aan haar is terugbetaald, boekt het (1100 debet, 1300 credit) en betaalt er
    nota's mee, geheel of deels. Wat over is, blijft staan als vooruitbetaald."""
    ontvangst = service.vastleggen(work, zicht, caller.role, nieuw)
    located(response, service.pad(ontvangst.id))
    return ontvangst


@ontvangsten.get("", **listing("ontvangsten", LEZERS))
@refuses(GeenGemeentecode)
def list_ontvangsten(
    work: InWork, zicht: InZicht, wens: Annotated[OntvangstenFilter, Query()], pages: InPages
) -> OntvangstenPagina:
    """De ontvangsten die u mag zien, met hun som. Een gemeente ziet alleen haar eigen ontvangsten."""
    return pages.make(OntvangstenPagina, wens, *service.list_ontvangsten(work, zicht, wens))


@ontvangsten.get("/{id}", summary="Ontvangst opvragen", response_description="De ontvangst.", dependencies=[LEZERS])
@refuses(OntvangstNietGevonden, GeenGemeentecode)
def get_ontvangst(work: InWork, zicht: InZicht, id: OntvangstId) -> Ontvangst:
    """Eén ontvangst, met de nota's die zij betaalt."""
    return service.get_ontvangst(work, zicht, id)


@ontvangsten.post(
    "/{id}/toerekeningen",
    status_code=201,
    summary="Ontvangst toerekenen",
    response_description="De ontvangst.",
    dependencies=[roles(FONDSBEHEERDER)],
)
@refuses(OntvangstNietGevonden, OntvangstHerroepen, OnbekendeNota, NietToeTeRekenen)
def create_toerekeningen(work: InWork, zicht: InZicht, id: OntvangstId, nieuw: NieuweToerekeningen) -> Ontvangst:
    """Betaalt nota's met wat van een ontvangst over is."""
    return service.toerekenen(work, zicht, id, nieuw)


@ontvangsten.post(
    "/{id}/herroepingen",
    **creating("Ontvangst herroepen", "De ontvangst die haar terugneemt, vastgelegd en geboekt.", roles(FONDSBEHEERDER)),
)
@refuses(OntvangstNietGevonden, OntvangstHerroepen, OnbekendeRekening, PeriodeGesloten, SaldoBuitenGrenzen)
def create_herroeping(work: InWork, zicht: InZicht, id: OntvangstId, nieuw: NieuweHerroeping, response: Response) -> Ontvangst:
    """Neemt een ontvangst terug met een gespiegelde; wat zij betaalde, staat weer open."""
    spiegel = service.herroepen(work, zicht, id, nieuw)
    located(response, service.pad(spiegel.id))
    return spiegel
