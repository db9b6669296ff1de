"""Wire models of aanbieders."""

from __future__ import annotations

from typing import Annotated

from gemeengoed_kit.pagination import Page
from gemeengoed_kit.schema import Cent, Output, Reference
from pydantic import Field

CentPerDienst = Annotated[
    dict[str, Cent],
    Field(
        description="Bedrag in centen per dienst, op de sleutel van de dienst.",
        examples=[{"vertrouwenswerk": 4895, "kindertelefoon": 2500, "luisterendOor": 2572, "beheerEnBetaling": 33}],
    ),
]


class Dienst(Output):
    """Een dienst waarvoor gemeenten betalen."""

    code: str = Field(description="Identificatie.", examples=["luisterend-oor"])
    sleutel: str = Field(description="Sleutel in totalen.", examples=["luisterendOor"])
    naam: str = Field(description="Naam.", examples=["Luisterend Oor"])
    voorziening: Reference | None = Field(description="De voorziening in de catalogus; null voor beheer en betaling.")


class Aanbieder(Output):
    """Een organisatie die diensten levert en daarvoor geld krijgt."""

    code: str = Field(description="Identificatie.", examples=["stichting-sensoor"])
    naam: str = Field(description="Naam.", examples=["stichting Sensoor"])
    diensten: list[Dienst] = Field(description="Wat zij levert.")


class Aandeel(Output):
    """Wat een aanbieder krijgt."""

    aanbieder: str = Field(description="Code van de aanbieder.", examples=["stichting-sensoor"])
    bedrag_cent: Cent = Field(description="Bedrag in centen.", examples=[342755645])


class AanbiedersPagina(Page):
    """Aanbieders, op code."""

    results: list[Aanbieder] = Field(description="De aanbieders op deze pagina.")
