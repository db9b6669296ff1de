"""HTTP of initiatieven. A gemeente brings one in; the beheer and the Task Force say what becomes of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.conditional import (
    NOT_MODIFIED,
    WITH_ETAG,
    Changed,
    IfMatch,
    IfNoneMatch,
    VersionNeeded,
    etag,
    unmodified,
)
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, public, roles, router
from gemeengoed_kit.schema import GivenUuid

from catalogus_api.gemeente.errors import OnbekendeGemeente
from catalogus_api.initiatief import service
from catalogus_api.initiatief.errors import InitiatiefKanNiet, InitiatiefNietGevonden, NietUwInitiatief
from catalogus_api.initiatief.schemas import (
    Beoordeling,
    Initiatief,
    InitiatiefversiesPagina,
    InitiatiefWijziging,
    InitiatievenFilter,
    InitiatievenPagina,
    NieuwInitiatief,
)
from catalogus_api.namens.belang import InKijker, Namens
from catalogus_api.namens.errors import AndereOrganisatie
from catalogus_api.toegang import BEHEER, NAMENS_GEMEENTEN, TASKFORCE
from catalogus_api.voorziening.errors import VoorzieningBestaatAl

initiatieven = router("/initiatieven", "initiatieven")
Id = Annotated[
    GivenUuid, Path(description="Identificatie van het initiatief.", examples=["0b0e7a58-4b53-4b0e-9a57-6f7b5a2f4c11"])
]


@initiatieven.get("", **listing("initiatieven", public()))
def list_initiatieven(
    work: InWork, kijker: InKijker, wens: Annotated[InitiatievenFilter, Query()], pages: InPages
) -> InitiatievenPagina:
    """Ideeën van gemeenten. Een concept ziet de indiener, en het beheer; wat is ingediend ziet wie is aangesloten; wat is
    aangenomen is openbaar."""
    return pages.make(InitiatievenPagina, wens, *service.list_initiatieven(work, kijker, wens))


@initiatieven.post("", **creating("Initiatief indienen", "Het initiatief.", roles(*NAMENS_GEMEENTEN), versioned=True))
@refuses(OnbekendeGemeente, AndereOrganisatie)
def create_initiatief(work: InWork, partij: Namens, nieuw: NieuwInitiatief, response: Response) -> Initiatief:
    """Legt een idee vast van de gemeente of het samenwerkingsverband van het contract, als concept tenzij anders gezegd."""
    initiatief = service.indienen(work, partij, nieuw)
    located(response, service.pad(initiatief.id), version=initiatief.versie)
    return initiatief


@initiatieven.get(
    "/{id}",
    summary="Initiatief opvragen",
    response_description="Het initiatief.",
    response_model=Initiatief,
    responses=NOT_MODIFIED,
    dependencies=[public()],
)
@refuses(InitiatiefNietGevonden)
def get_initiatief(
    work: InWork, kijker: InKijker, response: Response, id: Id, if_none_match: IfNoneMatch = None
) -> Initiatief | Response:
    """Eén initiatief, zoals het nu is."""
    initiatief = service.get_initiatief(work, kijker, id)
    response.headers["ETag"] = etag(initiatief.versie)
    return unmodified(if_none_match, initiatief.versie) or initiatief


@initiatieven.patch(
    "/{id}",
    summary="Initiatief wijzigen",
    response_description="Het initiatief zoals het is geworden.",
    responses=WITH_ETAG,
    dependencies=[roles(*NAMENS_GEMEENTEN)],
)
@refuses(
    InitiatiefNietGevonden, NietUwInitiatief, AndereOrganisatie, OnbekendeGemeente, InitiatiefKanNiet, Changed, VersionNeeded
)
def update_initiatief(
    work: InWork,
    kijker: InKijker,
    partij: Namens,
    id: Id,
    wijziging: InitiatiefWijziging,
    response: Response,
    if_match: IfMatch = None,
) -> Initiatief:
    """Wijzigt een concept, dient het in of trekt het in; dat doet alleen de indiener. Wat is ingediend, verandert niet meer."""
    initiatief = service.wijzigen(work, kijker, partij, id, if_match, wijziging)
    response.headers["ETag"] = etag(initiatief.versie)
    return initiatief


@initiatieven.get("/{id}/versies", **listing("versies van een initiatief", public()))
@refuses(InitiatiefNietGevonden)
def list_initiatiefversies(
    work: InWork, kijker: InKijker, id: Id, wens: Annotated[PageQuery, Query()], pages: InPages
) -> InitiatiefversiesPagina:
    """Hoe het met een initiatief ging: elke versie die u mag zien, nieuwste eerst."""
    return pages.make(InitiatiefversiesPagina, wens, *service.list_versies(work, kijker, id, wens))


@initiatieven.post(
    "/{id}/beoordelingen",
    summary="Initiatief beoordelen",
    response_description="Het initiatief zoals het is geworden.",
    responses=WITH_ETAG,
    dependencies=[roles(BEHEER, TASKFORCE)],
)
@refuses(InitiatiefNietGevonden, InitiatiefKanNiet, VoorzieningBestaatAl, Changed, VersionNeeded)
def create_beoordeling(
    work: InWork, kijker: InKijker, id: Id, beoordeling: Beoordeling, response: Response, if_match: IfMatch = None
) -> Initiatief:
    """Neemt een initiatief in behandeling, wijst het met reden af, of neemt het aan: dan komt het als gepubliceerde voorziening
    in de fase `initiatief` in de catalogus. De code kiest alleen catalogusbeheer; zonder komt zij uit de titel."""
    initiatief = service.beoordelen(work, kijker, id, if_match, beoordeling)
    response.headers["ETag"] = etag(initiatief.versie)
    return initiatief
