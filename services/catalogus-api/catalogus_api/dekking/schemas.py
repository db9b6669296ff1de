"""Wire models of coverage."""

from __future__ import annotations

from typing import Literal

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, Input, Output, Term
from pydantic import Field

from catalogus_api.dekking.rules import Weergave
from catalogus_api.gemeente.schemas import Indelingsdag

_OP = "De dag waarvan; weggelaten is het vandaag. Inwoners zijn die van de laatste peildatum tot en met die dag."
_PROCENT = "In procenten, op één decimaal, naar boven afgerond vanaf de helft"


class DagFilter(Input):
    op: Indelingsdag | None = Field(None, description=_OP, examples=["2018-01-15"])


class DekkingFilter(DagFilter):
    per: Literal["domein", "provincie"] = Field("domein", description="Waarover verdeeld.", examples=["provincie"])


class VoorzieningendekkingFilter(PageQuery):
    op: Indelingsdag | None = Field(None, description=_OP, examples=["2018-01-15"])
    domein: Term | None = Field(
        None, max_length=60, description="Alleen voorzieningen in dit domein.", examples=["sociaal domein"]
    )


class Bereik(Output):
    """Hoeveel gemeenten en inwoners worden bereikt."""

    weergave: Weergave = Field(
        description="`exact`; `afgerond` als er gemeenten bij zijn waarvan de aanroeper de deelname niet mag zien (dan zijn "
        "alleen gemeenten geteld, niet hun inwoners of deelnames); `afgeschermd` als dat er minder dan vijf zijn (dan ontbreekt "
        "alles).",
        examples=["exact"],
    )
    gemeenten: int | None = Field(ge=0, description="Gemeenten die iets in gebruik hebben.", examples=[120])
    van_gemeenten: int = Field(ge=0, description="Gemeenten die er op die dag zijn.", examples=[380])
    gemeenten_procent: float | None = Field(ge=0, le=100, description=f"{_PROCENT}.", examples=[31.6])
    inwoners: int | None = Field(ge=0, description="Inwoners van die gemeenten.", examples=[6000000])
    van_inwoners: int = Field(ge=0, description="Inwoners van alle gemeenten.", examples=[17181084])
    inwoners_procent: float | None = Field(ge=0, le=100, description=f"{_PROCENT}.", examples=[34.9])


class Voorzieningdekking(Bereik):
    """Hoeveel gemeenten en inwoners een voorziening bereikt."""

    voorziening: str = Field(description="Code van de voorziening.", examples=["govroam"])
    naam: str = Field(description="Naam.", examples=["Govroam"])
    domein: str = Field(description="Domein.", examples=["generiek"])


class VoorzieningdekkingPagina(Page):
    """Dekking van voorzieningen, op code."""

    op: Day = Field(description="De dag waarvan.", examples=["2018-01-15"])
    results: list[Voorzieningdekking] = Field(description="De voorzieningen op deze pagina.")


class Provinciedekking(Bereik):
    """Hoeveel gemeenten en inwoners in een provincie worden bereikt."""

    provincie: str = Field(description="Provincie.", examples=["Utrecht"])


class DekkingVanVoorziening(Voorzieningdekking):
    """Hoeveel gemeenten en inwoners een voorziening bereikt, in het land en per provincie."""

    op: Day = Field(description="De dag waarvan.", examples=["2018-01-15"])
    provincies: list[Provinciedekking] = Field(description="Per provincie, op naam; samen zijn zij het land.")


class Groepsdekking(Bereik):
    """Hoeveel gemeenten in een domein of provincie minstens één voorziening in gebruik hebben, en hoeveel samen."""

    groep: str = Field(description="Domein of provincie.", examples=["sociaal domein"])
    voorzieningen: int = Field(ge=0, description="Voorzieningen die op die dag voor deelname openstaan.", examples=[12])
    deelnames: int | None = Field(ge=0, description="Deelnames in gebruik; een gemeente kan er meer hebben.", examples=[900])
    van_deelnames: int = Field(ge=0, description="Deelnames die mogelijk zijn: voorzieningen maal gemeenten.", examples=[4560])
    deelnames_procent: float | None = Field(ge=0, le=100, description=f"{_PROCENT}.", examples=[19.7])


class Dekking(Output):
    """De dekking van alle voorzieningen samen, verdeeld over domeinen of provincies."""

    op: Day = Field(description="De dag waarvan.", examples=["2018-01-15"])
    per: str = Field(description="Waarover verdeeld.", examples=["provincie"])
    land: Groepsdekking = Field(description="Het hele land en alle domeinen.")
    results: list[Groepsdekking] = Field(description="Per domein of provincie, op naam.")


class Graad(Output):
    """Een deel van een geheel; precies als `weergave` exact is."""

    deel: int | None = Field(ge=0, description="Wat in gebruik is.", examples=[900])
    geheel: int = Field(ge=0, description="Wat mogelijk is.", examples=[4560])
    procent: float | None = Field(
        ge=0, le=100, description=f"{_PROCENT}; een heel procent als `weergave` afgerond is.", examples=[19.7]
    )


class Collectiviseringsgraad(Output):
    """Hoeveel van wat samen kan, samen wordt gedaan, voor zover deze catalogus dat weet."""

    op: Day = Field(description="De dag waarvan.", examples=["2018-01-15"])
    definitie: str = Field(description="Wat het getal zegt, en wat niet.")
    bron: str = Field(description="Waar het streefbeeld staat.")
    streefprocent: int = Field(description="Het streefbeeld: meer dan dit, in procenten.", examples=[80])
    gehaald: bool | None = Field(
        description="Of de graad naar deelnames hoger is; null als hij is afgeschermd.", examples=[False]
    )
    weergave: Weergave = Field(description="Hoe precies; zie de dekking.", examples=["exact"])
    voorzieningen: int = Field(ge=0, description="Voorzieningen die op die dag voor deelname openstaan.", examples=[12])
    gemeenten: int = Field(ge=0, description="Gemeenten die er op die dag zijn.", examples=[380])
    inwoners: int = Field(ge=0, description="Hun inwoners.", examples=[17181084])
    naar_deelnames: Graad = Field(description="Elke deelname telt even zwaar: in gebruik, van voorzieningen maal gemeenten.")
    naar_inwoners: Graad = Field(
        description="Elke deelname telt zo zwaar als de gemeente inwoners heeft: van voorzieningen maal inwoners."
    )
    berekening: str = Field(
        description="De som zoals zij is gemaakt.", examples=["900 deelnames van 12 voorzieningen × 380 gemeenten = 4560: 19.7%"]
    )
