"""Wire models of the chart of accounts."""

from __future__ import annotations

from typing import Literal

from gemeengoed_kit.schema import Input, Line
from pydantic import Field

NUMMER = r"^[0-9]{4}$"
Soort = Literal["activa", "passiva", "baten", "lasten"]


class NieuweRekening(Input):
    """Een nieuwe rekening van een fonds."""

    nummer: str = Field(pattern=NUMMER, description="Nummer binnen het fonds.", examples=["1320"])
    naam: Line = Field(max_length=120, description="Naam.", examples=["Debiteuren gemeenten"])
    soort: Soort = Field(description="Soort: activa, passiva, baten of lasten.", examples=["activa"])
