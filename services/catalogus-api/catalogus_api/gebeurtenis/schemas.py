"""Wire models of events: CloudEvents 1.0 in the NL GOV profile 1.1."""

from __future__ import annotations

import uuid
from typing import Any, Literal

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import GivenMoment, Moment, Output
from pydantic import Field

Zichtbaarheid = Literal["iedereen", "beperkt"]


class GebeurtenissenFilter(PageQuery):
    type: str | None = Field(
        None,
        pattern=r"^nl(\.[a-z0-9-]{1,60}){1,6}$",
        description="Alleen van dit type.",
        examples=["nl.gemeengoed.catalogus.voorziening.gewijzigd"],
    )
    onderwerp: str | None = Field(
        None, pattern=r"^/v1/[!-~]{1,300}$", description="Alleen over dit pad.", examples=["/v1/voorzieningen/kindertelefoon"]
    )
    sinds: GivenMoment | None = Field(None, description="Alleen van dit moment of later.", examples=["2018-01-15T09:00:00.000Z"])
    na: str | None = Field(
        None,
        pattern="^[0-9]{1,18}$",
        description="Alleen wat op deze `sequence` volgt: wat u nog niet heeft.",
        examples=["000000000000000001"],
    )


class Gebeurtenis(Output):
    """Iets wat in de catalogus is gewijzigd, als CloudEvent (NL GOV-profiel)."""

    specversion: Literal["1.0"] = Field(description="Versie van CloudEvents.", examples=["1.0"])
    id: uuid.UUID = Field(description="Identificatie.", examples=["8f7a52f6-7f0e-4a57-8a1c-0a8d1f8a4f22"])
    source: str = Field(
        description="Systeem waar het gebeurde, met het OIN van wie het aanbiedt.",
        examples=["urn:nld:oin:00000099000000000001:systeem:catalogus"],
    )
    type: str = Field(description="Wat er gebeurde.", examples=["nl.gemeengoed.catalogus.voorziening.gewijzigd"])
    subject: str = Field(description="Pad van wat is gewijzigd.", examples=["/v1/voorzieningen/kindertelefoon"])
    time: Moment = Field(description="Wanneer het is vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])
    datacontenttype: Literal["application/json"] = Field(description="Soort inhoud van `data`.", examples=["application/json"])
    sequence: str = Field(
        description="Plaats in de volgorde van vastleggen. Wie er een heeft gezien, ziet later nooit een lagere verschijnen; er "
        "kunnen er tussen uitvallen.",
        examples=["000000000000000001"],
    )
    zichtbaarheid: Zichtbaarheid = Field(
        description="`iedereen`: openbaar; `beperkt`: niet verder te geven.", examples=["iedereen"]
    )
    data: dict[str, Any] = Field(description="Wat erin is gewijzigd; de hele resource staat op het pad in `subject`.")


class GebeurtenissenPagina(Page):
    """Gebeurtenissen, oudste eerst."""

    results: list[Gebeurtenis] = Field(description="De gebeurtenissen op deze pagina.")
