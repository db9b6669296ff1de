"""HTTP of verrekeningen."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.schema import GivenUuid

from fonds_api.bijdrage.errors import GeenGemeentecode
from fonds_api.nota.errors import OnbekendeNota
from fonds_api.toegang import BIJDRAGELEZERS, FONDSBEHEERDER, InZicht
from fonds_api.verrekening import service
from fonds_api.verrekening.errors import NietTeVerrekenen, VerrekeningHerroepen, VerrekeningNietGevonden
from fonds_api.verrekening.schemas import (
    NieuweVerrekening,
    NieuweVerrekeningherroeping,
    Verrekening,
    VerrekeningenFilter,
    VerrekeningenPagina,
)

verrekeningen = router("/verrekeningen", "nota's")
Id = Annotated[
    GivenUuid, Path(description="Identificatie van de verrekening.", examples=["2d1f0a52-6d1e-4b7a-9c58-2e4d7f1a0b63"])
]
LEZERS = roles(*BIJDRAGELEZERS)


@verrekeningen.post("", **creating("Nota's verrekenen", "De nota's zijn verrekend.", roles(FONDSBEHEERDER)))
@refuses(OnbekendeNota, NietTeVerrekenen)
def create_verrekening(work: InWork, zicht: InZicht, nieuw: NieuweVerrekening, response: Response) -> Verrekening:
    """Betaalt een nota met wat een andere van dezelfde gemeente tegoed heeft: een creditnota van een afrekening, of een nota
    waarop te veel is betaald. Er wordt niets geboekt. Terugbetalen is een ontvangst met een negatief bedrag."""
    verrekening = service.verrekenen(work, zicht, nieuw)
    located(response, service.pad(verrekening.id))
    return verrekening


@verrekeningen.get("", **listing("verrekeningen", LEZERS))
@refuses(GeenGemeentecode)
def list_verrekeningen(
    work: InWork, zicht: InZicht, wens: Annotated[VerrekeningenFilter, Query()], pages: InPages
) -> VerrekeningenPagina:
    """De verrekeningen die u mag zien. Een gemeente ziet alleen die van haar eigen nota's."""
    return pages.make(VerrekeningenPagina, wens, *service.list_verrekeningen(work, zicht, wens))


@verrekeningen.get("/{id}", summary="Verrekening opvragen", response_description="De verrekening.", dependencies=[LEZERS])
@refuses(VerrekeningNietGevonden, GeenGemeentecode)
def get_verrekening(work: InWork, zicht: InZicht, id: Id) -> Verrekening:
    """Eén verrekening."""
    return service.get_verrekening(work, zicht, id)


@verrekeningen.post(
    "/{id}/herroepingen",
    **creating("Verrekening herroepen", "De verrekening die haar terugneemt.", roles(FONDSBEHEERDER)),
)
@refuses(VerrekeningNietGevonden, VerrekeningHerroepen)
def create_verrekeningherroeping(
    work: InWork, zicht: InZicht, id: Id, nieuw: NieuweVerrekeningherroeping, response: Response
) -> Verrekening:
    """Neemt een verrekening terug met een gespiegelde; wat zij verrekende, staat weer open."""
    spiegel = service.herroepen(work, zicht, id, nieuw)
    located(response, service.pad(spiegel.id))
    return spiegel
