"""Wire models of samenwerkingsverbanden."""

from __future__ import annotations

from typing import Annotated

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, GivenDay, Input, Line, Moment, Output
from pydantic import Field

from catalogus_api.gemeente.schemas import GEMEENTECODE, Indelingsdag

CODE = r"^[a-z0-9-]{1,60}$"
Gemeentecode = Annotated[str, Field(pattern=GEMEENTECODE)]
Codes = Annotated[list[Gemeentecode], Field(max_length=400)]


class SamenwerkingsverbandenFilter(PageQuery):
    gemeentecode: str | None = Field(
        None, pattern=GEMEENTECODE, description="Alleen die waarvan zij lid is.", examples=["GM0505"]
    )
    op: Indelingsdag | None = Field(None, description="De leden op deze dag; weggelaten is het vandaag.", examples=["2018-01-01"])


class SamenwerkingsverbandInvoer(Input):
    """Een samenwerkingsverband met zijn eerste leden."""

    code: str = Field(pattern=CODE, description="Code, van kleine letters, cijfers en streepjes.", examples=["drechtsteden"])
    naam: Line = Field(max_length=120, description="Naam.", examples=["Drechtsteden"])
    vanaf: GivenDay = Field(description="Eerste dag waarop deze gemeenten lid zijn.", examples=["2018-01-01"])
    leden: Codes = Field(description="Codes van de gemeenten.", examples=[["GM0505", "GM0482"]], min_length=1)


class Ledenwijziging(Input):
    """Wie op een dag lid wordt, en wie het dan niet meer is."""

    ingangsdatum: GivenDay = Field(description="Eerste dag met de nieuwe leden.", examples=["2018-01-01"])
    toetreders: Codes = Field(default_factory=list, description="Codes van gemeenten die lid worden.", examples=[["GM0610"]])
    uittreders: Codes = Field(
        default_factory=list, description="Codes van gemeenten die geen lid meer zijn.", examples=[["GM0482"]]
    )


class Lidmaatschap(Output):
    """Wanneer een gemeente lid is."""

    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0505"])
    naam: str = Field(description="Naam van de gemeente.", examples=["Dordrecht"])
    vanaf: Day = Field(description="Eerste dag.", examples=["2018-01-01"])
    tot_en_met: Day | None = Field(
        description="Laatste dag, hoogstens die van de gemeente zelf; null zolang zij lid is.", examples=["2018-12-31"]
    )


class SamenwerkingsverbandKort(Output):
    """Een samenwerkingsverband met zijn leden op een dag."""

    code: str = Field(description="Code.", examples=["drechtsteden"])
    naam: str = Field(description="Naam.", examples=["Drechtsteden"])
    leden: list[str] = Field(description="Codes van de gemeenten die op de gevraagde dag lid zijn.", examples=[["GM0505"]])


class Samenwerkingsverband(Output):
    """Een samenwerkingsverband met al zijn lidmaatschappen."""

    code: str = Field(description="Code.", examples=["drechtsteden"])
    naam: str = Field(description="Naam.", examples=["Drechtsteden"])
    vastgelegd_op: Moment = Field(description="Wanneer het is vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])
    lidmaatschappen: list[Lidmaatschap] = Field(description="Wie wanneer lid is, op begin en code.")


class SamenwerkingsverbandenPagina(Page):
    """Samenwerkingsverbanden, op code."""

    results: list[SamenwerkingsverbandKort] = Field(description="De samenwerkingsverbanden op deze pagina.")
