"""HTTP of proposals."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.eyes import ByEyes
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.schema import GivenUuid

from fonds_api.boeking.errors import OnbekendeRekening, SaldoBuitenGrenzen
from fonds_api.boekingsvoorstel import service
from fonds_api.boekingsvoorstel.errors import AlAfgehandeld, BoekingsvoorstelNietGevonden, ZelfdeOgen
from fonds_api.boekingsvoorstel.schemas import (
    Boekingsvoorstel,
    BoekingsvoorstellenFilter,
    BoekingsvoorstellenPagina,
    NieuweAfwijzing,
    NieuweBevestiging,
)
from fonds_api.fonds.errors import FondsNietToegestaan
from fonds_api.periode.errors import PeriodeGesloten
from fonds_api.toegang import BESTUUR, BOEKERS, LEZERS, InZicht

boekingsvoorstellen = router("/boekingsvoorstellen", "boekingen")
Id = Annotated[GivenUuid, Path(description="Identificatie van het voorstel.", examples=["0a4f8a58-6f0e-4a39-9d8e-0f1c34a3f0de"])]


@boekingsvoorstellen.get("", **listing("boekingsvoorstellen", roles(*LEZERS)))
def list_boekingsvoorstellen(
    work: InWork, zicht: InZicht, wens: Annotated[BoekingsvoorstellenFilter, Query()], pages: InPages
) -> BoekingsvoorstellenPagina:
    """De boekingen die op bevestiging wachten of wachtten, in de fondsen die uw rol ziet."""
    return pages.make(BoekingsvoorstellenPagina, wens, *service.list_voorstellen(work, zicht, wens))


@boekingsvoorstellen.get(
    "/{id}", summary="Boekingsvoorstel opvragen", response_description="Het voorstel.", dependencies=[roles(*LEZERS)]
)
@refuses(BoekingsvoorstelNietGevonden)
def get_boekingsvoorstel(work: InWork, zicht: InZicht, id: Id) -> Boekingsvoorstel:
    """Eén voorstel, met wat ervan is geworden."""
    return service.get_voorstel(work, zicht, id)


@boekingsvoorstellen.post(
    "/{id}/bevestigingen",
    summary="Boekingsvoorstel bevestigen",
    response_description="Het voorstel, met het pad van zijn boeking.",
    dependencies=[roles(*BOEKERS, BESTUUR)],
)
@refuses(
    BoekingsvoorstelNietGevonden,
    ZelfdeOgen,
    AlAfgehandeld,
    FondsNietToegestaan,
    PeriodeGesloten,
    OnbekendeRekening,
    SaldoBuitenGrenzen,
)
def create_bevestiging(work: InWork, zicht: InZicht, wie: ByEyes, id: Id, nieuw: NieuweBevestiging) -> Boekingsvoorstel:
    """Boekt wat een ander voorstelde, met de controles van dit moment. Een ander is: een ander contract, en niet dezelfde rol van
    dezelfde organisatie. Wat de controles weigeren, blijft openstaan."""
    return service.bevestigen(work, zicht, wie, id, nieuw)


@boekingsvoorstellen.post(
    "/{id}/afwijzingen",
    summary="Boekingsvoorstel afwijzen",
    response_description="Het voorstel zoals het is geworden.",
    dependencies=[roles(*BOEKERS, BESTUUR)],
)
@refuses(BoekingsvoorstelNietGevonden, AlAfgehandeld)
def create_afwijzing(work: InWork, zicht: InZicht, wie: ByEyes, id: Id, nieuw: NieuweAfwijzing) -> Boekingsvoorstel:
    """Wijst een voorstel af, met een reden; wie het indiende, trekt het zo in. Het document is daarna opnieuw te boeken."""
    return service.afwijzen(work, zicht, wie, id, nieuw)
