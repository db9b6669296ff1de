"""Wire models of proposals."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Input, Line, Moment, Output
from pydantic import Field

from fonds_api.boeking.schemas import NieuweBoeking
from fonds_api.fonds.schemas import FONDSCODE

Voorstelstatus = Literal["open", "bevestigd", "afgewezen", "verlopen"]
NAAM = "Naam van wie het besluit."


class BoekingsvoorstellenFilter(PageQuery):
    fonds: str | None = Field(None, pattern=FONDSCODE, description="Alleen voorstellen voor dit fonds.", examples=["ggu"])
    status: Voorstelstatus | None = Field(None, description="Alleen voorstellen met deze status.", examples=["open"])


class NieuweBevestiging(Input):
    """Een voorstel bevestigen."""

    naam: Line = Field(max_length=120, description=NAAM, examples=["Penningmeester (test)"])


class NieuweAfwijzing(Input):
    """Een voorstel afwijzen, of een eigen voorstel intrekken."""

    naam: Line = Field(max_length=120, description=NAAM, examples=["Penningmeester (test)"])
    reden: Line = Field(max_length=500, description="Waarom.", examples=["Het bedrag is nog niet geaccordeerd"])


class Afhandeling(Output):
    """Wie een voorstel bevestigde of afwees."""

    uitkomst: str = Field(description="Uitkomst: bevestigd of afgewezen.", examples=["bevestigd"])
    naam: str = Field(description=NAAM, examples=["Penningmeester (test)"])
    reden: str | None = Field(description="Waarom; bij afwijzen altijd.", examples=["Het bedrag is nog niet geaccordeerd"])
    rol: str = Field(description="Rol in het contract.", examples=["bestuur"])
    op: Moment = Field(description="Wanneer.", examples=["2018-01-16T09:00:00.000Z"])


class Boekingsvoorstel(Output):
    """Een boeking die op bevestiging door een ander wacht; er staat nog niets in het grootboek."""

    id: UUID = Field(description="Identificatie.", examples=["0a4f8a58-6f0e-4a39-9d8e-0f1c34a3f0de"])
    fonds: str = Field(description="Fonds waarin wordt geboekt.", examples=["ggu"])
    status: str = Field(description="Status: open, bevestigd, afgewezen of verlopen.", examples=["open"])
    debet_cent: int = Field(ge=1, description="Som van de debetregels, in centen.", examples=[10000000])
    inhoud: NieuweBoeking = Field(
        description="De boeking zoals zij is voorgesteld; van een storno is `bron` de boeking die zij terugdraait."
    )
    rol: str = Field(description="Rol van wie het indiende.", examples=["fondsbeheerder"])
    ingediend_op: Moment = Field(description="Wanneer het is ingediend.", examples=["2018-01-15T09:00:00.000Z"])
    verloopt_op: Moment = Field(
        description="Wanneer het verloopt, als niemand het afhandelt.", examples=["2018-02-14T09:00:00.000Z"]
    )
    afhandeling: Afhandeling | None = Field(description="Wie het bevestigde of afwees; null zolang dat niet is gebeurd.")
    boeking: str | None = Field(
        description="Pad van de boeking, als het is bevestigd.",
        examples=["/v1/boekingen/7b0f8a58-6f0e-4a39-9d8e-0f1c34a3f0de"],
    )


class BoekingsvoorstellenPagina(Page):
    """Boekingsvoorstellen, in volgorde van indienen."""

    results: list[Boekingsvoorstel] = Field(description="De voorstellen op deze pagina.")
