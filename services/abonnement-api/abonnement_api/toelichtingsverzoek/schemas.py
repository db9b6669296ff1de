"""Wire models of questions of gemeenten."""

from __future__ import annotations

import uuid
from typing import Annotated, Literal

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, GivenUuid, Input, Line, Moment, Output, Reference, YesNo
from pydantic import Field

from abonnement_api.factuur.schemas import Gemeentecode
from abonnement_api.tarief.schemas import Slug

Status = Literal["gesteld", "beantwoord", "gepubliceerd"]
Tekst = Annotated[Line, Field(max_length=4000)]


class NieuwToelichtingsverzoek(Input):
    """Een vraag van een gemeente aan een aanbieder."""

    aanbieder: Slug = Field(description="Code van de aanbieder aan wie wordt gevraagd.", examples=["stichting-kindertelefoon"])
    stuk: GivenUuid | None = Field(
        None, description="Het vastgestelde stuk waarover het gaat.", examples=["3f6d2a18-0c4e-4b59-9a7d-5e8b1c2d3f40"]
    )
    vraag: Tekst = Field(
        description="Wat de gemeente wil weten; zonder gegevens over mensen die een dienst gebruiken.",
        examples=["Waarom groeit de post huisvesting?"],
    )


class NieuweToelichting(Input):
    """Het antwoord op een verzoek."""

    antwoord: Tekst = Field(
        description="Het antwoord; zonder gegevens over mensen die een dienst gebruiken.", examples=["Er kwam een locatie bij."]
    )


class ToelichtingsverzoekenFilter(PageQuery):
    aanbieder: Slug | None = Field(None, description="Alleen aan deze aanbieder.", examples=["stichting-kindertelefoon"])
    gemeentecode: Gemeentecode | None = Field(None, description="Alleen van deze gemeente.", examples=["GM0344"])
    status: Status | None = Field(None, description="Alleen met deze status.", examples=["gesteld"])
    verlopen: YesNo | None = Field(None, description="true: alleen waarvan de termijn voorbij is zonder antwoord.")


class Toelichtingsverzoek(Output):
    """Een vraag van een gemeente aan een aanbieder, met het antwoord. Wat gezegd is, wijzigt nooit."""

    id: uuid.UUID = Field(description="Identificatie.", examples=["b8a0c6f4-2d31-4e7b-8c95-6f1e0d3a2b71"])
    gemeentecode: str = Field(description="CBS-gemeentecode van wie vraagt.", examples=["GM0344"])
    gemeente: Reference = Field(description="De gemeente in de catalogus.")
    aanbieder: str = Field(description="Code van de aanbieder aan wie wordt gevraagd.", examples=["stichting-kindertelefoon"])
    stuk: str | None = Field(
        description="Pad van het stuk waarover het gaat.",
        examples=["/v1/verantwoordingsstukken/3f6d2a18-0c4e-4b59-9a7d-5e8b1c2d3f40"],
    )
    vraag: str = Field(description="Wat de gemeente wil weten.", examples=["Waarom groeit de post huisvesting?"])
    status: Status = Field(
        description="`gesteld` tot er een antwoord is; `beantwoord`; `gepubliceerd` als alle gemeenten het mogen lezen.",
        examples=["beantwoord"],
    )
    gesteld_op: Moment = Field(description="Wanneer gesteld.", examples=["2018-02-01T09:00:00.000Z"])
    uiterlijk: Day = Field(description="Laatste dag om te antwoorden.", examples=["2018-03-03"])
    te_laat: bool = Field(description="Of het antwoord na die dag kwam, of er na die dag nog niet is.", examples=[False])
    antwoord: str | None = Field(description="Het antwoord; null zolang dat er niet is.", examples=["Er kwam een locatie bij."])
    beantwoord_op: Moment | None = Field(description="Wanneer beantwoord.", examples=["2018-02-12T09:00:00.000Z"])
    gepubliceerd_op: Moment | None = Field(description="Wanneer gepubliceerd.", examples=["2018-02-12T10:00:00.000Z"])


class ToelichtingsverzoekenPagina(Page):
    """Toelichtingsverzoeken, het laatst gestelde eerst."""

    results: list[Toelichtingsverzoek] = Field(description="De verzoeken op deze pagina.")
