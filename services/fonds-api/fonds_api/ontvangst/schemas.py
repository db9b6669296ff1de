"""Wire models of ontvangsten."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, GivenDay, Input, Line, Moment, Output, Whole
from pydantic import AfterValidator, Field

from fonds_api.fonds.schemas import FONDSCODE
from fonds_api.nota.schemas import NOTA_ID

_ID = "6f0c4a52-6d1e-4b7a-9c58-2e4d7f1a0b63"


def _niet_nul(cent: int) -> int:
    if cent == 0:
        raise ValueError("nul cent is geen bedrag")
    return cent


Bedrag = Annotated[Whole, Field(ge=-(10**12), le=10**12, json_schema_extra={"not": {"enum": [0]}}), AfterValidator(_niet_nul)]


class NieuweToerekening(Input):
    """Een deel van een ontvangst, en welke nota het betaalt."""

    nota: str = Field(pattern=NOTA_ID, max_length=60, description="Nota die wordt betaald.", examples=["ggu-2020-00001"])
    bedrag_cent: Bedrag = Field(description="Bedrag in centen, met het teken van de ontvangst.", examples=[107437899])


class NieuweToerekeningen(Input):
    """Welke nota's een ontvangst betaalt."""

    toerekeningen: list[NieuweToerekening] = Field(min_length=1, max_length=100, description="De delen.")


class NieuweOntvangst(Input):
    """Wat van een gemeente is ontvangen."""

    fonds: str = Field(pattern=FONDSCODE, description="Fonds waaraan is betaald.", examples=["ggu"])
    gemeentecode: str = Field(pattern=r"^GM[0-9]{4}$", description="Gemeente die heeft betaald.", examples=["GM0344"])
    bedrag_cent: Bedrag = Field(description="Ontvangen (of, negatief, terugbetaald), in centen.", examples=[107437899])
    boekdatum: GivenDay = Field(description="Dag van de betaling; hoogstens een jaar na vandaag.", examples=["2020-02-20"])
    kenmerk: Line = Field(max_length=100, description="Kenmerk van de bank; een keer per fonds.", examples=["2020-046-1"])
    omschrijving: Line = Field(max_length=300, description="Waar het om gaat.", examples=["Bijdrage 2020"])
    toerekeningen: list[NieuweToerekening] = Field(
        default_factory=list, max_length=100, description="Welke nota's het betaalt; wat over is, staat als vooruitbetaald."
    )


class NieuweHerroeping(Input):
    """Waarom een ontvangst wordt herroepen."""

    reden: Line = Field(max_length=250, description="Waarom.", examples=["Van een andere gemeente"])


class OntvangstenFilter(PageQuery):
    fonds: str | None = Field(None, pattern=FONDSCODE, description="Alleen van dit fonds.", examples=["ggu"])
    gemeentecode: str | None = Field(None, pattern=r"^GM[0-9]{4}$", description="Alleen van deze gemeente.", examples=["GM0344"])
    kenmerk: Line | None = Field(None, max_length=100, description="Alleen met dit kenmerk.", examples=["2020-046-1"])


class Toerekening(Output):
    """Een deel van een ontvangst, en welke nota het betaalt."""

    nota: str = Field(description="De nota.", examples=["ggu-2020-00001"])
    bedrag_cent: int = Field(description="Bedrag in centen.", examples=[107437899])
    toegerekend_op: Moment = Field(description="Wanneer dat is vastgelegd.", examples=["2020-02-20T09:00:00.000Z"])


class Ontvangst(Output):
    """Wat van een gemeente is ontvangen, of (negatief) aan haar is terugbetaald."""

    id: UUID = Field(description="Identificatie.", examples=[_ID])
    fonds: str = Field(description="Fonds waaraan is betaald.", examples=["ggu"])
    gemeentecode: str = Field(description="Gemeente die heeft betaald.", examples=["GM0344"])
    bedrag_cent: int = Field(description="Bedrag in centen.", examples=[107437899])
    over_cent: int = Field(description="Wat daarvan nog geen nota betaalt, in centen.", examples=[0])
    boekdatum: Day = Field(description="Dag van de betaling.", examples=["2020-02-20"])
    kenmerk: str = Field(description="Kenmerk van de bank.", examples=["2020-046-1"])
    omschrijving: str = Field(description="Waar het om gaat.", examples=["Bijdrage 2020"])
    herroept: UUID | None = Field(description="Ontvangst die deze terugneemt; anders null.", examples=[_ID])
    herroepen_door: UUID | None = Field(description="Ontvangst die deze terugneemt; null als dat niet zo is.", examples=[_ID])
    toerekeningen: list[Toerekening] = Field(description="Welke nota's het betaalt.")
    vastgelegd_op: Moment = Field(description="Wanneer zij is vastgelegd.", examples=["2020-02-20T09:00:00.000Z"])


class OntvangstenPagina(Page):
    """Ontvangsten, op boekdatum en in volgorde van vastleggen."""

    bedrag_cent: int = Field(description="Som van de bedragen, ook die op andere pagina's, in centen.", examples=[107437899])
    results: list[Ontvangst] = Field(description="De ontvangsten op deze pagina.")
