"""HTTP of besluiten. Reading is public, for what may be seen; who decides records, or catalogusbeheer on its behalf."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import ByCaller, InWork, public, roles, router
from gemeengoed_kit.schema import GivenUuid

from catalogus_api.besluit import service
from catalogus_api.besluit.errors import (
    AlOpgevolgd,
    AnderGremium,
    BesluitKloptNiet,
    BesluitNietGevonden,
    OnbekendBesluit,
    OnbekendeVoorzieningInBesluit,
)
from catalogus_api.besluit.schemas import (
    CODE,
    ID,
    Besluit,
    BesluitenFilter,
    BesluitenPagina,
    BesluitenVan,
    Grondslag,
    NieuwBesluit,
    Vraag,
)
from catalogus_api.toegang import BEHEER, GREMIA, InZicht
from catalogus_api.voorziening.errors import VoorzieningNietGevonden

besluiten = router("/besluiten", "besluiten")
van_voorziening = router("/voorzieningen", "besluiten")
Id = Annotated[GivenUuid, Path(description="Identificatie van het besluit.", examples=[ID])]
Code = Annotated[str, Path(pattern=CODE, description="Code van de voorziening.", examples=["govroam"])]
_LOCATION = {"Location": {"description": "Pad van het besluit.", "schema": {"type": "string"}}}


@besluiten.get("", **listing("besluiten", public()))
def list_besluiten(work: InWork, zicht: InZicht, wens: Annotated[BesluitenFilter, Query()], pages: InPages) -> BesluitenPagina:
    """Wat er over voorzieningen is besloten, geadviseerd of voorgesteld. Een besluit ziet wie een van zijn voorzieningen ziet."""
    return pages.make(BesluitenPagina, wens, *service.list_besluiten(work, zicht, wens))


@besluiten.post(
    "",
    status_code=201,
    summary="Besluit vastleggen",
    response_description="Het vastgelegde besluit.",
    dependencies=[roles(BEHEER, *GREMIA)],
    responses={201: {"headers": _LOCATION}},
)
@refuses(AnderGremium, OnbekendeVoorzieningInBesluit, OnbekendBesluit, BesluitKloptNiet, AlOpgevolgd)
def create_besluit(work: InWork, zicht: InZicht, caller: ByCaller, nieuw: NieuwBesluit, response: Response) -> Besluit:
    """Legt een genomen besluit vast, voorgoed: het wordt niet gewijzigd, alleen opgevolgd door een ander."""
    besluit = service.vastleggen(work, zicht, caller.role or "", nieuw)
    response.headers["Location"] = besluit.pad
    return besluit


@besluiten.get("/{id}", summary="Besluit opvragen", response_description="Het besluit.", dependencies=[public()])
@refuses(BesluitNietGevonden)
def get_besluit(work: InWork, zicht: InZicht, id: Id) -> Besluit:
    """Eén besluit, met wat ervoor in de plaats kwam."""
    return service.get_besluit(work, zicht, id)


@van_voorziening.get("/{code}/besluiten", **listing("besluiten over een voorziening", public()))
@refuses(VoorzieningNietGevonden)
def list_besluiten_van_voorziening(
    work: InWork, zicht: InZicht, code: Code, wens: Annotated[BesluitenVan, Query()], pages: InPages
) -> BesluitenPagina:
    """Wat er over één voorziening is besloten, geadviseerd of voorgesteld."""
    return pages.make(BesluitenPagina, wens, *service.list_van_voorziening(work, zicht, code, wens))


@van_voorziening.get(
    "/{code}/grondslag", summary="Grondslag opvragen", response_description="De grondslag.", dependencies=[public()]
)
@refuses(VoorzieningNietGevonden)
def get_grondslag(work: InWork, zicht: InZicht, code: Code, vraag: Annotated[Vraag, Query()]) -> Grondslag:
    """Of een besluit dat op die dag van kracht is, iets toestaat, en welk. Alleen een positief besluit telt, van wie
    erover gaat."""
    return service.get_grondslag(work, zicht, code, vraag)
