"""Wire models of bounds."""

from __future__ import annotations

from typing import Annotated

from gemeengoed_kit.pagination import Page
from gemeengoed_kit.schema import Cent, Input, Line, Moment, Output, Whole
from pydantic import Field

Procent = Annotated[Whole, Field(ge=0, le=1000)]
PositieveCent = Annotated[Cent, Field(ge=1)]
PER_FACTUUR = "Het meeste voor één gemeente, in centen."
TOTAAL = "Het meeste voor een hele ronde, in centen."
GEMEENTE = "Hoeveel procent een gemeente mag afwijken van vorig jaar."
SAMEN = "Hoeveel procent de hele ronde mag afwijken van vorig jaar."
VOORVERTONING = "Hoeveel de hele ronde mag afwijken van de voorvertoning waarmee zij wordt vergeleken, in centen."


class FacturatiegrenzenInvoer(Input):
    """Grenzen waarbuiten een ronde wacht tot iemand zegt dat het zo is bedoeld."""

    per_factuur_cent: PositieveCent = Field(description=PER_FACTUUR, examples=[100_000_000])
    totaal_cent: PositieveCent = Field(description=TOTAAL, examples=[2_000_000_000])
    gemeente_procent: Procent = Field(description=GEMEENTE, examples=[25])
    totaal_procent: Procent = Field(description=SAMEN, examples=[10])
    voorvertoning_cent: Annotated[Cent, Field(ge=0)] = Field(description=VOORVERTONING, examples=[0])
    bron: Annotated[Line, Field(min_length=1, max_length=500)] = Field(
        description="Wie dit heeft bepaald, en waar dat staat.", examples=["Besluit van de directeur van 1 december 2017"]
    )


class Facturatiegrenzen(Output):
    """Grenzen waarbuiten een ronde wacht tot iemand zegt dat het zo is bedoeld."""

    vanaf_jaar: int = Field(description="Eerste jaar waarvoor zij gelden.", examples=[2018])
    versie: int = Field(description="Hoeveelste versie dit is.", examples=[1])
    per_factuur_cent: Cent = Field(description=PER_FACTUUR, examples=[100_000_000])
    totaal_cent: Cent = Field(description=TOTAAL, examples=[2_000_000_000])
    gemeente_procent: int = Field(description=GEMEENTE, examples=[25])
    totaal_procent: int = Field(description=SAMEN, examples=[10])
    voorvertoning_cent: Cent = Field(description=VOORVERTONING, examples=[0])
    bron: str = Field(
        description="Wie dit heeft bepaald, en waar dat staat.", examples=["Besluit van de directeur van 1 december 2017"]
    )
    vastgelegd_op: Moment = Field(description="Wanneer dit is vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])


class FacturatiegrenzenPagina(Page):
    """Grenzen, op jaar en versie."""

    results: list[Facturatiegrenzen] = Field(description="De grenzen op deze pagina.")
