"""Wire models of proposals for a price per inhabitant."""

from __future__ import annotations

import uuid
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Cent, Day, Digits, GivenDay, Input, Moment, Output, Whole
from pydantic import Field, PlainSerializer, WithJsonSchema

from abonnement_api.mislukking import Probleem
from abonnement_api.tarief.rules import tekst
from abonnement_api.tarief.schemas import Decimaal, Jaar, Regel, Slug, als_tekst

Status = Literal["aangevraagd", "voorgesteld", "mislukt"]
Inwoners = Annotated[Whole, Field(ge=1, le=20_000_000)]
Gemeentecode = Annotated[str, Field(pattern=r"^GM[0-9]{4}$")]
Exact = Annotated[
    Fraction,
    PlainSerializer(tekst, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^-?[0-9]{1,25}(\.[0-9]{1,12})?$"}),
]
"""Exact in calculation; what is not finite is shown to twelve decimals."""


Prijs = Annotated[
    Decimal,
    PlainSerializer(als_tekst, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{1,15}(\.[0-9]{1,4})?$"}),
]
"""A rounded amount per inhabitant."""


class NieuwDienstbudget(Input):
    """Wat een dienst in een jaar kost."""

    dienst: Slug = Field(description="Code van de dienst.", examples=["kindertelefoon"])
    bedrag_cent: Annotated[Whole, Field(ge=1, le=10**13)] = Field(description="Budget in centen.", examples=[383_000_000])
    decimalen: Annotated[Whole, Field(ge=0, le=4)] = Field(
        2, description="Decimalen van de euro per inwoner waarop zijn onderdeel wordt afgerond.", examples=[2]
    )


class NieuweTariefuitzondering(Input):
    """Wie een dienst niet afneemt: inwoners, of bij een peildatum gemeenten."""

    dienst: Slug = Field(description="Code van de dienst.", examples=["luisterend-oor"])
    inwoners: Inwoners | None = Field(None, description="Inwoners van wie hem niet afneemt.", examples=[1_219_120])
    gemeentecodes: list[Gemeentecode] = Field(
        [], max_length=500, description="Gemeenten die hem niet afnemen.", examples=[["GM0363"]]
    )


class NieuwTariefvoorstel(Input):
    """Waaruit een prijs per inwoner wordt berekend."""

    jaar: Jaar = Field(description="Jaar waarvoor.", examples=[2018])
    prijspeil: Jaar = Field(description="Jaar van de prijzen van de budgetten.", examples=[2017])
    omschrijving: Regel = Field(description="Waarover.", examples=["Prijs per inwoner vanaf 2018"])
    bronvermelding: Regel = Field(description="Waar de budgetten staan.", examples=["VNG, BALV 30-11-2016, voorstel D"])
    budgetten: list[NieuwDienstbudget] = Field(min_length=1, max_length=50, description="Wat elke dienst kost.")
    inwoners: Inwoners | None = Field(
        None, description="Inwoners van alle gemeenten; laat weg bij een peildatum.", examples=[16_979_120]
    )
    peildatum: GivenDay | None = Field(
        None, description="Dag waarvan de catalogus gemeenten en inwoners geeft; laat weg bij inwoners.", examples=["2016-01-01"]
    )
    uitzonderingen: list[NieuweTariefuitzondering] = Field([], max_length=50, description="Wie een dienst niet afneemt.")
    besloten: Decimaal | None = Field(None, description="Besloten prijs om tegen af te zetten, in euro.", examples=["0.90"])
    deelname_promille: Annotated[Whole, Field(ge=1, le=1000)] = Field(
        1000, description="Deel van de inwoners waarvan de gemeente meedoet, in duizendsten.", examples=[1000]
    )
    tarief_decimalen: Annotated[Whole, Field(ge=0, le=4)] = Field(
        2, description="Decimalen van een prijs, in euro.", examples=[2]
    )


class TariefvoorstellenFilter(PageQuery):
    jaar: Digits | None = Field(None, ge=2000, le=2100, description="Alleen voor dit jaar.", examples=[2018])
    status: Status | None = Field(None, description="Alleen met deze status.", examples=["voorgesteld"])


class Dienstbudget(Output):
    """Wat een dienst in een jaar kost."""

    dienst: str = Field(description="Code van de dienst.", examples=["kindertelefoon"])
    bedrag_cent: Cent = Field(description="Budget in centen.", examples=[383_000_000])
    decimalen: int = Field(description="Decimalen van zijn onderdeel, in euro.", examples=[2])


class Tariefuitzondering(Output):
    """Wie een dienst niet afneemt."""

    dienst: str = Field(description="Code van de dienst.", examples=["luisterend-oor"])
    gemeentecodes: list[str] = Field(description="Gemeenten; leeg als inwoners zijn gegeven.", examples=[["GM0363"]])
    inwoners: int | None = Field(description="Hun inwoners; null zolang de catalogus ze niet gaf.", examples=[1_219_120])


class Tariefonderdeel(Output):
    """Een dienst in het voorstel; bedragen per inwoner in euro."""

    dienst: str = Field(description="Code van de dienst.", examples=["kindertelefoon"])
    budget_cent: Cent = Field(description="Budget in centen.", examples=[383_000_000])
    inwoners: int = Field(ge=1, description="Inwoners van wie hem afneemt.", examples=[16_979_120])
    exact: Exact = Field(description="Budget per inwoner.", examples=["0.225571266356"])
    tarief: Prijs = Field(description="Hetzelfde, afgerond.", examples=["0.23"])
    aandeel: Exact = Field(description="Deel in de prijs.", examples=["0.225"])
    verschil: Exact = Field(description="Hoeveel het aandeel meer is dan het afgeronde onderdeel.", examples=["-0.005"])
    opbrengst_cent: Cent = Field(description="Wat het aandeel bij deze deelname opbrengt.", examples=[382_030_200])
    dekking_cent: Cent = Field(description="Opbrengst min budget.", examples=[-969_800])


class Pakketprijs(Output):
    """De prijs van wie een dienst niet afneemt, in euro per inwoner."""

    zonder: str = Field(description="Code van die dienst.", examples=["luisterend-oor"])
    exact: Exact = Field(description="De prijs min het aandeel van de dienst.", examples=["0.668537859008"])
    tarief: Prijs = Field(description="Hetzelfde, afgerond.", examples=["0.67"])


class Tariefuitkomst(Output):
    """Wat uit budgetten en inwoners volgt; bedragen per inwoner in euro."""

    inwoners: int = Field(ge=1, description="Inwoners van alle gemeenten.", examples=[16_979_120])
    budget_cent: Cent = Field(description="Alle budgetten samen.", examples=[1_532_000_000])
    kostprijs: Exact = Field(description="Budgetten per inwoner.", examples=["0.902284"])
    voorgesteld: Prijs = Field(description="Hetzelfde, afgerond.", examples=["0.90"])
    prijs: Prijs = Field(description="Prijs waarmee is gerekend: de beslotene, anders de voorgestelde.", examples=["0.90"])
    som: Prijs = Field(description="De afgeronde onderdelen samen.", examples=["0.9229"])
    verschil: Exact = Field(description="Hoeveel de prijs meer is dan die som.", examples=["-0.0229"])
    opbrengst_cent: Cent = Field(description="Wat de prijs bij deze deelname opbrengt.", examples=[1_528_120_800])
    dekking_cent: Cent = Field(description="Opbrengst min budgetten.", examples=[-3_879_200])
    dekking_promille: int = Field(description="Opbrengst in duizendsten van de budgetten, naar beneden afgerond.", examples=[997])
    kostendekkend: Exact = Field(description="Prijs die bij deze deelname de budgetten dekt.", examples=["0.902284"])
    onderdelen: list[Tariefonderdeel] = Field(description="Per dienst.")
    pakketten: list[Pakketprijs] = Field(description="Per dienst die niet elke gemeente afneemt.")


class Tariefvoorstel(Output):
    """Een voorstel voor een prijs per inwoner. Het heeft geen gevolgen: een prijs is wat wordt besloten."""

    id: uuid.UUID = Field(description="Identificatie.", examples=["6f1b0c1e-6d0f-4a37-9d55-3a0b7c2f1e11"])
    jaar: int = Field(description="Jaar waarvoor.", examples=[2018])
    prijspeil: int = Field(description="Jaar van de prijzen van de budgetten.", examples=[2017])
    omschrijving: str = Field(description="Waarover.", examples=["Prijs per inwoner vanaf 2018"])
    bronvermelding: str = Field(description="Waar de budgetten staan.", examples=["VNG, BALV 30-11-2016, voorstel D"])
    budgetten: list[Dienstbudget] = Field(description="Wat elke dienst kost.")
    peildatum: Day | None = Field(description="Dag van de inwoners; null als zij zijn gegeven.", examples=["2016-01-01"])
    uitzonderingen: list[Tariefuitzondering] = Field(description="Wie een dienst niet afneemt.")
    besloten: Decimaal | None = Field(description="Besloten prijs waartegen het is afgezet; anders null.", examples=["0.90"])
    deelname_promille: int = Field(description="Deelname waarmee is gerekend, in duizendsten.", examples=[1000])
    tarief_decimalen: int = Field(description="Decimalen van een prijs, in euro.", examples=[2])
    status: Status = Field(description="Aangevraagd tot de catalogus antwoordt, dan voorgesteld.", examples=["voorgesteld"])
    rekenregels: list[str] = Field(description="Hoe alles wordt berekend.", examples=[["Onderdeel: budget ÷ inwoners."]])
    uitkomst: Tariefuitkomst | None = Field(description="Wat eruit komt; null zolang de inwoners niet bekend zijn.")
    probleem: Probleem | None = Field(description="Waarom het is mislukt; anders null.")
    aangevraagd_op: Moment = Field(description="Wanneer gevraagd.", examples=["2018-01-15T09:00:00.000Z"])
    afgerond_op: Moment | None = Field(description="Wanneer berekend of mislukt.", examples=["2018-01-15T09:00:02.000Z"])


class TariefvoorstellenPagina(Page):
    """Tariefvoorstellen, in volgorde van aanvragen."""

    results: list[Tariefvoorstel] = Field(description="De voorstellen op deze pagina.")
