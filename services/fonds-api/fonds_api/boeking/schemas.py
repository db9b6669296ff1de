"""Wire models of boekingen."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Cent, Day, GivenDay, Input, Line, Moment, Output, Reference
from pydantic import AfterValidator, Field

from fonds_api.fonds.schemas import FONDSCODE

REKENINGNUMMER = r"^[0-9]{4}$"
Bronpad = Annotated[str, Field(max_length=250, pattern=r"^/v[1-9][0-9]{0,2}(/[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,99}){1,20}$")]
"""A path in one notation: no empty parts, no part that begins with a dot (so no `.` or `..`), no escapes, no slash at the end.
A document is booked once, so it may not have two names."""


def _niet_nul(cent: int) -> int:
    if cent == 0:
        raise ValueError("een regel van nul cent boekt niets")
    return cent


class Brondocument(Input):
    """Het document waar de boeking van is gemaakt, bij de bron die het beheert."""

    bron: str = Field(pattern=r"^[a-z][a-z0-9-]{0,49}$", description="Naam van de bron.", examples=["abonnement"])
    pad: Bronpad = Field(description="Pad van het document bij die bron.", examples=["/v1/facturen/2018-000001"])


class NieuweRegel(Input):
    """Eén regel van een boeking."""

    rekening: str = Field(pattern=REKENINGNUMMER, description="Nummer van een rekening van het fonds.", examples=["1300"])
    bedrag_cent: Annotated[Cent, AfterValidator(_niet_nul)] = Field(
        description="Bedrag in centen: debet positief, credit negatief, nooit nul.",
        examples=[125000],
        json_schema_extra={"not": {"enum": [0]}},
    )


class NieuweBoeking(Input):
    """Een te boeken post."""

    fonds: str = Field(pattern=FONDSCODE, description="Fonds waarin wordt geboekt.", examples=["derdengelden"])
    boekdatum: GivenDay = Field(
        description="Dag waarvoor de boeking telt; hoogstens een jaar na vandaag.", examples=["2018-01-15"]
    )
    omschrijving: Line = Field(max_length=500, description="Waar het om gaat.", examples=["Factuur 2018-000001, Appingedam"])
    bron: Brondocument = Field(description="Document waar de boeking van is gemaakt.")
    regels: list[NieuweRegel] = Field(min_length=2, max_length=1000, description="De regels; samen nul.")


MEESTE_BOEKINGEN, MEESTE_REGELS = 10_000, 50_000
"""In one call of bulk."""


def _niet_te_veel(boekingen: list[NieuweBoeking]) -> list[NieuweBoeking]:
    if sum(len(boeking.regels) for boeking in boekingen) > MEESTE_REGELS:
        raise ValueError(f"hoogstens {MEESTE_REGELS} regels samen")
    return boekingen


class NieuweBoekingen(Input):
    """Posten die samen worden geboekt, of geen van alle."""

    boekingen: Annotated[list[NieuweBoeking], AfterValidator(_niet_te_veel)] = Field(
        min_length=1,
        max_length=MEESTE_BOEKINGEN,
        description=f"De posten, in volgorde van boeken; samen hoogstens {MEESTE_REGELS} regels.",
    )


class NieuweStorno(Input):
    """Wanneer en waarom een boeking wordt teruggedraaid."""

    boekdatum: GivenDay = Field(
        description="Dag waarvoor de storno telt: niet voor die van de boeking, hoogstens een jaar na vandaag.",
        examples=["2018-02-01"],
    )
    omschrijving: Line = Field(max_length=500, description="Waarom.", examples=["Dubbel gefactureerd, Appingedam"])


class BoekingenFilter(PageQuery):
    fonds: str | None = Field(None, pattern=FONDSCODE, description="Alleen boekingen in dit fonds.", examples=["derdengelden"])
    bron_pad: Bronpad | None = Field(
        None, description="Alleen boekingen van het document met dit pad.", examples=["/v1/facturen/2018-000001"]
    )
    vanaf: GivenDay | None = Field(None, description="Met een boekdatum op of na deze dag.", examples=["2018-01-01"])
    tot: GivenDay | None = Field(None, description="Met een boekdatum vóór deze dag.", examples=["2019-01-01"])


class Boekingsregel(Output):
    """Eén regel van een boeking."""

    rekening: str = Field(description="Nummer van de rekening.", examples=["1300"])
    bedrag_cent: int = Field(description="Bedrag in centen: debet positief, credit negatief.", examples=[125000])


class Boeking(Output):
    """Een post in het grootboek; hij verandert nooit."""

    id: UUID = Field(description="Identificatie.", examples=["7b0f8a58-6f0e-4a39-9d8e-0f1c34a3f0de"])
    fonds: str = Field(description="Fonds waarin is geboekt.", examples=["derdengelden"])
    volgnummer: int = Field(description="Volgorde van boeken.", examples=[1])
    boekdatum: Day = Field(description="Dag waarvoor de boeking telt.", examples=["2018-01-15"])
    geboekt_op: Moment = Field(description="Moment waarop de boeking is vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])
    vastgelegd_op: Moment | None = Field(
        description="Dat moment volgens de klok van de database, die de dienst niet kan zetten; leeg bij de oudste boekingen.",
        examples=["2018-01-15T09:00:00.000Z"],
    )
    omschrijving: str = Field(description="Waar het om gaat.", examples=["Factuur 2018-000001, Appingedam"])
    bron: Reference = Field(description="Document waar de boeking van is gemaakt.")
    storno_van: str | None = Field(
        description="Pad van de boeking die deze terugdraait.", examples=["/v1/boekingen/7b0f8a58-6f0e-4a39-9d8e-0f1c34a3f0de"]
    )
    gestorneerd_door: str | None = Field(
        description="Pad van de boeking die deze heeft teruggedraaid.",
        examples=["/v1/boekingen/7b0f8a58-6f0e-4a39-9d8e-0f1c34a3f0de"],
    )
    regels: list[Boekingsregel] = Field(description="De regels; samen nul.")


class Saldo(Output):
    """Wat er op een rekening staat na het boeken."""

    fonds: str = Field(description="Fonds van de rekening.", examples=["derdengelden"])
    rekening: str = Field(description="Nummer van de rekening.", examples=["1300"])
    saldo_cent: int = Field(description="Debet min credit van alles wat is geboekt, ongeacht boekdatum.", examples=[125000])


class Geboekt(Boeking):
    """Een post die net is geboekt, met wat er daarna op zijn rekeningen staat."""

    saldi: list[Saldo] = Field(description="De rekeningen van de regels, met hun nieuwe saldo, op nummer.")


class GeboekteBoekingen(Output):
    """Wat er samen is geboekt."""

    aantal_boekingen: int = Field(ge=1, description="Aantal boekingen.", examples=[2])
    aantal_regels: int = Field(ge=2, description="Aantal regels.", examples=[4])
    boekingen: list[UUID] = Field(
        description="Identificaties, in de volgorde van de aanvraag.", examples=[["7b0f8a58-6f0e-4a39-9d8e-0f1c34a3f0de"]]
    )
    saldi: list[Saldo] = Field(description="De geraakte rekeningen met hun nieuwe saldo, op fonds en nummer.")


class BoekingenPagina(Page):
    """Boekingen, in volgorde van boeken."""

    results: list[Boeking] = Field(description="De boekingen op deze pagina.")
