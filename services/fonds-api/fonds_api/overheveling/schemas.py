"""Wire models of overhevelingen."""

from __future__ import annotations

from uuid import UUID

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Digits, GivenUuid, Input, Line, Moment, Output, Reference
from pydantic import Field

from fonds_api.besluit.schemas import BESLUIT, Besluitverwijzing, Weigering
from fonds_api.fonds.schemas import FONDSCODE
from fonds_api.overheveling.rules import Post, Status
from fonds_api.verplichting.schemas import ID as VERPLICHTING
from fonds_api.verplichting.schemas import Bedrag, Jaar

ID = "d4e5f6a7-8b9c-4d0e-9f1a-2b3c4d5e6f70"
BOEKING = "/v1/boekingen/7b0f8a58-6f0e-4a39-9d8e-0f1c34a3f0de"


class NieuweOverheveling(Input):
    """Wat er van een jaar naar het volgende gaat: vrij budget van een post, of de rest van een verplichting met haar budget."""

    fonds: str = Field(pattern=FONDSCODE, description="Fonds.", examples=["ggu"])
    jaar: Jaar = Field(description="Jaar waaruit; het gaat naar het jaar erna.", examples=[2020])
    verplichting: GivenUuid | None = Field(
        None, description="Identificatie van de verplichting die doorloopt; alles wat er van dit jaar openstaat, gaat mee."
    )
    prioriteit: str | None = Field(
        None, pattern=r"^[A-Z][1-9]$", description="Prioriteit van de post; null bij btw.", examples=["A1"]
    )
    budgetsoort: Post | None = Field(None, description="Budgetsoort van de post, of `btw`.", examples=["structureel"])
    bedrag_cent: Bedrag | None = Field(None, description="Bedrag in centen, van wat er vrij is.", examples=[1000000])
    reden: Line = Field(max_length=400, description="Waarom.", examples=["De pilot loopt door in 2021 (voorbeeld)."])
    besluit: Besluitverwijzing = Field(description="Het besluit van het bestuur of de leden.")


class OverhevelingenFilter(PageQuery):
    fonds: str | None = Field(None, pattern=FONDSCODE, description="Alleen van dit fonds.", examples=["ggu"])
    jaar: Digits | None = Field(None, ge=2000, le=2100, description="Alleen uit dit jaar.", examples=[2020])
    status: Status | None = Field(None, description="Alleen met deze status.", examples=["vastgesteld"])


class Overheveling(Output):
    """Wat er van een jaar naar het volgende gaat, bij besluit."""

    id: UUID = Field(description="Identificatie.", examples=[ID])
    fonds: str = Field(description="Fonds.", examples=["ggu"])
    jaar: int = Field(description="Jaar waaruit.", examples=[2020])
    naar_jaar: int = Field(description="Jaar waarnaar.", examples=[2021])
    prioriteit: str | None = Field(description="Prioriteit van de post; null bij btw.", examples=["A1"])
    budgetsoort: str = Field(description="Budgetsoort van de post, of `btw`.", examples=["structureel"])
    verplichting: str | None = Field(
        description="Pad van de verplichting waarvan de rest meegaat.", examples=[f"/v1/verplichtingen/{VERPLICHTING}"]
    )
    bedrag_cent: int = Field(ge=0, description="Budget van de post, in centen.", examples=[1000000])
    btw_cent: int = Field(ge=0, description="Budget van de btw-regel dat met de verplichting meegaat, in centen.", examples=[0])
    reden: str = Field(description="Waarom.", examples=["De pilot loopt door in 2021 (voorbeeld)."])
    besluit: Reference = Field(description="Het besluit.", examples=[{"bron": "catalogus", "pad": BESLUIT}])
    status: Status = Field(description="Hoe het met het navragen van het besluit staat.", examples=["vastgesteld"])
    aangevraagd_op: Moment = Field(description="Wanneer aangevraagd.", examples=["2020-12-15T09:00:00.000Z"])
    vastgesteld_op: Moment | None = Field(description="Wanneer vastgesteld.", examples=["2020-12-15T09:00:01.000Z"])
    boeking: str | None = Field(description="Pad van de boeking in de reserve, op 31 december.", examples=[BOEKING])
    onttrekking: str | None = Field(description="Pad van de boeking uit de reserve, op 1 januari.", examples=[BOEKING])
    probleem: Weigering | None = Field(description="Waarom het is geweigerd; anders null.")


class OverhevelingenPagina(Page):
    """Overhevelingen, in volgorde van aanvragen."""

    results: list[Overheveling] = Field(description="De overhevelingen op deze pagina.")
