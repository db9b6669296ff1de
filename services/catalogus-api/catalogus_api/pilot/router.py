"""HTTP of pilots. Reading is public; the beheer and the Task Force plan them, gemeenten join by themselves."""

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
from gemeengoed_kit.window import TooFarAhead

from catalogus_api.gemeente.errors import OnbekendeGemeente
from catalogus_api.gemeente.schemas import GEMEENTECODE
from catalogus_api.namens.belang import Namens
from catalogus_api.namens.errors import AndereOrganisatie, NietNamensDezeGemeente
from catalogus_api.pilot import service
from catalogus_api.pilot.errors import DeelnameKanNiet, PilotKanNiet, PilotNietGevonden, VoorzieningNietOpenbaar
from catalogus_api.pilot.schemas import (
    NieuwePilot,
    Pilot,
    Pilotdeelnemer,
    PilotdeelnemersPagina,
    PilotsFilter,
    PilotsPagina,
    PilotversiesPagina,
    PilotWijziging,
)
from catalogus_api.toegang import BEHEER, NAMENS_GEMEENTEN, TASKFORCE

pilots = router("/pilots", "pilots")
Id = Annotated[GivenUuid, Path(description="Identificatie van de pilot.", examples=["5c5bb3a3-2f4b-4a2e-8a51-0d6a3f6f9b21"])]
Gemeentecode = Annotated[str, Path(pattern=GEMEENTECODE, description="CBS-gemeentecode.", examples=["GM0344"])]
_MEEDOEN = [roles(*NAMENS_GEMEENTEN, BEHEER)]


@pilots.get("", **listing("pilots", public()))
def list_pilots(work: InWork, wens: Annotated[PilotsFilter, Query()], pages: InPages) -> PilotsPagina:
    """Wat er beproefd wordt en is, met wat eruit kwam; ook wat mislukte blijft te zien."""
    return pages.make(PilotsPagina, wens, *service.list_pilots(work, wens))


@pilots.post("", **creating("Pilot plannen", "De pilot.", roles(BEHEER, TASKFORCE), versioned=True))
@refuses(VoorzieningNietOpenbaar, PilotKanNiet, TooFarAhead)
def create_pilot(work: InWork, nieuw: NieuwePilot, response: Response) -> Pilot:
    """Plant een pilot van een gepubliceerde voorziening. Gemeenten melden zich zelf aan."""
    pilot = service.plannen(work, nieuw)
    located(response, service.pad(pilot.id), version=pilot.versie)
    return pilot


@pilots.get(
    "/{id}",
    summary="Pilot opvragen",
    response_description="De pilot.",
    response_model=Pilot,
    responses=NOT_MODIFIED,
    dependencies=[public()],
)
@refuses(PilotNietGevonden)
def get_pilot(work: InWork, response: Response, id: Id, if_none_match: IfNoneMatch = None) -> Pilot | Response:
    """Eén pilot, zoals hij nu is."""
    pilot = service.get_pilot(work, id)
    response.headers["ETag"] = etag(pilot.versie)
    return unmodified(if_none_match, pilot.versie) or pilot


@pilots.patch(
    "/{id}",
    summary="Pilot wijzigen",
    response_description="De pilot zoals hij is geworden.",
    responses=WITH_ETAG,
    dependencies=[roles(BEHEER, TASKFORCE)],
)
@refuses(PilotNietGevonden, PilotKanNiet, TooFarAhead, Changed, VersionNeeded)
def update_pilot(work: InWork, id: Id, wijziging: PilotWijziging, response: Response, if_match: IfMatch = None) -> Pilot:
    """Wijzigt een pilot, laat hem beginnen, rondt hem af met resultaten, of breekt hem met reden af. Wat voorbij is, verandert
    niet meer."""
    pilot = service.wijzigen(work, id, if_match, wijziging)
    response.headers["ETag"] = etag(pilot.versie)
    return pilot


@pilots.get("/{id}/versies", **listing("versies van een pilot", public()))
@refuses(PilotNietGevonden)
def list_pilotversies(work: InWork, id: Id, wens: Annotated[PageQuery, Query()], pages: InPages) -> PilotversiesPagina:
    """Hoe het met een pilot ging: elke versie, nieuwste eerst."""
    return pages.make(PilotversiesPagina, wens, *service.list_versies(work, id, wens))


@pilots.get("/{id}/deelnemers", **listing("deelnemers van een pilot", public()))
@refuses(PilotNietGevonden)
def list_pilotdeelnemers(work: InWork, id: Id, wens: Annotated[PageQuery, Query()], pages: InPages) -> PilotdeelnemersPagina:
    """Welke gemeenten meedoen of meededen."""
    return pages.make(PilotdeelnemersPagina, wens, *service.list_deelnemers(work, id, wens))


@pilots.put(
    "/{id}/deelnemers/{gemeentecode}",
    summary="Meedoen aan een pilot",
    response_description="De deelnemer.",
    dependencies=_MEEDOEN,
)
@refuses(PilotNietGevonden, AndereOrganisatie, NietNamensDezeGemeente, OnbekendeGemeente, DeelnameKanNiet)
def put_pilotdeelnemer(work: InWork, partij: Namens, id: Id, gemeentecode: Gemeentecode) -> Pilotdeelnemer:
    """Een gemeente doet mee, zolang de pilot gepland is of loopt. Het beheer kan vastleggen wie al meedeed."""
    return service.meedoen(work, partij, id, gemeentecode)


@pilots.delete(
    "/{id}/deelnemers/{gemeentecode}",
    status_code=204,
    summary="Stoppen met een pilot",
    response_description="De gemeente doet niet meer mee.",
    dependencies=_MEEDOEN,
)
@refuses(PilotNietGevonden, AndereOrganisatie, NietNamensDezeGemeente, OnbekendeGemeente, DeelnameKanNiet)
def delete_pilotdeelnemer(work: InWork, partij: Namens, id: Id, gemeentecode: Gemeentecode) -> None:
    """Een gemeente doet niet meer mee; dat zij meedeed, blijft te zien."""
    service.stoppen(work, partij, id, gemeentecode)
