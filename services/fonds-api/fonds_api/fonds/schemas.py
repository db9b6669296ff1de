"""Wire models of fondsen."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path
from gemeengoed_kit.pagination import Page
from gemeengoed_kit.schema import Output
from pydantic import Field

FONDSCODE = r"^[a-z][a-z0-9-]{0,39}$"
Fondscode = Annotated[str, Path(pattern=FONDSCODE, description="Code van het fonds.", examples=["ggu"])]


class Fonds(Output):
    """Een gezamenlijke beurs met een eigen grootboek."""

    code: str = Field(description="Code.", examples=["derdengelden"])
    naam: str = Field(description="Naam.", examples=["Gelden van derden"])
    omschrijving: str = Field(description="Waarvoor het fonds is.", examples=["Wat gemeenten betalen tot het is afgedragen."])
    bronvermelding: str = Field(description="Waar dit staat.", examples=["VNG, BALV 30-11-2016, voorstel D"])
    boekingsrollen: list[str] = Field(
        description="Rollen die dit fonds zien en er boeken.", examples=[["fondsbeheerder", "administratie"]]
    )


class FondsenPagina(Page):
    """Fondsen, op code."""

    results: list[Fonds] = Field(description="De fondsen op deze pagina.")
