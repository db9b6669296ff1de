"""HTTP of herindelingen. Reading is public; the beheer of the catalogus carries them out."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, public, roles, router
from gemeengoed_kit.schema import GivenUuid
from gemeengoed_kit.window import TooFarAhead

from catalogus_api.herindeling import service
from catalogus_api.herindeling.errors import HerindelingPastNiet, IndelingswijzigingNietGevonden
from catalogus_api.herindeling.schemas import (
    HerindelingenFilter,
    HerindelingenPagina,
    Indelingswijziging,
    IndelingswijzigingInvoer,
    Voorbeeld,
)
from catalogus_api.toegang import BEHEER

herindelingen = router("/herindelingen", "gemeenten")
Wijzigingid = Annotated[
    GivenUuid, Path(description="Identificatie van de wijziging.", examples=["8f7a52f6-7f0e-4a57-8a1c-0a8d1f8a4f22"])
]


@herindelingen.get("", **listing("herindelingen", public()))
def list_herindelingen(work: InWork, wens: Annotated[HerindelingenFilter, Query()], pages: InPages) -> HerindelingenPagina:
    """Welke gemeente wanneer in welke is opgegaan."""
    return pages.make(HerindelingenPagina, wens, *service.list_herindelingen(work, wens))


@herindelingen.post("", **creating("Herindeling vastleggen", "De vastgelegde wijziging.", roles(BEHEER)))
@refuses(HerindelingPastNiet, TooFarAhead)
def create_herindeling(work: InWork, invoer: IndelingswijzigingInvoer, response: Response) -> Indelingswijziging:
    """Legt een samenvoeging, uitbreiding, opdeling of naamswijziging in één keer vast. Wat is vastgelegd, wijzigt niet meer; de
    inwonertallen zelf blijven zoals zij zijn geteld."""
    gemaakt = service.vastleggen(work, invoer)
    located(response, service.pad(gemaakt.id))
    return gemaakt


@herindelingen.post(
    "/voorbeeld",
    summary="Voorbeeld van een herindeling maken",
    response_description="Wat de wijziging zou doen.",
    dependencies=[roles(BEHEER)],
)
@refuses(HerindelingPastNiet, TooFarAhead)
def create_herindelingsvoorbeeld(work: InWork, invoer: IndelingswijzigingInvoer) -> Voorbeeld:
    """Laat zien wat eindigt, begint en groter wordt, met de inwoners op de laatste peildatum. Er wordt niets vastgelegd."""
    return service.voorbeeld(work, invoer)


@herindelingen.get(
    "/{id}",
    summary="Vastgelegde herindeling opvragen",
    response_description="De wijziging.",
    dependencies=[public()],
)
@refuses(IndelingswijzigingNietGevonden)
def get_herindeling(work: InWork, id: Wijzigingid) -> Indelingswijziging:
    """Eén wijziging van de indeling die hier is vastgelegd; die uit de bestanden van TOOI staan alleen in de lijst."""
    return service.get_indelingswijziging(work, id)
