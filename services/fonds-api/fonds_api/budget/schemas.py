"""Wire models of what is left of budgets."""

from __future__ import annotations

from typing import Annotated

from gemeengoed_kit.schema import Digits, Input, Output
from pydantic import Field

_BTW = "null voor de btw, en waar de begroting er geen noemt."


class Ruimtevraag(Input):
    """Of which year."""

    jaar: Annotated[Digits, Field(ge=2000, le=2101)] = Field(description="Jaar van de begroting.", examples=[2020])


class Ruimte(Output):
    """Wat er is begroot, verplicht en besteed, en wat vrij is; in centen, zonder btw (die is een post op zichzelf)."""

    begroot_cent: int = Field(ge=0, description="Van de laatst vastgestelde begroting.", examples=[200000000])
    overgeheveld_cent: int = Field(
        description="Bij besluit van het jaar ervoor gekomen, min wat naar het jaar erna ging.", examples=[0]
    )
    verplicht_cent: int = Field(ge=0, description="Aangegaan, nog niet besteed en niet vrijgevallen.", examples=[50000000])
    besteed_cent: int = Field(ge=0, description="Uitgegeven, min wat is gestorneerd.", examples=[25000000])
    vrij_cent: int = Field(ge=0, description="Begroot en overgeheveld, min verplicht en besteed.", examples=[125000000])


class Postruimte(Ruimte):
    """De ruimte van één begrotingspost."""

    prioriteit: str | None = Field(description=f"Prioriteit; {_BTW}", examples=["A1"])
    budgetsoort: str = Field(description="Budgetsoort, of `btw`.", examples=["structureel"])


class Prioriteitruimte(Ruimte):
    """De ruimte van de posten van een prioriteit samen."""

    prioriteit: str = Field(description="Prioriteit.", examples=["A1"])


class VrijeRuimte(Output):
    """Wat er van de vastgestelde begroting van een jaar vrij is: per post, per prioriteit en in totaal, op één moment."""

    fonds: str = Field(description="Fonds.", examples=["ggu"])
    jaar: int = Field(description="Jaar van de begroting.", examples=[2020])
    begroting: str | None = Field(
        description="Pad van de laatst vastgestelde begroting; null als er alleen budget van een eerder jaar is.",
        examples=["/v1/begrotingen/5f0c4a52-6d1e-4b7a-9c58-2e4d7f1a0b63"],
    )
    posten: list[Postruimte] = Field(description="Per begrotingspost; de btw is een post.")
    prioriteiten: list[Prioriteitruimte] = Field(description="Per prioriteit, zonder btw.")
    totaal: Ruimte = Field(description="Alle posten samen, met btw.")
