"""Wire models of verplichtingen."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Digits, Input, Line, Moment, Output, Reference, Whole
from pydantic import Field

from fonds_api.besluit.rules import BESLUITPAD, VOORZIENINGPAD
from fonds_api.besluit.schemas import BESLUIT, Voorzieningverwijzing, Weigering
from fonds_api.fonds.schemas import FONDSCODE
from fonds_api.verplichting.rules import Budgetsoort, Status

ID = "9a1e2f34-5b6c-4d7e-8f90-1a2b3c4d5e6f"
VOORZIENING = "/v1/voorzieningen/govroam"
Jaar = Annotated[Whole, Field(ge=2000, le=2100)]
Bedrag = Annotated[Whole, Field(ge=1, le=10**15)]
Deelbedrag = Annotated[Whole, Field(ge=0, le=10**15)]
"""An amount that may be zero."""
_PRIORITEIT = r"^[A-Z][1-9]$"


class NieuwVerplichtingsdeel(Input):
    """Wat er in een jaar wordt verplicht."""

    jaar: Jaar = Field(description="Jaar van de begroting waarop het drukt.", examples=[2020])
    bedrag_cent: Bedrag = Field(description="Bedrag zonder btw, in centen; drukt op de begrotingspost.", examples=[10000000])
    btw_cent: Deelbedrag = Field(description="Btw in centen; drukt op de btw-regel van de begroting.", examples=[2100000])


class NieuweVerplichting(Input):
    """Een aan te gane verplichting."""

    fonds: str = Field(pattern=FONDSCODE, description="Fonds waaruit wordt betaald.", examples=["ggu"])
    prioriteit: str = Field(pattern=_PRIORITEIT, description="Prioriteit van de begrotingspost.", examples=["A1"])
    budgetsoort: Budgetsoort = Field(description="Budgetsoort van de begrotingspost.", examples=["structureel"])
    omschrijving: Line = Field(max_length=500, description="Waarvoor.", examples=["Beheer van het netwerk (voorbeeld)"])
    leverancier: Line = Field(max_length=200, description="Bij wie.", examples=["Netwerkbeheer Voorbeeld BV"])
    kenmerk: Annotated[Line, Field(max_length=100)] | None = Field(
        None, description="Kenmerk van het contract of de bestelling.", examples=["OVK-2020-014"]
    )
    voorziening: Voorzieningverwijzing | None = Field(
        None,
        description="De voorziening waarvoor het is; dan moet een besluit het toestaan. Null als het voor geen voorziening is.",
    )
    delen: list[NieuwVerplichtingsdeel] = Field(
        min_length=1, max_length=20, description="Per jaar wat er wordt verplicht; elk jaar één keer."
    )


class NieuweVrijval(Input):
    """Wat er van een verplichting niet meer nodig is."""

    jaar: Jaar = Field(description="Jaar van het deel.", examples=[2020])
    bedrag_cent: Deelbedrag = Field(description="Bedrag zonder btw, in centen.", examples=[1000000])
    btw_cent: Deelbedrag = Field(description="Btw in centen.", examples=[210000])
    reden: Line = Field(max_length=500, description="Waarom.", examples=["Minder uren dan voorzien (voorbeeld)."])


class VerplichtingenFilter(PageQuery):
    fonds: str | None = Field(None, pattern=FONDSCODE, description="Alleen van dit fonds.", examples=["ggu"])
    jaar: Digits | None = Field(None, ge=2000, le=2101, description="Alleen met een deel van dit jaar.", examples=[2020])
    prioriteit: str | None = Field(None, pattern=_PRIORITEIT, description="Alleen van deze prioriteit.", examples=["A1"])
    budgetsoort: Budgetsoort | None = Field(None, description="Alleen van deze budgetsoort.", examples=["structureel"])
    status: Status | None = Field(None, description="Alleen met deze status.", examples=["aangegaan"])
    voorziening_pad: str | None = Field(
        None,
        pattern=VOORZIENINGPAD,
        description="Alleen voor de voorziening met dit pad in de catalogus.",
        examples=[VOORZIENING],
    )
    besluit_pad: str | None = Field(
        None, pattern=BESLUITPAD, description="Alleen die rusten op het besluit met dit pad in de catalogus.", examples=[BESLUIT]
    )


class VrijvallenFilter(PageQuery):
    pass


class Verplichtingsdeel(Output):
    """Wat er in een jaar is verplicht, en wat ervan is geworden; in centen, de btw apart."""

    jaar: int = Field(description="Jaar van de begroting waarop het drukt.", examples=[2020])
    begroting: str | None = Field(
        description="Pad van de begroting die gold toen het werd verplicht; null als het van het jaar ervoor is overgeheveld.",
        examples=["/v1/begrotingen/5f0c4a52-6d1e-4b7a-9c58-2e4d7f1a0b63"],
    )
    bedrag_cent: int = Field(ge=0, description="Verplicht, zonder btw.", examples=[10000000])
    btw_cent: int = Field(ge=0, description="Verplichte btw.", examples=[2100000])
    vrijgevallen_cent: int = Field(ge=0, description="Daarvan vrijgevallen (of overgeheveld), zonder btw.", examples=[0])
    vrijgevallen_btw_cent: int = Field(ge=0, description="Vrijgevallen (of overgehevelde) btw.", examples=[0])
    besteed_cent: int = Field(ge=0, description="Daarvan besteed, zonder btw.", examples=[2500000])
    besteed_btw_cent: int = Field(ge=0, description="Bestede btw.", examples=[525000])
    open_cent: int = Field(ge=0, description="Wat er openstaat, zonder btw.", examples=[7500000])
    open_btw_cent: int = Field(ge=0, description="Btw die openstaat.", examples=[1575000])


class Verplichting(Output):
    """Wat een fonds een leverancier verschuldigd kan worden; het reserveert budget van een begrotingspost."""

    id: UUID = Field(description="Identificatie.", examples=[ID])
    fonds: str = Field(description="Fonds waaruit wordt betaald.", examples=["ggu"])
    prioriteit: str = Field(description="Prioriteit van de begrotingspost.", examples=["A1"])
    budgetsoort: Budgetsoort = Field(description="Budgetsoort van de begrotingspost.", examples=["structureel"])
    omschrijving: str = Field(description="Waarvoor.", examples=["Beheer van het netwerk (voorbeeld)"])
    leverancier: str = Field(description="Bij wie.", examples=["Netwerkbeheer Voorbeeld BV"])
    kenmerk: str | None = Field(description="Kenmerk van het contract of de bestelling.", examples=["OVK-2020-014"])
    voorziening: Reference | None = Field(description="De voorziening waarvoor het is.")
    besluit: Reference | None = Field(
        description="Het zwaarste besluit waarop het rust, volgens de catalogus; null zonder voorziening.",
        examples=[{"bron": "catalogus", "pad": BESLUIT}],
    )
    status: Status = Field(
        description="`aangevraagd` zolang de catalogus wordt gevraagd of een besluit het toestaat (het budget is dan al "
        "gereserveerd), daarna `aangegaan` of `geweigerd` (dan is het weer vrij).",
        examples=["aangegaan"],
    )
    aangevraagd_op: Moment = Field(description="Wanneer vastgelegd.", examples=["2020-01-15T09:00:00.000Z"])
    aangegaan_op: Moment | None = Field(description="Wanneer aangegaan.", examples=["2020-01-15T09:00:01.000Z"])
    probleem: Weigering | None = Field(description="Waarom het is geweigerd; anders null.")
    delen: list[Verplichtingsdeel] = Field(description="Per jaar wat er is verplicht en wat ervan is geworden.")
    uitgaven: str = Field(description="Pad van de uitgaven erop.", examples=[f"/v1/uitgaven?verplichting={ID}"])


class VerplichtingenPagina(Page):
    """Verplichtingen, in volgorde van vastleggen."""

    results: list[Verplichting] = Field(description="De verplichtingen op deze pagina.")


class Vrijval(Output):
    """Wat er van een verplichting is vrijgevallen."""

    id: UUID = Field(description="Identificatie.", examples=[ID])
    jaar: int = Field(description="Jaar van het deel.", examples=[2020])
    bedrag_cent: int = Field(ge=0, description="Bedrag zonder btw, in centen.", examples=[1000000])
    btw_cent: int = Field(ge=0, description="Btw in centen.", examples=[210000])
    reden: str = Field(description="Waarom.", examples=["Minder uren dan voorzien (voorbeeld)."])
    vrijgevallen_op: Moment = Field(description="Wanneer.", examples=["2020-11-15T09:00:00.000Z"])


class VrijvallenPagina(Page):
    """Wat er is vrijgevallen, in volgorde van vastleggen."""

    results: list[Vrijval] = Field(description="De vrijvallen op deze pagina.")
