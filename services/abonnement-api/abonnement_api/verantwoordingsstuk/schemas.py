"""Wire models of what foundations account for."""

from __future__ import annotations

import uuid
from typing import Annotated, Literal

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Cent, Day, Digits, GivenDay, GivenUuid, Input, Line, Moment, Output, Whole
from pydantic import Field

from abonnement_api.tarief.schemas import Jaar, Slug

Soort = Literal["jaarplan", "begroting", "jaarrekening"]
Status = Literal["ingediend", "vervangen", "vastgesteld", "teruggestuurd"]
Uitkomst = Literal["vastgesteld", "teruggestuurd"]
Tekst = Annotated[Line, Field(max_length=2000)]
_STATUS = (
    "`ingediend` tot een commissie besluit; `vervangen` als de aanbieder eerder een nieuwe versie indiende; `vastgesteld`, en "
    "dan open voor gemeenten; of `teruggestuurd`."
)


class Verantwoordingsdocument(Output):
    """Een document dat een aanbieder heeft ingestuurd. Het wijzigt nooit."""

    id: uuid.UUID = Field(description="Identificatie.", examples=["9b1c7d52-5a70-4a3f-8f2e-1d0c6b7a8e91"])
    aanbieder: str = Field(description="Code van de aanbieder.", examples=["stichting-kindertelefoon"])
    sha256: str = Field(description="Hash van de inhoud (SHA-256, hexadecimaal).", examples=["e3b0c442" * 8])
    grootte: int = Field(ge=1, description="Grootte in bytes.", examples=[482113])
    ontvangen_op: Moment = Field(description="Wanneer ontvangen.", examples=["2017-11-20T09:00:00.000Z"])


class NieuwVerantwoordingsbedrag(Input):
    """Wat een dienst kost."""

    dienst: Slug = Field(description="Code van een dienst van de aanbieder.", examples=["kindertelefoon"])
    bedrag_cent: Annotated[Whole, Field(ge=0, le=10**15)] = Field(
        description="In centen: in een plan of begroting wat is begroot, in een jaarrekening wat is besteed.",
        examples=[383000000],
    )


class NieuwVerantwoordingsstuk(Input):
    """Een jaarplan, begroting of jaarrekening om in te dienen."""

    aanbieder: Slug = Field(description="Code van de aanbieder die zich verantwoordt.", examples=["stichting-kindertelefoon"])
    soort: Soort = Field(description="Wat het is.", examples=["begroting"])
    jaar: Jaar = Field(description="Waarover.", examples=[2018])
    document: GivenUuid = Field(
        description="Identificatie van het document, dat eerder is ingestuurd.", examples=["9b1c7d52-5a70-4a3f-8f2e-1d0c6b7a8e91"]
    )
    bedragen: list[NieuwVerantwoordingsbedrag] = Field(max_length=50, description="Per dienst; alleen een jaarplan mag zonder.")
    toelichting: Tekst | None = Field(None, description="Toelichting van de aanbieder.", examples=["Eerste begroting na 2017."])


class NieuwVerantwoordingsbesluit(Input):
    """Wat een commissie over een stuk besloot."""

    uitkomst: Uitkomst = Field(description="Wat zij besloot.", examples=["vastgesteld"])
    commissie: Annotated[Line, Field(max_length=200)] = Field(
        description="Naam van de commissie of subcommissie.", examples=["Commissie Zorg, Jeugd en Onderwijs"]
    )
    datum: GivenDay = Field(
        description="Dag van het besluit: niet vóór de indiening, en niet na vandaag.", examples=["2018-01-15"]
    )
    reden: Tekst | None = Field(
        None, description="Waarom; verplicht bij terugsturen.", examples=["De reserve is niet toegelicht."]
    )


class VerantwoordingsstukkenFilter(PageQuery):
    aanbieder: Slug | None = Field(None, description="Alleen van deze aanbieder.", examples=["stichting-kindertelefoon"])
    soort: Soort | None = Field(None, description="Alleen van deze soort.", examples=["begroting"])
    jaar: Digits | None = Field(None, ge=2000, le=2100, description="Alleen over dit jaar.", examples=[2018])
    status: Status | None = Field(None, description="Alleen met deze status.", examples=["vastgesteld"])


class Verantwoordingsbedrag(Output):
    """Wat een dienst kost."""

    dienst: str = Field(description="Code van de dienst.", examples=["kindertelefoon"])
    bedrag_cent: Cent = Field(description="Bedrag in centen.", examples=[383000000])


class Verantwoordingsbesluit(Output):
    """Wat een commissie over een stuk besloot. Een besluit wijzigt nooit."""

    uitkomst: Uitkomst = Field(description="Wat zij besloot.", examples=["vastgesteld"])
    commissie: str = Field(description="Welke commissie.", examples=["Commissie Zorg, Jeugd en Onderwijs"])
    datum: Day = Field(description="Dag van het besluit.", examples=["2018-01-15"])
    reden: str | None = Field(description="Waarom.", examples=["De reserve is niet toegelicht."])
    vastgelegd_op: Moment = Field(description="Wanneer vastgelegd.", examples=["2018-01-16T09:00:00.000Z"])


class Verantwoordingsstuk(Output):
    """Een versie van een jaarplan, begroting of jaarrekening. Zij wijzigt nooit; wel wordt erover besloten."""

    id: uuid.UUID = Field(description="Identificatie.", examples=["3f6d2a18-0c4e-4b59-9a7d-5e8b1c2d3f40"])
    aanbieder: str = Field(description="Code van de aanbieder.", examples=["stichting-kindertelefoon"])
    soort: Soort = Field(description="Wat het is.", examples=["begroting"])
    jaar: int = Field(description="Waarover.", examples=[2018])
    versie: int = Field(ge=1, description="Hoeveelste versie.", examples=[1])
    status: Status = Field(description=_STATUS, examples=["vastgesteld"])
    bedragen: list[Verantwoordingsbedrag] = Field(description="Per dienst, op code.")
    totaal_cent: Cent = Field(description="Som van de bedragen.", examples=[383000000])
    toelichting: str | None = Field(description="Toelichting van de aanbieder.", examples=["Eerste begroting na 2017."])
    sha256: str = Field(description="Hash van het document (SHA-256, hexadecimaal).", examples=["e3b0c442" * 8])
    grootte: int = Field(ge=1, description="Grootte van het document in bytes.", examples=[482113])
    document: str = Field(
        description="Pad van het document.",
        examples=["/v1/verantwoordingsstukken/3f6d2a18-0c4e-4b59-9a7d-5e8b1c2d3f40/document.pdf"],
    )
    ingediend_op: Moment = Field(description="Wanneer ingediend.", examples=["2017-11-20T09:00:00.000Z"])
    besluit: Verantwoordingsbesluit | None = Field(description="Het besluit; null zolang dat er niet is.")


class VerantwoordingsstukkenPagina(Page):
    """Verantwoordingsstukken, het laatst ingediende eerst."""

    results: list[Verantwoordingsstuk] = Field(description="De stukken op deze pagina.")
