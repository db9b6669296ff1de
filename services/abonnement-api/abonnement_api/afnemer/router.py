"""HTTP of afnemers, for the administratie."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Request, Response
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import LINK_HEADER, PageQuery, page_fields
from gemeengoed_kit.route import InWork, roles, router

from abonnement_api.afnemer import service
from abonnement_api.afnemer.errors import OnbekendeAfnemer
from abonnement_api.afnemer.schemas import Afnemer, AfnemerInvoer, AfnemersPagina
from abonnement_api.toegang import ADMINISTRATIE, GEMEENTECODE

afnemers = router("/afnemers", "afnemers")
Code = Annotated[str, Path(pattern=f"^{GEMEENTECODE}$", description="CBS-gemeentecode.", examples=["GM0344"])]


@afnemers.get(
    "",
    summary="Afnemers opvragen",
    response_description="Een pagina met afnemers.",
    dependencies=[roles(ADMINISTRATIE)],
    responses={200: {"headers": LINK_HEADER}},
)
def list_afnemers(work: InWork, wens: Annotated[PageQuery, Query()], request: Request, response: Response) -> AfnemersPagina:
    """De gemeenten waarvan is vastgelegd welke organisatie zij zijn, op gemeentecode."""
    count, results = service.list_afnemers(work, wens)
    return AfnemersPagina.make(**page_fields(request, response, wens, count), results=results)


@afnemers.put(
    "/{gemeentecode}",
    summary="Afnemer vastleggen",
    response_description="De vastgelegde afnemer.",
    dependencies=[roles(ADMINISTRATIE)],
)
def vastleggen_afnemer(work: InWork, gemeentecode: Code, invoer: AfnemerInvoer) -> Afnemer:
    """Legt vast welke organisatie een gemeente is. Een ander die met haar gemeentecode in zijn contract aanroept, krijgt 403;
    wie namens haar aanroept, niet. Ook zij zelf krijgt 403 met een gemeentecode waarvan zij niet is vastgelegd."""
    return service.vastleggen(work, gemeentecode, invoer)


@afnemers.delete(
    "/{gemeentecode}",
    status_code=204,
    summary="Afnemer verwijderen",
    response_description="De afnemer is verwijderd.",
    dependencies=[roles(ADMINISTRATIE)],
)
@refuses(OnbekendeAfnemer)
def verwijderen_afnemer(work: InWork, gemeentecode: Code) -> None:
    """Vergeet welke organisatie een gemeente is; dan telt weer alleen wat haar contract zegt."""
    service.verwijderen(work, gemeentecode)
