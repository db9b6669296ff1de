"""HTTP of afnemers, for the administratie."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, roles, router

from abonnement_api.afnemer import service
from abonnement_api.afnemer.errors import AfnemerNietGevonden
from abonnement_api.afnemer.schemas import Afnemer, AfnemerInvoer, AfnemersPagina
from abonnement_api.toegang import ADMINISTRATIE, GEMEENTECODE, LEZERS

afnemers = router("/afnemers", "afnemers")
Code = Annotated[str, Path(pattern=f"^{GEMEENTECODE}$", description="CBS-gemeentecode.", examples=["GM0344"])]


@afnemers.get("", **listing("afnemers", roles(*LEZERS)))
def list_afnemers(work: InWork, wens: Annotated[PageQuery, Query()], pages: InPages) -> AfnemersPagina:
    """De gemeenten waarvan is vastgelegd welke organisatie zij zijn, op gemeentecode."""
    return pages.make(AfnemersPagina, wens, *service.list_afnemers(work, wens))


@afnemers.put(
    "/{gemeentecode}",
    summary="Afnemer vastleggen",
    response_description="De vastgelegde afnemer.",
    dependencies=[roles(ADMINISTRATIE)],
)
def put_afnemer(work: InWork, gemeentecode: Code, invoer: AfnemerInvoer) -> Afnemer:
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
@refuses(AfnemerNietGevonden)
def delete_afnemer(work: InWork, gemeentecode: Code) -> None:
    """Vergeet welke organisatie een gemeente is; dan telt weer alleen wat haar contract zegt."""
    service.verwijderen(work, gemeentecode)
