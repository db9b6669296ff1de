"""Wire models of pilots."""

from __future__ import annotations

import uuid
from typing import Annotated, Any

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, Flag, GivenDay, Input, Line, Moment, Output
from pydantic import Field

from catalogus_api.gemeente.schemas import GEMEENTECODE
from catalogus_api.pilot.rules import Status
from catalogus_api.voorziening.schemas import CODE

_ID = "5c5bb3a3-2f4b-4a2e-8a51-0d6a3f6f9b21"
Naam = Annotated[Line, Field(max_length=120, description="Naam.", examples=["Proef met drie balies"])]
Doel = Annotated[Line, Field(max_length=2000, description="Wat de pilot moet laten zien.", examples=["Of één bezoek genoeg is."])]
Begin = Annotated[GivenDay, Field(description="Eerste dag; gepland zolang hij niet loopt.", examples=["2018-01-08"])]
Eind = Annotated[GivenDay, Field(description="Laatste dag; gepland zolang hij niet is afgerond.", examples=["2018-06-30"])]
Resultaat = Annotated[
    Line, Field(max_length=4000, description="Wat eruit kwam.", examples=["Vier op de vijf inwoners kwam één keer."])
]
_Les = Annotated[Line, Field(max_length=1000)]
Lessen = Annotated[
    list[_Les], Field(max_length=50, description="Wat ervan te leren is, ook als het mislukte.", examples=[["Begin klein."]])
]
Reden = Annotated[Line, Field(max_length=1000, description="Waarom hij is afgebroken.", examples=["Te weinig deelnemers."])]
_BLIJFT: Any = None
"""Stands for what a change does not name; null itself is refused there."""


class PilotsFilter(PageQuery):
    voorziening: str | None = Field(None, pattern=CODE, description="Alleen van deze voorziening.", examples=["kindertelefoon"])
    status: Status | None = Field(None, description="Alleen met deze status.", examples=["loopt"])
    gemeentecode: str | None = Field(
        None, pattern=GEMEENTECODE, description="Alleen waaraan deze gemeente meedoet.", examples=["GM0344"]
    )


class NieuwePilot(Input):
    """Een pilot die gepland wordt."""

    voorziening: str = Field(pattern=CODE, description="Code van de voorziening die beproefd wordt.", examples=["kindertelefoon"])
    naam: Naam
    doel: Doel
    begin: Begin
    eind: Eind


class PilotWijziging(Input):
    """Wat er aan een pilot verandert; wat hier niet in staat, blijft. Ook beginnen, afronden en afbreken gaat zo, met
    `status`."""

    naam: Naam = _BLIJFT
    doel: Doel = _BLIJFT
    begin: Begin = _BLIJFT
    eind: Eind = _BLIJFT
    status: Status = Field(_BLIJFT, description="Hoe het met de pilot staat.", examples=["loopt"])
    geslaagd: Flag | None = Field(None, description="Of hij geslaagd is; bij afronden.", examples=[True])
    resultaat: Resultaat | None = None
    lessen: Lessen = _BLIJFT
    reden: Reden | None = None


class Pilot(Output):
    """Een praktijkbeproeving van een voorziening."""

    id: uuid.UUID = Field(description="Identificatie.", examples=[_ID])
    voorziening: str = Field(description="Code van de voorziening.", examples=["kindertelefoon"])
    versie: int = Field(ge=1, description="Nummer van deze versie; ook de ETag.", examples=[1])
    naam: str = Field(description="Naam.", examples=["Proef met drie balies"])
    doel: str = Field(description="Wat de pilot moet laten zien.", examples=["Of één bezoek genoeg is."])
    begin: Day = Field(description="Eerste dag; gepland zolang hij niet loopt.", examples=["2018-01-08"])
    eind: Day = Field(description="Laatste dag; gepland zolang hij niet is afgerond.", examples=["2018-06-30"])
    status: str = Field(description="gepland, loopt, afgerond of afgebroken.", examples=["loopt"])
    geslaagd: bool | None = Field(description="Of hij geslaagd is; null zolang hij niet is afgerond.", examples=[True])
    resultaat: str | None = Field(description="Wat eruit kwam.", examples=["Vier op de vijf inwoners kwam één keer."])
    lessen: list[str] = Field(description="Wat ervan te leren is.", examples=[["Begin klein."]])
    reden: str | None = Field(
        description="Waarom hij is afgebroken; null als dat niet zo is.", examples=["Te weinig deelnemers."]
    )
    vastgelegd_op: Moment = Field(description="Sinds wanneer deze versie er is.", examples=["2018-01-15T09:00:00.000Z"])


class PilotsPagina(Page):
    """Pilots, laatst begonnen eerst."""

    results: list[Pilot] = Field(description="De pilots op deze pagina.")


class PilotversiesPagina(Page):
    """Versies van een pilot, nieuwste eerst."""

    results: list[Pilot] = Field(description="De versies op deze pagina.")


class Pilotdeelnemer(Output):
    """Een gemeente die aan een pilot meedoet of meedeed."""

    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    toegetreden_op: Moment = Field(description="Sinds wanneer.", examples=["2018-01-15T09:00:00.000Z"])
    uitgetreden_op: Moment | None = Field(description="Wanneer zij stopte; null als zij niet is gestopt.")


class PilotdeelnemersPagina(Page):
    """Deelnemers van een pilot, op toetreding."""

    results: list[Pilotdeelnemer] = Field(description="De deelnemers op deze pagina.")
