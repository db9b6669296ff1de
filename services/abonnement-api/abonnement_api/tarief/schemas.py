"""Wire models of tariefbesluiten."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Cent, Day, Digits, Flag, GivenDay, Input, Line, Output, Whole, YesNo
from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

from abonnement_api.tarief.rules import MEESTE, Eenheid, Vorm

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_DECIMAAL = r"^[0-9]{1,5}(\.[0-9]{1,4})?$"
_EURO = r"^[0-9]{1,8}(\.[0-9]{1,4})?$"


def _lezer(patroon: str) -> BeforeValidator:
    def lees(waarde: Any) -> Any:
        if isinstance(waarde, Decimal):
            return waarde
        if not isinstance(waarde, str) or not re.fullmatch(patroon.strip("^$"), waarde, re.ASCII):
            raise ValueError('geen getal met hoogstens vier decimalen, als tekst; verwacht bijvoorbeeld "0.90"')
        return waarde

    return BeforeValidator(lees)


def als_tekst(waarde: Decimal) -> str:
    """A rate with as many decimals as it needs, at least two: "0.90", "0.0029"."""
    kort = waarde.normalize()
    exponent = kort.as_tuple().exponent
    return f"{kort:f}" if isinstance(exponent, int) and exponent < -2 else f"{waarde:.2f}"


Decimaal = Annotated[
    Decimal,
    _lezer(_DECIMAAL),
    PlainSerializer(als_tekst, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": _DECIMAAL}),
]
"""A rate or weight. It is text on the wire, since a JSON number would become a binary floating-point number."""
Euro = Annotated[
    Decimal,
    _lezer(_EURO),
    PlainSerializer(als_tekst, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": _EURO}),
]
"""An amount that does not depend on a quantity."""

Jaar = Annotated[Whole, Field(ge=2000, le=2100)]
Regel = Annotated[Line, Field(max_length=500)]
Slug = Annotated[str, Field(pattern=SLUG, max_length=60)]


class TariefbesluitenFilter(PageQuery):
    jaar: Digits | None = Field(None, ge=2000, le=2100, description="Alleen besluiten die voor dit jaar gelden.", examples=[2018])
    geldend_voor: Digits | None = Field(
        None,
        ge=2000,
        le=2100,
        description="Alleen het besluit waarmee dit jaar wordt gefactureerd als een ronde geen besluit noemt: van de "
        "besluiten die zijn genomen en voor dit jaar een tarief per inwoner hebben het laatste, op datum en dan op volgorde.",
        examples=[2018],
    )


class NieuweTariefband(Input):
    """Een klasse of schijf van een prijs."""

    tot_en_met: Annotated[Whole, Field(ge=1, le=MEESTE)] | None = Field(
        None, description="Hoogste aantal in de band; null in de laatste.", examples=[100]
    )
    tarief: Decimaal = Field(Decimal(0), description="Euro per stuk per jaar.", examples=["0.50"])
    bedrag: Euro = Field(Decimal(0), description="Euro per jaar, voor elk aantal in de band.", examples=["500.00"])


class NieuwPakket(Input):
    """Een pakket diensten met zijn prijs."""

    code: Slug = Field(description="Identificatie binnen het besluit.", examples=["volledig"])
    naam: Regel = Field(description="Naam.", examples=["Vertrouwenswerk jeugd en Kindertelefoon"])
    tarief_per_inwoner: Decimaal | None = Field(
        None, description="Euro per inwoner per jaar; null bij een andere vorm.", examples=["0.90"]
    )
    vorm: Vorm = Field(
        "per-inwoner",
        description="Hoe de prijs van een aantal afhangt. Bij `klasse` bepaalt het hele aantal de band, bij `schijf` telt elk "
        "deel in zijn eigen band.",
        examples=["per-inwoner"],
    )
    eenheid: Eenheid = Field("inwoner", description="Wat wordt geteld; er wordt niets vastgelegd over wie.", examples=["inwoner"])
    tarief: Decimaal | None = Field(None, description="Euro per verrichting; null bij een andere vorm.", examples=["182.00"])
    vast_bedrag: Euro | None = Field(None, description="Euro per jaar, voor elk aantal; anders null.", examples=["500.00"])
    eenmalig: Euro | None = Field(None, description="Euro, alleen de eerste keer; anders null.", examples=["1500.00"])
    minimum: Euro | None = Field(None, description="Wat een jaar ten minste kost, in euro; anders null.", examples=["100.00"])
    banden: list[NieuweTariefband] = Field(
        [], max_length=20, description="Bij klassen en schijven: twee of meer, oplopend; anders geen."
    )
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
    """Een besluit over wat pakketten kosten."""

    id: Slug = Field(description="Identificatie.", examples=["balv-2016-11-30"])
    datum: GivenDay = Field(description="Dag van het besluit; hoogstens een jaar na vandaag.", examples=["2016-11-30"])
    gremium: Regel = Field(description="Wie besloot.", examples=["BALV"])
    omschrijving: Regel = Field(description="Waarover.", examples=["Prijs per inwoner vanaf 2018"])
    bronvermelding: Regel = Field(description="Waar dit staat.", examples=["VNG, BALV 30-11-2016, voorstel D"])
    prijspeil: Jaar = Field(description="Jaar van de prijzen waarop het is gebaseerd.", examples=[2017])
    eerste_jaar: Jaar = Field(description="Eerste jaar waarvoor het geldt.", examples=[2018])
    laatste_jaar: Jaar = Field(description="Laatste jaar waarvoor het geldt.", examples=[2018])
    indexering: Flag = Field(
        False, description="Of het besluit toestaat dat zijn prijzen jaarlijks worden geïndexeerd.", examples=[True]
    )
    pakketten: list[NieuwPakket] = Field(min_length=1, max_length=50, description="De pakketten met hun prijs.")
    verdeelsleutel: list[NieuwSleuteldeel] = Field(
        min_length=1, max_length=50, description="Hoe de prijs over de diensten wordt verdeeld."
    )


class Tariefband(Output):
    """Een klasse of schijf van een prijs, zoals vastgelegd."""

    tot_en_met: int | None = Field(description="Hoogste aantal in de band; null in de laatste.", examples=[100])
    tarief: Decimaal = Field(description="Euro per stuk per jaar.", examples=["0.50"])
    bedrag: Euro = Field(description="Euro per jaar, voor elk aantal in de band.", examples=["500.00"])


class Pakket(Output):
    """Een pakket diensten met zijn prijs, zoals vastgelegd."""

    code: str = Field(description="Identificatie binnen het besluit.", examples=["volledig"])
    naam: str = Field(description="Naam.", examples=["Vertrouwenswerk jeugd en Kindertelefoon"])
    tarief_per_inwoner: Decimaal | None = Field(
        description="Euro per inwoner per jaar; null bij een andere vorm.", examples=["0.90"]
    )
    vorm: Vorm = Field(
        description="Hoe de prijs van een aantal afhangt. Bij `klasse` bepaalt het hele aantal de band, bij `schijf` telt elk "
        "deel in zijn eigen band.",
        examples=["per-inwoner"],
    )
    eenheid: Eenheid = Field(description="Wat wordt geteld; er wordt niets vastgelegd over wie.", examples=["inwoner"])
    tarief: Decimaal | None = Field(description="Euro per verrichting; null bij een andere vorm.", examples=["182.00"])
    vast_bedrag: Euro | None = Field(description="Euro per jaar, voor elk aantal; anders null.", examples=["500.00"])
    eenmalig: Euro | None = Field(description="Euro, alleen de eerste keer; anders null.", examples=["1500.00"])
    minimum: Euro | None = Field(description="Wat een jaar ten minste kost, in euro; anders null.", examples=["100.00"])
    banden: list[Tariefband] = Field(description="Van klassen en schijven; anders leeg.")
    diensten: list[str] = Field(
        description="Codes van de diensten in het pakket.", examples=[["kindertelefoon", "vertrouwenswerk"]]
    )


class Sleuteldeel(Output):
    """Het gewicht van een dienst in de verdeling van de prijs, zoals vastgelegd."""

    dienst: str = Field(description="Code van de dienst.", examples=["kindertelefoon"])
    gewicht: Decimaal = Field(description="Gewicht ten opzichte van de andere diensten.", examples=["3.83"])


class Tariefbesluit(Output):
    """Een besluit over wat pakketten kosten, zoals vastgelegd."""

    id: str = Field(description="Identificatie.", examples=["balv-2016-11-30"])
    datum: Day = Field(description="Dag van het besluit.", examples=["2016-11-30"])
    gremium: str = Field(description="Wie besloot.", examples=["BALV"])
    omschrijving: str = Field(description="Waarover.", examples=["Prijs per inwoner vanaf 2018"])
    bronvermelding: str = Field(description="Waar dit staat.", examples=["VNG, BALV 30-11-2016, voorstel D"])
    prijspeil: int = Field(description="Jaar van de prijzen waarop het is gebaseerd.", examples=[2017])
    eerste_jaar: int = Field(description="Eerste jaar waarvoor het geldt.", examples=[2018])
    laatste_jaar: int = Field(description="Laatste jaar waarvoor het geldt.", examples=[2018])
    indexering: bool = Field(description="Of zijn prijzen jaarlijks mogen worden geïndexeerd.", examples=[True])
    vorige: str | None = Field(
        description="Pad van het besluit waarvan dit de geïndexeerde prijzen zijn; anders null.",
        examples=["/v1/tariefbesluiten/balv-2016-11-30"],
    )
    grondslag: str | None = Field(
        description="Pad van het besluit dat die indexering toestaat; anders null.",
        examples=["/v1/tariefbesluiten/balv-2016-11-30"],
    )
    indexatie: str | None = Field(
        description="Pad van de indexatie, met elke stap; anders null.",
        examples=["/v1/tariefindexaties/6f1b0c1e-6d0f-4a37-9d55-3a0b7c2f1e11"],
    )
    pakketten: list[Pakket] = Field(description="De pakketten met hun prijs.")
    verdeelsleutel: list[Sleuteldeel] = Field(description="Hoe de prijs over de diensten wordt verdeeld.")


class TariefbesluitenPagina(Page):
    """Tariefbesluiten, op datum."""

    results: list[Tariefbesluit] = Field(description="De besluiten op deze pagina.")


class Berekeningsvraag(Input):
    """Which amount."""

    pakket: Slug = Field(description="Code van het pakket in dit besluit.", examples=["volledig"])
    hoeveelheid: Digits = Field(
        ge=0,
        le=MEESTE,
        description="Hoeveel er is van de eenheid van het pakket; telt niet bij een vast bedrag.",
        examples=[345_080],
    )
    maanden: Digits = Field(12, ge=1, le=12, description="Voor hoeveel maanden van een jaar.", examples=[12])
    eerste_keer: YesNo = Field(False, description="Of wat eenmalig is, er nu bij komt.", examples=[False])


class Rekenstap(Output):
    """Eén stap van een berekening."""

    stap: str = Field(description="Welke stap.", examples=["tarief"])
    uitleg: str = Field(description="Wat er gebeurt.", examples=["0.9 × 345080 inwoners"])
    waarde: str = Field(
        description="Uitkomst in euro; getoond tot twaalf decimalen, gerekend wordt met de hele waarde.", examples=["310572"]
    )


class Dienstdeel(Output):
    """Het deel van een bedrag voor een dienst."""

    dienst: str = Field(description="Code van de dienst.", examples=["kindertelefoon"])
    gewicht: Decimaal = Field(description="Gewicht ten opzichte van de andere diensten.", examples=["3.83"])
    bedrag_cent: Cent = Field(description="Deel in centen.", examples=[7764300])


class Tariefberekening(Output):
    """Wat een pakket kost; er wordt niets vastgelegd."""

    tariefbesluit: str = Field(description="Pad van het besluit.", examples=["/v1/tariefbesluiten/balv-2016-11-30"])
    pakket: str = Field(description="Code van het pakket.", examples=["volledig"])
    hoeveelheid: int = Field(ge=0, description="Hoeveel is gevraagd.", examples=[345_080])
    eenheid: Eenheid = Field(description="Waarvan.", examples=["inwoner"])
    maanden: int = Field(ge=1, le=12, description="Voor hoeveel maanden.", examples=[12])
    eerste_keer: bool = Field(description="Of wat eenmalig is, erbij zit.", examples=[False])
    rekenregel: str = Field(description="Hoe het bedrag is bepaald.", examples=["tarief per inwoner × inwoners"])
    verdeelregel: str = Field(description="Hoe het over de diensten is verdeeld.", examples=["naar rato van de verdeelsleutel"])
    stappen: list[Rekenstap] = Field(description="De berekening.")
    bedrag_cent: Cent = Field(description="Uitkomst in centen.", examples=[31057200])
    verdeling: list[Dienstdeel] = Field(description="Deel per dienst; samen de uitkomst.")
