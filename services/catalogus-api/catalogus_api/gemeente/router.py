"""HTTP of gemeenten and herindelingen. Reading is public."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, public, router
from gemeengoed_kit.schema import GivenDay

from catalogus_api.gemeente import service
from catalogus_api.gemeente.errors import GemeenteNietGevonden
from catalogus_api.gemeente.schemas import (
    GEMEENTECODE,
    Gemeente,
    GemeentenFilter,
    GemeentenPagina,
    HerindelingenFilter,
    HerindelingenPagina,
    Inwonertallen,
)

gemeenten = router("/gemeenten", "gemeenten")
herindelingen = router("/herindelingen", "gemeenten")
Code = Annotated[str, Path(pattern=GEMEENTECODE, description="CBS-gemeentecode.", examples=["GM0344"])]


@gemeenten.get("", **listing("gemeenten", public()))
def list_gemeenten(work: InWork, wens: Annotated[GemeentenFilter, Query()], pages: InPages) -> GemeentenPagina:
    """Gemeenten op code, naar wens die van één dag en met hun inwoners op een peildatum."""
    return pages.make(GemeentenPagina, wens, *service.list_gemeenten(work, wens))


@gemeenten.get("/{code}", summary="Gemeente opvragen", response_description="De gemeente.", dependencies=[public()])
@refuses(GemeenteNietGevonden)
def get_gemeente(
    work: InWork,
    code: Code,
    peildatum: Annotated[GivenDay | None, Query(description="Geef de inwoners op deze dag.", examples=["2018-01-01"])] = None,
) -> Gemeente:
    """Eén gemeente, ook als zij niet meer bestaat."""
    return service.get_gemeente(work, code, peildatum)


@gemeenten.get(
    "/{code}/inwonertallen",
    summary="Inwonertallen van een gemeente opvragen",
    response_description="De inwonertallen.",
    dependencies=[public()],
)
@refuses(GemeenteNietGevonden)
def list_inwonertallen(work: InWork, code: Code) -> Inwonertallen:
    """Alle bekende inwonertallen van een gemeente. Bron: CBS."""
    return Inwonertallen.make(results=service.list_inwonertallen(work, code))


@herindelingen.get("", **listing("herindelingen", public()))
def list_herindelingen(work: InWork, wens: Annotated[HerindelingenFilter, Query()], pages: InPages) -> HerindelingenPagina:
    """Welke gemeente wanneer in welke is opgegaan."""
    return pages.make(HerindelingenPagina, wens, *service.list_herindelingen(work, wens))
