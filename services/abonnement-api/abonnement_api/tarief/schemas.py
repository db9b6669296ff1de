"""Wire models of tariefbesluiten."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Self

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, Input, Output, Whole
from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_DECIMAAL = r"^[0-9]{1,5}(\.[0-9]{1,4})?$"


def _decimaal(waarde: Any) -> Any:
    if isinstance(waarde, Decimal):
        return waarde
    if not isinstance(waarde, str) or not re.fullmatch(_DECIMAAL, waarde) or not Decimal(waarde):
        raise ValueError('geen positief getal met hoogstens vier decimalen, als tekst; verwacht bijvoorbeeld "0.90"')
    return waarde


def als_tekst(waarde: Decimal) -> str:
    """A rate with as many decimals as it needs, two at least: "0.90", "0.0029"."""
    kort = waarde.normalize()
    exponent = kort.as_tuple().exponent
    return f"{kort:f}" if isinstance(exponent, int) and exponent < -2 else f"{waarde:.2f}"


Decimaal = Annotated[Decimal, BeforeValidator(_decimaal), PlainSerializer(als_tekst, return_type=str, when_used="json"),
                     WithJsonSchema({"type": "string", "pattern": _DECIMAAL})]
"""A rate or weight; text on the wire, since a JSON number would pass through binary floating point."""

Jaar = Annotated[Whole, Field(ge=2000, le=2100)]
Slug = Annotated[str, Field(pattern=SLUG, max_length=60)]


class TariefbesluitenFilter(PageQuery):
    jaar: int | None = Field(None, ge=2000, le=2100, description="Alleen besluiten die voor dit jaar gelden.", examples=[2018])


class Pakket(Input):
    """Een pakket diensten met zijn prijs."""

    code: Slug = Field(description="Identificatie binnen het besluit.", examples=["volledig"])
    naam: str = Field(min_length=1, max_length=200, description="Naam.", examples=["Vertrouwenswerk jeugd en Kindertelefoon"])
    tarief_per_inwoner: Decimaal = Field(description="Euro per inwoner per jaar.", examples=["0.90"])
    diensten: list[Slug] = Field(min_length=1, max_length=50, description="Codes van de diensten in het pakket.",
                                 examples=[["kindertelefoon", "vertrouwenswerk"]])


class Sleuteldeel(Input):
    """Het gewicht van een dienst in de verdeling van de prijs."""

    dienst: Slug = Field(description="Code van de dienst.", examples=["kindertelefoon"])
    gewicht: Decimaal = Field(description="Gewicht ten opzichte van de andere diensten.", examples=["3.83"])


class NieuwTariefbesluit(Input):
    """Een besluit over de prijs per inwoner."""

    id: Slug = Field(description="Identificatie.", examples=["balv-2016-11-30"])
    datum: Day = Field(description="Dag van het besluit.", examples=["2016-11-30"])
    gremium: str = Field(min_length=1, max_length=100, description="Wie besloot.", examples=["BALV"])
    omschrijving: str = Field(min_length=1, max_length=500, description="Waarover.", examples=["Prijs per inwoner vanaf 2018"])
    bronvermelding: str = Field(min_length=1, max_length=300, description="Waar dit staat.",
                                examples=["VNG, BALV 30-11-2016, voorstel D"])
    prijspeil: Jaar = Field(description="Jaar van de prijzen waarop het is gebaseerd.", examples=[2017])
    eerste_jaar: Jaar = Field(description="Eerste jaar waarvoor het geldt.", examples=[2018])
    laatste_jaar: Jaar = Field(description="Laatste jaar waarvoor het geldt.", examples=[2018])
    pakketten: list[Pakket] = Field(min_length=1, max_length=50, description="De pakketten met hun prijs.")
    verdeelsleutel: list[Sleuteldeel] = Field(min_length=1, max_length=50,
                                              description="Hoe de prijs over de diensten wordt verdeeld.")

    @model_validator(mode="after")
    def _samenhang(self) -> Self:
        sleutel = [deel.dienst for deel in self.verdeelsleutel]
        codes = [pakket.code for pakket in self.pakketten]
        if self.eerste_jaar > self.laatste_jaar:
            raise ValueError("eersteJaar ligt na laatsteJaar")
        if len(set(sleutel)) < len(sleutel) or len(set(codes)) < len(codes):
            raise ValueError("een pakket of een dienst in de verdeelsleutel staat er twee keer in")
        for pakket in self.pakketten:
            zonder = sorted(set(pakket.diensten) - set(sleutel))
            if zonder or len(set(pakket.diensten)) < len(pakket.diensten):
                raise ValueError(f"pakket {pakket.code}: elke dienst één keer, en met een gewicht in de verdeelsleutel"
                                 + (f"; dat ontbreekt voor {', '.join(zonder)}" if zonder else ""))
        return self


class Tariefbesluit(NieuwTariefbesluit, Output):
    """Een besluit over de prijs per inwoner, zoals vastgelegd."""


class TariefbesluitenPagina(Page):
    """Tariefbesluiten, op datum."""

    results: list[Tariefbesluit] = Field(description="De besluiten op deze pagina.")
