"""Wire models of credit notes and corrections."""

from __future__ import annotations

from typing import Annotated

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Cent, Day, GivenDay, Input, Line, Moment, Output, Reference, Whole
from pydantic import Field

from abonnement_api.factuur.schemas import Gemeentecode
from abonnement_api.tarief.schemas import Slug

Reden = Annotated[Line, Field(min_length=1, max_length=200)]


class CreditnotasFilter(PageQuery):
    gemeentecode: Gemeentecode | None = Field(None, description="Alleen van deze gemeente.", examples=["GM0344"])
    factuur: str | None = Field(
        None, pattern="^[0-9]{4}-[0-9]{6}$", description="Alleen bij deze factuur.", examples=["2018-000001"]
    )


class NieuweCreditregel(Input):
    """Wat van één dienst wordt gecrediteerd."""

    dienst: Slug = Field(description="Code van de dienst.", examples=["luisterend-oor"])
    bedrag_cent: Annotated[Whole, Field(ge=1, le=10**15)] = Field(description="Bedrag in centen.", examples=[279504])


class NieuweCreditnota(Input):
    """Een creditnota bij een factuur."""

    reden: Reden = Field(description="Waarom; staat op de creditnota.", examples=["Eigen Luisterend Oor"])
    datum: GivenDay | None = Field(None, description="Datum; standaard vandaag.", examples=["2018-02-01"])
    regels: list[NieuweCreditregel] | None = Field(
        None, min_length=1, max_length=50, description="Per dienst; standaard alles wat nog niet is gecrediteerd."
    )


class NieuweCorrectie(Input):
    """Een factuur met een ander aantal inwoners, in de plaats van een eerdere."""

    reden: Reden = Field(description="Waarom; staat op beide.", examples=["Inwoners verbeterd door het CBS"])
    inwoners: Annotated[Whole, Field(ge=1, le=20_000_000)] = Field(
        description="Aantal inwoners op de peildatum.", examples=[12073]
    )
    datum: GivenDay | None = Field(None, description="Datum van beide; standaard vandaag.", examples=["2018-02-01"])


class Creditregel(Output):
    """Wat van één dienst is gecrediteerd."""

    dienst: str = Field(description="Code van de dienst.", examples=["luisterend-oor"])
    bedrag_cent: Cent = Field(description="Bedrag in centen.", examples=[279504])


class Creditnota(Output):
    """Een creditnota. Zij wijzigt nooit."""

    nummer: str = Field(description="Nummer, in een eigen reeks per jaar.", examples=["2018-500001"])
    factuur: str = Field(description="Pad van de factuur.", examples=["/v1/facturen/2018-000001"])
    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    jaar: int = Field(description="Jaar van de factuur.", examples=[2018])
    reden: str = Field(description="Waarom.", examples=["Eigen Luisterend Oor"])
    datum: Day = Field(description="Datum.", examples=["2018-02-01"])
    bedrag_cent: Cent = Field(description="Bedrag in centen.", examples=[279504])
    regels: list[Creditregel] = Field(description="Per dienst; tellen op tot het bedrag.")
    vastgesteld_op: Moment = Field(description="Wanneer vastgesteld.", examples=["2018-02-01T09:00:00.000Z"])
    boeking: Reference | None = Field(description="De boeking in fonds; null zolang die niet is afgeleverd.")


class CreditnotasPagina(Page):
    """Creditnota's, op nummer."""

    results: list[Creditnota] = Field(description="De creditnota's op deze pagina.")
