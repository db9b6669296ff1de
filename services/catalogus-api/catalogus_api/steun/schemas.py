"""Wire models of steun."""

from __future__ import annotations

from typing import Annotated

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, Input, Line, Moment, Output, YesNo
from pydantic import Field


class SteunFilter(PageQuery):
    actueel: YesNo | None = Field(
        None, description="Alleen steun die nu telt, of juist alleen wat niet meer telt.", examples=[True]
    )


class SteunInvoer(Input):
    """Steun van een gemeente."""

    toelichting: Annotated[Line, Field(max_length=1000)] | None = Field(
        None, description="Waarom, of waarmee de gemeente wil helpen.", examples=["Wij willen meedoen met de pilot."]
    )


class Steunbetuiging(Output):
    """Steun die een gemeente geeft of gaf."""

    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    toelichting: str | None = Field(description="Waarom; null als dat niet is gezegd.", examples=["Wij willen meedoen."])
    gegeven_op: Moment = Field(description="Sinds wanneer.", examples=["2018-01-15T09:00:00.000Z"])
    ingetrokken_op: Moment | None = Field(description="Wanneer zij is ingetrokken of vervangen; null zolang zij geldt.")
    actueel: bool = Field(description="Of zij nu telt: niet ingetrokken, van een gemeente die nu bestaat.", examples=[True])


class _SteunPagina(Page):
    gemeenten: int = Field(ge=0, description="Aantal gemeenten dat nu steun geeft.", examples=[12])
    inwoners: int = Field(ge=0, description="Hun inwoners op de peildatum.", examples=[1234567])
    peildatum: Day | None = Field(description="Laatste peildatum van CBS; null als er geen is.", examples=["2018-01-01"])
    zonder_inwonertal: int = Field(ge=0, description="Hoeveel van hen op die peildatum geen inwonertal hebben.", examples=[0])
    results: list[Steunbetuiging] = Field(description="De steun op deze pagina.")


class InitiatiefsteunPagina(_SteunPagina):
    """Steun voor een initiatief, laatst gegeven eerst, met wat er nu telt over alle pagina's en los van het filter."""


class VoorzieningsteunPagina(_SteunPagina):
    """Steun voor een voorziening, laatst gegeven eerst, met wat er nu telt over alle pagina's en los van het filter."""
