"""Wire models of the chart of accounts; `saldo` shows accounts with their balances."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Path
from gemeengoed_kit.schema import Cent, Flag, Input, Line, Output
from pydantic import Field

NUMMER = r"^[0-9]{4}$"
Rekeningnummer = Annotated[str, Path(pattern=NUMMER, description="Nummer van de rekening.", examples=["1300"])]
Soort = Literal["activa", "passiva", "baten", "lasten"]
Zijde = Literal["debet", "credit"]
BOVEN = "Nummer van de verzamelrekening die deze rekening optelt; null is geen."
MINIMUM = "Laagste saldo (debet min credit) dat mag, in centen; null is geen grens."
MAXIMUM = "Hoogste saldo (debet min credit) dat mag, in centen; null is geen grens."
GEBLOKKEERD = "Of er niet meer op wordt geboekt."


class Rekeningwijziging(Input):
    """Wat van een rekening te wijzigen is."""

    naam: Line = Field(max_length=120, description="Naam.", examples=["Debiteuren gemeenten"])
    boven: Annotated[str, Field(pattern=NUMMER)] | None = Field(None, description=BOVEN, examples=["1000"])
    minimum_cent: Cent | None = Field(None, description=MINIMUM, examples=[0])
    maximum_cent: Cent | None = Field(None, description=MAXIMUM, examples=[500000000])
    geblokkeerd: Flag = Field(False, description=GEBLOKKEERD)


class NieuweRekening(Input):
    """Een nieuwe rekening van een fonds."""

    nummer: str = Field(pattern=NUMMER, description="Nummer binnen het fonds; dat verandert niet meer.", examples=["1320"])
    naam: Line = Field(max_length=120, description="Naam.", examples=["Debiteuren gemeenten"])
    soort: Soort = Field(description="Soort: activa, passiva, baten of lasten.", examples=["activa"])
    normale_zijde: Zijde | None = Field(
        None,
        description="Zijde waarop het saldo groeit; weggelaten die van de soort: debet bij activa en lasten, credit bij passiva "
        "en baten.",
        examples=["debet"],
    )
    verzamelrekening: Flag = Field(False, description="Of de rekening andere optelt; op haar wordt dan niet geboekt.")
    boven: Annotated[str, Field(pattern=NUMMER)] | None = Field(None, description=BOVEN, examples=["1000"])
    minimum_cent: Cent | None = Field(None, description=MINIMUM, examples=[0])
    maximum_cent: Cent | None = Field(None, description=MAXIMUM, examples=[500000000])


class Grootboekrekening(Output):
    """Een rekening van een fonds, zonder wat erop staat."""

    fonds: str = Field(description="Fonds waar de rekening bij hoort.", examples=["derdengelden"])
    nummer: str = Field(description="Nummer binnen het fonds.", examples=["1300"])
    naam: str = Field(description="Naam.", examples=["Debiteuren gemeenten"])
    soort: str = Field(description="Soort: activa, passiva, baten of lasten.", examples=["activa"])
    normale_zijde: str = Field(description="Zijde waarop het saldo groeit: debet of credit.", examples=["debet"])
    verzamelrekening: bool = Field(description="Of zij andere rekeningen optelt; op haar wordt dan niet geboekt.")
    boven: str | None = Field(description=BOVEN, examples=["1000"])
    minimum_cent: int | None = Field(description=MINIMUM, examples=[0])
    maximum_cent: int | None = Field(description=MAXIMUM, examples=[500000000])
    geblokkeerd: bool = Field(description=GEBLOKKEERD)
    prioriteit: str | None = Field(description="Prioriteit van de begrotingspost waarvan zij de lasten heeft.", examples=["A1"])
    budgetsoort: str | None = Field(description="Budgetsoort van die begrotingspost.", examples=["structureel"])
    beheerd: bool = Field(description="Of er alleen met documenten van deze dienst zelf (zoals uitgaven) op wordt geboekt.")
    versie: int = Field(ge=1, description="Nummer van deze versie.", examples=[1])
