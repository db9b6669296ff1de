"""HTTP of aansluitingen, for the administratie and who audits it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.schema import GivenUuid

from abonnement_api.aansluiting import service
from abonnement_api.aansluiting.errors import AansluitingNietGevonden
from abonnement_api.aansluiting.schemas import (
    Aansluiting,
    AansluitingenPagina,
    VerschillenFilter,
    VerschillenPagina,
)
from abonnement_api.toegang import ADMINISTRATIE, LEZERS

aansluitingen = router("/aansluitingen", "aansluitingen")
LOOPT = (Aansluiting, "Er is al een aansluiting bezig; dat is deze.")
Aansluitingid = Annotated[
    GivenUuid, Path(description="Identificatie van de aansluiting.", examples=["8f7a52f6-7f0e-4a57-8a1c-0a8d1f8a4f22"])
]


@aansluitingen.post(
    "", **creating("Aansluiting met fonds aanvragen", "Zij is aangevraagd.", roles(ADMINISTRATIE), later=True, again=LOOPT)
)
def create_aansluiting(work: InWork, response: Response) -> Aansluiting:
    """Vergelijkt op de achtergrond alles wat hier is vastgesteld met wat fonds ervan heeft geboekt. Dat gebeurt ook elke dag."""
    aansluiting, nieuw = service.aanvragen(work)
    located(response, service.pad(aansluiting.id), new=nieuw)
    return aansluiting


@aansluitingen.get("", **listing("aansluitingen", roles(*LEZERS)))
def list_aansluitingen(work: InWork, wens: Annotated[PageQuery, Query()], pages: InPages) -> AansluitingenPagina:
    """De aansluitingen met fonds, de laatste eerst."""
    return pages.make(AansluitingenPagina, wens, *service.list_aansluitingen(work, wens))


@aansluitingen.get(
    "/{id}",
    summary="Aansluiting opvragen",
    response_description="De aansluiting.",
    dependencies=[roles(*LEZERS)],
)
@refuses(AansluitingNietGevonden)
def get_aansluiting(work: InWork, id: Aansluitingid) -> Aansluiting:
    """Eén aansluiting, met haar verschillen."""
    return service.get_aansluiting(work, id)


@aansluitingen.get("/{id}/verschillen", **listing("verschillen", roles(*LEZERS)))
@refuses(AansluitingNietGevonden)
def list_verschillen(
    work: InWork, id: Aansluitingid, wens: Annotated[VerschillenFilter, Query()], pages: InPages
) -> VerschillenPagina:
    """De verschillen die een aansluiting vond."""
    return pages.make(VerschillenPagina, wens, *service.list_verschillen(work, id, wens))
