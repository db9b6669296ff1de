"""HTTP of gemeenten and herindelingen. Reading is public."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Request, Response
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import LINK_HEADER, page_fields
from gemeengoed_kit.route import InWork, public, router
from gemeengoed_kit.schema import GivenDay

from catalogus_api.gemeente import service
from catalogus_api.gemeente.errors import OnbekendeGemeente
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


@gemeenten.get(
    "",
    summary="Gemeenten opvragen",
    response_description="Een pagina met gemeenten.",
    dependencies=[public()],
    responses={200: {"headers": LINK_HEADER}},
)
def list_gemeenten(
    work: InWork, wens: Annotated[GemeentenFilter, Query()], request: Request, response: Response
) -> GemeentenPagina:
    """Gemeenten op code, naar wens die van één dag en met hun inwoners op een peildatum."""
    count, results = service.list_gemeenten(work, wens)
    return GemeentenPagina.make(**page_fields(request, response, wens, count), results=results)


@gemeenten.get("/{code}", summary="Gemeente opvragen", response_description="De gemeente.", dependencies=[public()])
@refuses(OnbekendeGemeente)
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
@refuses(OnbekendeGemeente)
def list_inwonertallen(work: InWork, code: Code) -> Inwonertallen:
    """Alle bekende inwonertallen van een gemeente. Bron: CBS."""
    return Inwonertallen.make(results=service.list_inwonertallen(work, code))


@herindelingen.get(
    "",
    summary="Herindelingen opvragen",
    response_description="Een pagina met herindelingen.",
    dependencies=[public()],
    responses={200: {"headers": LINK_HEADER}},
)
def list_herindelingen(
    work: InWork, wens: Annotated[HerindelingenFilter, Query()], request: Request, response: Response
) -> HerindelingenPagina:
    """Welke gemeente wanneer in welke is opgegaan."""
    count, results = service.list_herindelingen(work, wens)
    return HerindelingenPagina.make(**page_fields(request, response, wens, count), results=results)
