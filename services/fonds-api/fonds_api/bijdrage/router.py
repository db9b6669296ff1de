"""HTTP of bijdragerondes and bijdragen."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
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
from fonds_api.toegang import ACCOUNTANT, FONDSBEHEERDER, OMSLAGLEZERS, InZicht

bijdragerondes = router("/bijdragerondes", "bijdragen")
bijdragen = router("/bijdragen", "bijdragen")
RondeId = Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{0,39}-[0-9]{4}$", description="Fonds en jaar.", examples=["ggu-2020"])]
BijdrageId = Annotated[
    str,
    Path(
        pattern=r"^[a-z][a-z0-9-]{0,39}-[0-9]{4}-GM[0-9]{4}$", description="Ronde en gemeentecode.", examples=["ggu-2020-GM0344"]
    ),
]


@bijdragerondes.post(
    "",
    **creating(
        "Bijdrageronde aanvragen",
        "De ronde wordt uitgevoerd; vraag haar op om te zien hoe het ermee staat.",
        roles(FONDSBEHEERDER),
        later=True,
        again=(Bijdrageronde, "De ronde was er al; er is niets veranderd."),
    ),
)
@refuses(OnbekendFonds, GeenOmslag)
def create_bijdrageronde(work: InWork, caller: ByCaller, nieuw: NieuweBijdrageronde, response: Response) -> Bijdrageronde:
    """Verdeelt de omslag van een fonds en jaar over de gemeenten, volgens de regel van die omslag.

    Nog eens aanvragen verandert niets; een mislukte ronde begint opnieuw.
    """
    ronde, begint = service.aanvragen(work, caller.role, nieuw)
    located(response, service.pad(ronde.id), new=begint)
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


@bijdragen.get("", **listing("bijdragen", roles(*OMSLAGLEZERS)))
@refuses(GeenGemeentecode)
def list_bijdragen(work: InWork, zicht: InZicht, wens: Annotated[BijdragenFilter, Query()], pages: InPages) -> BijdragenPagina:
    """De bijdragen die u mag zien, met hun som. Een gemeente ziet alleen haar eigen bijdragen."""
    return pages.make(BijdragenPagina, wens, *service.list_bijdragen(work, zicht, wens))


@bijdragen.get(
    "/{id}",
    summary="Bijdrage opvragen",
    response_description="De bijdrage.",
    dependencies=[roles(*OMSLAGLEZERS)],
)
@refuses(BijdrageNietGevonden, GeenGemeentecode)
def get_bijdrage(work: InWork, zicht: InZicht, id: BijdrageId) -> Bijdrage:
    """Eén bijdrage."""
    return service.get_bijdrage(work, zicht, id)


@bijdragen.get(
    "/{id}/onderbouwing",
    summary="Onderbouwing van een bijdrage opvragen",
    response_description="De onderbouwing.",
    dependencies=[roles(*OMSLAGLEZERS)],
)
@refuses(BijdrageNietGevonden, GeenGemeentecode)
def get_onderbouwing(work: InWork, zicht: InZicht, id: BijdrageId) -> Onderbouwing:
    """Hoe het bedrag is berekend: gegevens, regel en besluit, opnieuw uitgerekend uit wat is vastgelegd."""
    return service.get_onderbouwing(work, zicht, id)
