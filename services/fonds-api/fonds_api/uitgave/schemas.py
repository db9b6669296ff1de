"""Wire models of uitgaven."""

from __future__ import annotations

from uuid import UUID

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, Digits, GivenDay, GivenUuid, Input, Line, Moment, Output
from pydantic import Field

from fonds_api.fonds.schemas import FONDSCODE
from fonds_api.verplichting.schemas import ID as VERPLICHTING
from fonds_api.verplichting.schemas import Bedrag, Deelbedrag, Jaar

ID = "c1d2e3f4-5a6b-4c7d-8e9f-0a1b2c3d4e5f"
BOEKING = "/v1/boekingen/7b0f8a58-6f0e-4a39-9d8e-0f1c34a3f0de"


class NieuweUitgave(Input):
    """Een factuur van een leverancier, op een verplichting."""

    verplichting: GivenUuid = Field(description="Identificatie van de verplichting.", examples=[VERPLICHTING])
    jaar: Jaar = Field(description="Jaar van het deel van de verplichting waarop het drukt.", examples=[2020])
    bedrag_cent: Bedrag = Field(description="Bedrag zonder btw, in centen.", examples=[2500000])
    btw_cent: Deelbedrag = Field(description="Btw in centen.", examples=[525000])
    factuurnummer: Line = Field(max_length=100, description="Nummer van de factuur bij de leverancier.", examples=["F2020-0815"])
    factuurdatum: GivenDay = Field(description="Dag van de factuur.", examples=["2020-03-31"])
    boekdatum: GivenDay = Field(description="Dag waarvoor de boeking telt; in het jaar van het deel.", examples=["2020-03-31"])
    omschrijving: Line = Field(max_length=300, description="Waarvoor.", examples=["Eerste kwartaal (voorbeeld)"])


class NieuweBetaling(Input):
    """Wanneer een uitgave is betaald."""

    boekdatum: GivenDay = Field(description="Dag waarop is betaald.", examples=["2020-04-15"])


class NieuweUitgavestorno(Input):
    """Waarom een uitgave wordt teruggedraaid."""

    boekdatum: GivenDay = Field(description="Dag waarvoor het telt; in het jaar van de uitgave.", examples=["2020-04-20"])
    reden: Line = Field(max_length=500, description="Waarom.", examples=["Op de verkeerde verplichting geboekt (voorbeeld)."])


class UitgavenFilter(PageQuery):
    fonds: str | None = Field(None, pattern=FONDSCODE, description="Alleen uit dit fonds.", examples=["ggu"])
    jaar: Digits | None = Field(None, ge=2000, le=2101, description="Alleen van dit jaar.", examples=[2020])
    verplichting: GivenUuid | None = Field(None, description="Alleen op deze verplichting.", examples=[VERPLICHTING])


class Betaling(Output):
    """Dat een uitgave is betaald."""

    boekdatum: Day = Field(description="Dag waarop is betaald.", examples=["2020-04-15"])
    boeking: str = Field(description="Pad van de boeking.", examples=[BOEKING])
    vastgelegd_op: Moment = Field(description="Wanneer vastgelegd.", examples=["2020-04-15T09:00:00.000Z"])


class Storno(Output):
    """Dat een uitgave is teruggedraaid."""

    boekdatum: Day = Field(description="Dag waarvoor het telt.", examples=["2020-04-20"])
    reden: str = Field(description="Waarom.", examples=["Op de verkeerde verplichting geboekt (voorbeeld)."])
    boeking: str = Field(description="Pad van de boeking die de eerste spiegelt.", examples=[BOEKING])
    vastgelegd_op: Moment = Field(description="Wanneer vastgelegd.", examples=["2020-04-20T09:00:00.000Z"])


class Uitgave(Output):
    """Wat er van een verplichting is besteed, met de factuur en de boeking."""

    id: UUID = Field(description="Identificatie.", examples=[ID])
    fonds: str = Field(description="Fonds waaruit is betaald.", examples=["ggu"])
    verplichting: str = Field(description="Pad van de verplichting.", examples=[f"/v1/verplichtingen/{VERPLICHTING}"])
    leverancier: str = Field(description="Bij wie.", examples=["Netwerkbeheer Voorbeeld BV"])
    prioriteit: str = Field(description="Prioriteit van de begrotingspost.", examples=["A1"])
    budgetsoort: str = Field(description="Budgetsoort van de begrotingspost.", examples=["structureel"])
    jaar: int = Field(description="Jaar waarop het drukt.", examples=[2020])
    bedrag_cent: int = Field(ge=0, description="Bedrag zonder btw, in centen.", examples=[2500000])
    btw_cent: int = Field(ge=0, description="Btw in centen.", examples=[525000])
    factuurnummer: str = Field(description="Nummer van de factuur bij de leverancier.", examples=["F2020-0815"])
    factuurdatum: Day = Field(description="Dag van de factuur.", examples=["2020-03-31"])
    boekdatum: Day = Field(description="Dag waarvoor de boeking telt.", examples=["2020-03-31"])
    omschrijving: str = Field(description="Waarvoor.", examples=["Eerste kwartaal (voorbeeld)"])
    boeking: str = Field(description="Pad van de boeking.", examples=[BOEKING])
    vastgelegd_op: Moment = Field(description="Wanneer vastgelegd.", examples=["2020-04-01T09:00:00.000Z"])
    betaling: Betaling | None = Field(description="De betaling; null als die er niet is.")
    storno: Storno | None = Field(description="Het terugdraaien; null als dat niet is gebeurd.")


class UitgavenPagina(Page):
    """Uitgaven, in volgorde van vastleggen."""

    results: list[Uitgave] = Field(description="De uitgaven op deze pagina.")
