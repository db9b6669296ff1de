"""HTTP of periods."""

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
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import ByCaller, InWork, roles, router
from gemeengoed_kit.window import TooFarAhead

from fonds_api.fonds.errors import FondsNietGevonden
from fonds_api.fonds.schemas import Fondscode
from fonds_api.periode import service
from fonds_api.periode.errors import NietUwStap, PeriodeKanNiet, PeriodeNietGevonden, StapKanNiet
from fonds_api.periode.schemas import NieuwePeriode, NieuwePeriodestap, Periode, PeriodenFilter, PeriodenPagina, Slotdag
from fonds_api.toegang import BESTUUR, FONDSBEHEERDER, LEZERS, InZicht

perioden = router("/fondsen/{code}/perioden", "perioden")


@perioden.get("", **listing("perioden", roles(*LEZERS)))
@refuses(FondsNietGevonden)
def list_perioden(
    work: InWork, zicht: InZicht, code: Fondscode, wens: Annotated[PeriodenFilter, Query()], pages: InPages
) -> PeriodenPagina:
    """De perioden van een fonds, op dag. Zij sluiten op elkaar aan; de eerste begint op 2000-01-01, en wat na de laatste komt,
    is open."""
    return pages.make(PeriodenPagina, wens, *service.list_perioden(work, zicht, code, wens))


@perioden.post("", **creating("Periode toevoegen", "De periode.", roles(FONDSBEHEERDER), versioned=True))
@refuses(FondsNietGevonden, PeriodeKanNiet, TooFarAhead)
def create_periode(work: InWork, zicht: InZicht, code: Fondscode, nieuw: NieuwePeriode, response: Response) -> Periode:
    """Voegt een open periode toe, van welke lengte ook: na de laatste, of als eerste deel van een periode die open is."""
    periode = service.toevoegen(work, zicht, code, nieuw)
    located(response, service.pad(code, periode.tot_en_met), version=periode.versie)
    return periode


@perioden.get(
    "/{totEnMet}",
    summary="Periode opvragen",
    response_description="De periode.",
    response_model=Periode,
    dependencies=[roles(*LEZERS)],
    responses=NOT_MODIFIED,
)
@refuses(FondsNietGevonden, PeriodeNietGevonden)
def get_periode(
    work: InWork, zicht: InZicht, code: Fondscode, totEnMet: Slotdag, response: Response, if_none_match: IfNoneMatch = None
) -> Periode | Response:
    """Eén periode, met hoe zij sloot en weer openging."""
    periode = service.get_periode(work, zicht, code, totEnMet)
    response.headers["ETag"] = etag(periode.versie)
    return unmodified(if_none_match, periode.versie) or periode


@perioden.post(
    "/{totEnMet}/stappen",
    summary="Periode sluiten of heropenen",
    response_description="De periode zoals zij is geworden.",
    dependencies=[roles(FONDSBEHEERDER, BESTUUR)],
    responses=WITH_ETAG,
)
@refuses(FondsNietGevonden, PeriodeNietGevonden, NietUwStap, StapKanNiet, Changed, VersionNeeded)
def create_periodestap(
    work: InWork,
    caller: ByCaller,
    zicht: InZicht,
    code: Fondscode,
    totEnMet: Slotdag,
    stap: NieuwePeriodestap,
    response: Response,
    if_match: IfMatch = None,
) -> Periode:
    """Sluit een periode voorlopig, heropent haar met een reden, of sluit haar definitief; dat laatste doet het bestuur, en het is
    niet terug te draaien. Wat al wordt geboekt, telt nog mee."""
    periode = service.zetten(work, zicht, caller.role, code, totEnMet, if_match, stap)
    response.headers["ETag"] = etag(periode.versie)
    return periode
