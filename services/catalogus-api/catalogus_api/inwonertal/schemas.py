"""Wire models of taking in a year of inhabitants."""

from __future__ import annotations

from gemeengoed_kit.schema import Day, Digits, Input, Output, YesNo
from pydantic import Field

from catalogus_api.gemeente.schemas import Indelingsdag, Status


class Inleesvraag(Input):
    peildatum: Indelingsdag = Field(description="Dag waarop is geteld.", examples=["2018-01-01"])
    landstotaal: Digits = Field(
        ge=1, le=100_000_000, description="Inwoners van heel Nederland volgens dezelfde bron.", examples=[17181084]
    )
    status: Status | None = Field(
        None,
        description="Of de bron de cijfers voorlopig of definitief noemt; weggelaten als zij dat niet zegt.",
        examples=["definitief"],
    )
    correctie: YesNo = Field(
        False, description="Of cijfers die er al anders staan worden vervangen; wat er stond, blijft bewaard.", examples=[False]
    )


class Inlezing(Output):
    """Wat er met een bestand van inwonertallen is gebeurd."""

    peildatum: Day = Field(description="Dag waarop is geteld.", examples=["2018-01-01"])
    landstotaal: int = Field(description="Inwoners van heel Nederland.", examples=[17181084])
    gemeenten: int = Field(description="Gemeenten in het bestand: alle van die dag.", examples=[380])
    nieuw: int = Field(description="Gemeenten die nog geen cijfer hadden.", examples=[380])
    gecorrigeerd: int = Field(description="Gemeenten waarvan het cijfer of zijn status is vervangen.", examples=[0])
    gelijk: int = Field(description="Gemeenten waarvan dit er al stond.", examples=[0])
