"""HTTP of bijdragerondes and bijdragen."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import ByCaller, InWork, roles, router

from fonds_api.bijdrage import service
from fonds_api.bijdrage.errors import BijdrageNietGevonden, BijdragerondeNietGevonden, GeenGemeentecode, GeenOmslag
from fonds_api.bijdrage.schemas import (
    Bijdrage,
    BijdragenFilter,
    BijdragenPagina,
    Bijdrageronde,
    NieuweBijdrageronde,
    Onderbouwing,
)
from fonds_api.fonds.errors import OnbekendFonds
from fonds_api.toegang import ACCOUNTANT, BIJDRAGELEZERS, FONDSBEHEERDER, InZicht

bijdragerondes = router("/bijdragerondes", "bijdragen")
bijdragen = router("/bijdragen", "bijdragen")
RondeId = Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{0,39}-[0-9]{4}$", description="Fonds en jaar.", examples=["ggu-2020"])]
BijdrageId = Annotated[
    str,
    Path(
        pattern=r"^[a-z][a-z0-9-]{0,39}-[0-9]{4}-GM[0-9]{4}$", description="Ronde en gemeentecode.", examples=["ggu-2020-GM0344"]
    ),
]
LOCATION = {"Location": {"description": "Pad van de ronde.", "schema": {"type": "string", "format": "uri-reference"}}}


@bijdragerondes.post(
    "",
    status_code=202,
    summary="Bijdrageronde aanvragen",
    dependencies=[roles(FONDSBEHEERDER)],
    response_description="De ronde wordt uitgevoerd; vraag haar op om te zien hoe het ermee staat.",
    responses={
        202: {"headers": LOCATION},
        200: {"model": Bijdrageronde, "description": "De ronde was er al; er is niets veranderd.", "headers": LOCATION},
    },
)
@refuses(OnbekendFonds, GeenOmslag)
def create_bijdrageronde(work: InWork, caller: ByCaller, nieuw: NieuweBijdrageronde, response: Response) -> Bijdrageronde:
    """Verdeelt de omslag van een fonds en jaar over de gemeenten, naar rato van inwoners.

    Nog eens aanvragen verandert niets; een mislukte ronde begint opnieuw.
    """
    ronde, begint = service.aanvragen(work, caller.role, nieuw)
    response.status_code = 202 if begint else 200
    response.headers["Location"] = service.pad(ronde.id)
    return ronde


@bijdragerondes.get(
    "/{id}",
    summary="Bijdrageronde opvragen",
    response_description="De ronde.",
    dependencies=[roles(FONDSBEHEERDER, ACCOUNTANT)],
)
@refuses(BijdragerondeNietGevonden)
def get_bijdrageronde(work: InWork, zicht: InZicht, id: RondeId) -> Bijdrageronde:
    """Eén ronde: hoe het ermee staat, hoeveel bijdragen en hoeveel samen."""
    return service.get_ronde(work, zicht, id)


@bijdragen.get("", **listing("bijdragen", roles(*BIJDRAGELEZERS)))
@refuses(GeenGemeentecode)
def list_bijdragen(work: InWork, zicht: InZicht, wens: Annotated[BijdragenFilter, Query()], pages: InPages) -> BijdragenPagina:
    """De bijdragen die u mag zien, met hun som. Een gemeente ziet alleen haar eigen bijdragen."""
    return pages.make(BijdragenPagina, wens, *service.list_bijdragen(work, zicht, wens))


@bijdragen.get(
    "/{id}",
    summary="Bijdrage opvragen",
    response_description="De bijdrage.",
    dependencies=[roles(*BIJDRAGELEZERS)],
)
@refuses(BijdrageNietGevonden, GeenGemeentecode)
def get_bijdrage(work: InWork, zicht: InZicht, id: BijdrageId) -> Bijdrage:
    """Eén bijdrage."""
    return service.get_bijdrage(work, zicht, id)


@bijdragen.get(
    "/{id}/onderbouwing",
    summary="Onderbouwing van een bijdrage opvragen",
    response_description="De onderbouwing.",
    dependencies=[roles(*BIJDRAGELEZERS)],
)
@refuses(BijdrageNietGevonden, GeenGemeentecode)
def get_onderbouwing(work: InWork, zicht: InZicht, id: BijdrageId) -> Onderbouwing:
    """Hoe het bedrag is berekend: gegevens, regel en besluit, opnieuw uitgerekend uit wat is vastgelegd."""
    return service.get_onderbouwing(work, zicht, id)
