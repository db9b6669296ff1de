"""Wire models of tariefbesluiten."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, Digits, GivenDay, Input, Line, Output, Whole
from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_DECIMAAL = r"^[0-9]{1,5}(\.[0-9]{1,4})?$"


def _decimaal(waarde: Any) -> Any:
    if isinstance(waarde, Decimal):
        return waarde
    if not isinstance(waarde, str) or not re.fullmatch(_DECIMAAL, waarde):
        raise ValueError('geen getal met hoogstens vier decimalen, als tekst; verwacht bijvoorbeeld "0.90"')
    return waarde


def als_tekst(waarde: Decimal) -> str:
    """A rate with as many decimals as it needs, at least two: "0.90", "0.0029"."""
    kort = waarde.normalize()
    exponent = kort.as_tuple().exponent
    return f"{kort:f}" if isinstance(exponent, int) and exponent < -2 else f"{waarde:.2f}"


Decimaal = Annotated[
    Decimal,
    BeforeValidator(_decimaal),
    PlainSerializer(als_tekst, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": _DECIMAAL}),
]
"""A rate or weight. It is text on the wire, since a JSON number would become a binary floating-point number."""

Jaar = Annotated[Whole, Field(ge=2000, le=2100)]
Regel = Annotated[Line, Field(max_length=500)]
Slug = Annotated[str, Field(pattern=SLUG, max_length=60)]


class TariefbesluitenFilter(PageQuery):
    jaar: Digits | None = Field(None, ge=2000, le=2100, description="Alleen besluiten die voor dit jaar gelden.", examples=[2018])


class NieuwPakket(Input):
    """Een pakket diensten met zijn prijs."""

    code: Slug = Field(description="Identificatie binnen het besluit.", examples=["volledig"])
    naam: Regel = Field(description="Naam.", examples=["Vertrouwenswerk jeugd en Kindertelefoon"])
    tarief_per_inwoner: Decimaal = Field(description="Euro per inwoner per jaar.", examples=["0.90"])
    diensten: list[Slug] = Field(
        min_length=1,
        max_length=50,
        description="Codes van de diensten in het pakket.",
        examples=[["kindertelefoon", "vertrouwenswerk"]],
    )


class NieuwSleuteldeel(Input):
    """Het gewicht van een dienst in de verdeling van de prijs."""

    dienst: Slug = Field(description="Code van de dienst.", examples=["kindertelefoon"])
    gewicht: Decimaal = Field(description="Gewicht ten opzichte van de andere diensten.", examples=["3.83"])


class NieuwTariefbesluit(Input):
    """Een besluit over de prijs per inwoner."""

    id: Slug = Field(description="Identificatie.", examples=["balv-2016-11-30"])
    datum: GivenDay = Field(description="Dag van het besluit; hoogstens een jaar na vandaag.", examples=["2016-11-30"])
    gremium: Regel = Field(description="Wie besloot.", examples=["BALV"])
    omschrijving: Regel = Field(description="Waarover.", examples=["Prijs per inwoner vanaf 2018"])
    bronvermelding: Regel = Field(description="Waar dit staat.", examples=["VNG, BALV 30-11-2016, voorstel D"])
    prijspeil: Jaar = Field(description="Jaar van de prijzen waarop het is gebaseerd.", examples=[2017])
    eerste_jaar: Jaar = Field(description="Eerste jaar waarvoor het geldt.", examples=[2018])
    laatste_jaar: Jaar = Field(description="Laatste jaar waarvoor het geldt.", examples=[2018])
    pakketten: list[NieuwPakket] = Field(min_length=1, max_length=50, description="De pakketten met hun prijs.")
    verdeelsleutel: list[NieuwSleuteldeel] = Field(
        min_length=1, max_length=50, description="Hoe de prijs over de diensten wordt verdeeld."
    )


class Pakket(Output):
    """Een pakket diensten met zijn prijs, zoals vastgelegd."""

    code: str = Field(description="Identificatie binnen het besluit.", examples=["volledig"])
    naam: str = Field(description="Naam.", examples=["Vertrouwenswerk jeugd en Kindertelefoon"])
    tarief_per_inwoner: Decimaal = Field(description="Euro per inwoner per jaar.", examples=["0.90"])
    diensten: list[str] = Field(
        description="Codes van de diensten in het pakket.", examples=[["kindertelefoon", "vertrouwenswerk"]]
    )


class Sleuteldeel(Output):
    """Het gewicht van een dienst in de verdeling van de prijs, zoals vastgelegd."""

    dienst: str = Field(description="Code van de dienst.", examples=["kindertelefoon"])
    gewicht: Decimaal = Field(description="Gewicht ten opzichte van de andere diensten.", examples=["3.83"])


class Tariefbesluit(Output):
    """Een besluit over de prijs per inwoner, zoals vastgelegd."""

    id: str = Field(description="Identificatie.", examples=["balv-2016-11-30"])
    datum: Day = Field(description="Dag van het besluit.", examples=["2016-11-30"])
    gremium: str = Field(description="Wie besloot.", examples=["BALV"])
    omschrijving: str = Field(description="Waarover.", examples=["Prijs per inwoner vanaf 2018"])
    bronvermelding: str = Field(description="Waar dit staat.", examples=["VNG, BALV 30-11-2016, voorstel D"])
    prijspeil: int = Field(description="Jaar van de prijzen waarop het is gebaseerd.", examples=[2017])
    eerste_jaar: int = Field(description="Eerste jaar waarvoor het geldt.", examples=[2018])
    laatste_jaar: int = Field(description="Laatste jaar waarvoor het geldt.", examples=[2018])
    pakketten: list[Pakket] = Field(description="De pakketten met hun prijs.")
    verdeelsleutel: list[Sleuteldeel] = Field(description="Hoe de prijs over de diensten wordt verdeeld.")


class TariefbesluitenPagina(Page):
    """Tariefbesluiten, op datum."""

    results: list[Tariefbesluit] = Field(description="De besluiten op deze pagina.")
