"""Wire models of fondsen."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Path
from gemeengoed_kit.pagination import Page
from gemeengoed_kit.schema import Cent, Input, Line, Output
from pydantic import Field

FONDSCODE = r"^[a-z][a-z0-9-]{0,39}$"
Boekingsrol = Literal["fondsbeheerder", "administratie"]
Fondscode = Annotated[str, Path(pattern=FONDSCODE, description="Code van het fonds.", examples=["ggu"])]


class Fondswijziging(Input):
    """Wat van een fonds te wijzigen is."""

    naam: Line = Field(max_length=120, description="Naam.", examples=["Inkoop telefonie 2021"])
    omschrijving: Line = Field(
        max_length=500, description="Waar het fonds voor is.", examples=["Voorfinanciering en afrekening."]
    )
    bronvermelding: Line = Field(max_length=300, description="Waar dit staat.", examples=["Inkoopstrategie, paragraaf 2"])
    boekingsrollen: list[Boekingsrol] = Field(
        min_length=1,
        max_length=2,
        description="Rollen die dit fonds zien en er boeken; de fondsbeheerder altijd.",
        examples=[["fondsbeheerder"]],
    )


class VierOgen(Input):
    """Vanaf welk bedrag een ander moet bevestigen."""

    vanaf_cent: Annotated[Cent, Field(ge=1)] | None = Field(
        description="Een boeking van dit bedrag of meer (de som van haar debetregels, in centen) wacht op bevestiging door een "
        "ander; null is nooit.",
        examples=[10000000],
    )
    vrije_bronnen: list[Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,49}$")]] = Field(
        max_length=50, description="Bronnen die zelf vier ogen hebben en niet wachten.", examples=[["abonnement"]]
    )


class NieuwFonds(Fondswijziging):
    """Een nieuw fonds, nog zonder rekeningen."""

    code: str = Field(pattern=FONDSCODE, description="Code; die verandert niet meer.", examples=["inkoop-telefonie-2021"])


class Fonds(Output):
    """Een gezamenlijke beurs met een eigen grootboek."""

    code: str = Field(description="Code.", examples=["derdengelden"])
    naam: str = Field(description="Naam.", examples=["Gelden van derden"])
    omschrijving: str = Field(description="Waarvoor het fonds is.", examples=["Wat gemeenten betalen tot het is afgedragen."])
    bronvermelding: str = Field(description="Waar dit staat.", examples=["VNG, BALV 30-11-2016, voorstel D"])
    boekingsrollen: list[str] = Field(
        description="Rollen die dit fonds zien en er boeken.", examples=[["fondsbeheerder", "administratie"]]
    )
    vier_ogen_vanaf_cent: int | None = Field(
        description="Vanaf dit bedrag wacht een boeking op bevestiging door een ander, in centen; null is nooit.",
        examples=[10000000],
    )
    vier_ogen_vrij: list[str] = Field(description="Bronnen waarvan de boekingen niet wachten.", examples=[["abonnement"]])
    versie: int = Field(ge=1, description="Nummer van deze versie.", examples=[1])


class FondsenPagina(Page):
    """Fondsen, op code."""

    results: list[Fonds] = Field(description="De fondsen op deze pagina.")
