"""Wire models of peilingen."""

from __future__ import annotations

import uuid
from typing import Literal

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, GivenDay, Input, Moment, Output
from pydantic import Field

from abonnement_api.mislukking import Probleem

Status = Literal["aangevraagd", "gereed", "mislukt"]


class NieuweGemeentepeiling(Input):
    """Wat aan de catalogus te vragen."""

    peildatum: GivenDay = Field(
        description="Dag waarvan de gemeenten tellen, met hun inwoners op 1 januari van dat jaar.", examples=["2018-01-01"]
    )


class GemeentepeilingenFilter(PageQuery):
    peildatum: GivenDay | None = Field(None, description="Alleen van deze dag.", examples=["2018-01-01"])
    status: Status | None = Field(None, description="Alleen met deze status.", examples=["gereed"])


class Gemeentepeiling(Output):
    """Een opvraging van gemeenten bij de catalogus."""

    id: uuid.UUID = Field(description="Identificatie.", examples=["d4c7a9e0-8b16-4f52-93ad-70e5b1f2c688"])
    peildatum: Day = Field(
        description="Dag waarvan de gemeenten tellen, met hun inwoners op 1 januari van dat jaar.", examples=["2018-01-01"]
    )
    status: Status = Field(description="Hoe het ermee staat.", examples=["gereed"])
    aantal: int | None = Field(description="Aantal gemeenten; null zolang zij niet gereed is.", examples=[380])
    probleem: Probleem | None = Field(description="Waarom zij is mislukt; anders null.")
    aangevraagd_op: Moment = Field(description="Wanneer aangevraagd.", examples=["2018-01-15T09:00:00.000Z"])
    afgerond_op: Moment | None = Field(
        description="Wanneer de catalogus antwoordde, of het mislukte.", examples=["2018-01-15T09:00:01.000Z"]
    )


class GemeentepeilingenPagina(Page):
    """Gemeentepeilingen, de laatst aangevraagde eerst."""

    results: list[Gemeentepeiling] = Field(description="De peilingen op deze pagina.")
