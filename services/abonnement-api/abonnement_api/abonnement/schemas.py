"""Wire models of subscriptions and collective registrations."""

from __future__ import annotations

import uuid
from typing import Annotated, Literal

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, GivenDay, Input, Moment, Output, Reference
from pydantic import Field

from abonnement_api.mislukking import Probleem
from abonnement_api.tarief.schemas import Slug

Gemeentecode = Annotated[str, Field(pattern=r"^GM[0-9]{4}$")]


class Uitzondering(Input):
    """Een gemeente met een ander pakket dan de rest."""

    gemeentecode: Gemeentecode = Field(description="CBS-gemeentecode.", examples=["GM0363"])
    pakket: Slug = Field(description="Code van haar pakket.", examples=["zonder-luisterend-oor"])


class NieuweAanmelding(Input):
    """Een abonnement voor elke gemeente die op de begindatum bestaat."""

    begindatum: GivenDay = Field(description="Eerste dag van de abonnementen.", examples=["2018-01-01"])
    einddatum: GivenDay = Field(description="Laatste dag van de abonnementen.", examples=["2021-12-31"])
    pakket: Slug = Field(description="Code van het pakket.", examples=["volledig"])
    uitzonderingen: list[Uitzondering] = Field([], max_length=500, description="Gemeenten met een ander pakket.")


class Aanmelding(Output):
    """Een collectieve aanmelding en hoe het ermee staat."""

    id: uuid.UUID = Field(description="Identificatie.", examples=["6f1b0c1e-6d0f-4a37-9d55-3a0b7c2f1e11"])
    begindatum: Day = Field(description="Eerste dag van de abonnementen.", examples=["2018-01-01"])
    einddatum: Day = Field(description="Laatste dag van de abonnementen.", examples=["2021-12-31"])
    pakket: str = Field(description="Code van het pakket.", examples=["volledig"])
    uitzonderingen: list[Uitzondering] = Field(description="Gemeenten met een ander pakket.")
    status: Literal["aangevraagd", "verwerkt", "mislukt"] = Field(description="Hoe het ermee staat.", examples=["verwerkt"])
    aantal_abonnementen: int = Field(description="Hoeveel abonnementen zijn gemaakt.", examples=[380])
    probleem: Probleem | None = Field(description="Waarom het is mislukt; anders null.")
    aangevraagd_op: Moment = Field(description="Wanneer gevraagd.", examples=["2018-01-02T09:00:00.000Z"])
    afgerond_op: Moment | None = Field(description="Wanneer klaar of mislukt.", examples=["2018-01-02T09:00:02.000Z"])


class AbonnementenFilter(PageQuery):
    geldig_op: GivenDay | None = Field(None, description="Alleen abonnementen die op deze dag gelden.", examples=["2018-01-01"])
    gemeentecode: Gemeentecode | None = Field(None, description="Alleen van deze gemeente.", examples=["GM0344"])
    pakket: Slug | None = Field(None, description="Alleen met dit pakket.", examples=["volledig"])


class Abonnement(Output):
    """Het abonnement van een gemeente."""

    id: uuid.UUID = Field(description="Identificatie.", examples=["0f5a1d34-0f0c-4b53-8b54-2f7f4a6d9c10"])
    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    gemeentenaam: str = Field(description="Naam bij de aanmelding.", examples=["Utrecht"])
    gemeente: Reference = Field(description="De gemeente in de catalogus.")
    pakket: str = Field(description="Code van het pakket.", examples=["zonder-luisterend-oor"])
    begindatum: Day = Field(description="Eerste dag.", examples=["2018-01-01"])
    einddatum: Day = Field(description="Laatste dag.", examples=["2021-12-31"])
    aanmelding: str = Field(
        description="Pad van de aanmelding waaruit het komt.",
        examples=["/v1/collectieve-aanmeldingen/6f1b0c1e-6d0f-4a37-9d55-3a0b7c2f1e11"],
    )


class AbonnementenPagina(Page):
    """Abonnementen, op gemeentecode en begindatum."""

    results: list[Abonnement] = Field(description="De abonnementen op deze pagina.")
