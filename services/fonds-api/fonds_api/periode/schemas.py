"""Wire models of periods."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Path
from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, GivenDay, Input, Line, Moment, Output
from pydantic import Field

Periodestatus = Literal["open", "voorlopig_gesloten", "definitief_gesloten"]
STATUS = "Status: open, voorlopig_gesloten of definitief_gesloten."
Slotdag = Annotated[GivenDay, Path(description="Laatste dag van de periode.", examples=["2018-03-31"])]


class PeriodenFilter(PageQuery):
    status: Periodestatus | None = Field(None, description="Alleen perioden met deze status.", examples=["open"])


class NieuwePeriode(Input):
    """Een nieuwe periode; zij begint de dag na de vorige."""

    tot_en_met: GivenDay = Field(description="Laatste dag (boekdatum) van de periode.", examples=["2018-03-31"])


class NieuwePeriodestap(Input):
    """Een periode sluiten of heropenen."""

    naar: Periodestatus = Field(description="De status die de periode krijgt.", examples=["voorlopig_gesloten"])
    naam: Line = Field(max_length=120, description="Naam van wie het besluit.", examples=["Penningmeester (test)"])
    reden: Annotated[Line, Field(max_length=500)] | None = Field(
        None, description="Waarom; bij heropenen verplicht.", examples=["Nagekomen factuur van maart"]
    )


class Periodestap(Output):
    """Een keer dat een periode sloot of weer openging."""

    naar: str = Field(description=STATUS, examples=["voorlopig_gesloten"])
    naam: str = Field(description="Naam van wie het besloot.", examples=["Penningmeester (test)"])
    reden: str | None = Field(description="Waarom.", examples=["Nagekomen factuur van maart"])
    op: Moment = Field(description="Wanneer.", examples=["2018-04-15T09:00:00.000Z"])


class Periode(Output):
    """Een reeks boekdata van een fonds."""

    fonds: str = Field(description="Code van het fonds.", examples=["ggu"])
    vanaf: Day = Field(description="Eerste dag: de dag na de vorige periode.", examples=["2018-01-01"])
    tot_en_met: Day = Field(description="Laatste dag.", examples=["2018-03-31"])
    status: str = Field(description=STATUS, examples=["open"])
    versie: int = Field(ge=1, description="Nummer van deze versie.", examples=[1])
    stappen: list[Periodestap] = Field(description="Hoe zij sloot en weer openging, oudste eerst.")


class PeriodenPagina(Page):
    """Perioden, op dag."""

    results: list[Periode] = Field(description="De perioden op deze pagina.")
