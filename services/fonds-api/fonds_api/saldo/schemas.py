"""Wire models of saldi."""

from __future__ import annotations

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, GivenDay, Input, Output, Reference
from pydantic import Field

from fonds_api.fonds.schemas import FONDSCODE
from fonds_api.rekening.schemas import BOVEN, GEBLOKKEERD, MAXIMUM, MINIMUM

DATUM = "Saldo op het eind van deze dag (boekdatum); zonder datum vandaag."


class SaldibalansVraag(Input):
    datum: GivenDay | None = Field(None, description=DATUM, examples=["2018-12-31"])


class RekeningenFilter(PageQuery):
    fonds: str | None = Field(None, pattern=FONDSCODE, description="Alleen rekeningen van dit fonds.", examples=["derdengelden"])
    datum: GivenDay | None = Field(None, description=DATUM, examples=["2018-12-31"])


class Rekening(Output):
    """Een rekening met wat er op staat."""

    fonds: str = Field(description="Fonds waar de rekening bij hoort.", examples=["derdengelden"])
    nummer: str = Field(description="Nummer binnen het fonds.", examples=["1300"])
    naam: str = Field(description="Naam.", examples=["Debiteuren gemeenten"])
    soort: str = Field(description="Soort: activa, passiva, baten of lasten.", examples=["activa"])
    normale_zijde: str = Field(description="Zijde waarop het saldo groeit: debet of credit.", examples=["debet"])
    verzamelrekening: bool = Field(
        description="Of zij andere rekeningen optelt; haar bedragen zijn dan de som van wat eronder valt."
    )
    boven: str | None = Field(description=BOVEN, examples=["1000"])
    minimum_cent: int | None = Field(description=MINIMUM, examples=[0])
    maximum_cent: int | None = Field(description=MAXIMUM, examples=[500000000])
    geblokkeerd: bool = Field(description=GEBLOKKEERD)
    debet_cent: int = Field(ge=0, description="Som van wat debet is geboekt, in centen.", examples=[1500000])
    credit_cent: int = Field(ge=0, description="Som van wat credit is geboekt, in centen.", examples=[250000])
    saldo_cent: int = Field(description="Debet min credit, in centen.", examples=[1250000])


class RekeningenPagina(Page):
    """Rekeningen, op fonds en nummer."""

    datum: Day = Field(description="Dag waarop de saldi gelden.", examples=["2018-12-31"])
    results: list[Rekening] = Field(description="De rekeningen op deze pagina.")


class AfschriftVraag(PageQuery):
    vanaf: GivenDay | None = Field(
        None, description="Eerste boekdatum; zonder `vanaf` de eerste dag van het jaar van de laatste.", examples=["2018-01-01"]
    )
    tot: GivenDay | None = Field(
        None,
        description="Tot deze boekdatum, die er niet meer bij hoort; zonder `tot` morgen, of 366 dagen na een `vanaf` die na "
        "vandaag ligt.",
        examples=["2019-01-01"],
    )


class Afschriftregel(Output):
    """Wat er met één regel van een boeking op de rekening kwam."""

    boekdatum: Day = Field(description="Dag waarvoor de boeking telt.", examples=["2018-01-15"])
    boeking: str = Field(description="Pad van de boeking.", examples=["/v1/boekingen/7b0f8a58-6f0e-4a39-9d8e-0f1c34a3f0de"])
    omschrijving: str = Field(description="Omschrijving van de boeking.", examples=["Factuur 2018-000001, Appingedam"])
    bron: Reference = Field(description="Document waar de boeking van is gemaakt.")
    bedrag_cent: int = Field(description="Bedrag in centen: debet positief, credit negatief.", examples=[125000])
    saldo_cent: int = Field(description="Saldo van de rekening na deze regel, in centen.", examples=[125000])


class Afschrift(Page):
    """De regels op een rekening over een aantal dagen, op boekdatum en daarbinnen in volgorde van boeken."""

    fonds: str = Field(description="Code van het fonds.", examples=["derdengelden"])
    rekening: str = Field(description="Nummer van de rekening.", examples=["1300"])
    naam: str = Field(description="Naam van de rekening.", examples=["Debiteuren gemeenten"])
    vanaf: Day = Field(description="Eerste boekdatum.", examples=["2018-01-01"])
    tot: Day = Field(description="Tot deze boekdatum, die er niet meer bij hoort.", examples=["2019-01-01"])
    beginsaldo_cent: int = Field(description="Saldo voor de eerste dag, in centen.", examples=[0])
    eindsaldo_cent: int = Field(description="Saldo na de laatste dag, in centen.", examples=[125000])
    results: list[Afschriftregel] = Field(description="De regels op deze pagina.")


class Saldibalans(Output):
    """Alle rekeningen van een fonds op een dag."""

    fonds: str = Field(description="Code van het fonds.", examples=["derdengelden"])
    datum: Day = Field(description="Dag waarop de saldi gelden.", examples=["2018-12-31"])
    rekeningen: list[Rekening] = Field(description="Alle rekeningen, op nummer.")
    saldo_totaal_cent: int = Field(
        description="Som van de saldi zonder de verzamelrekeningen, in centen; altijd nul.", examples=[0]
    )
    aantal_boekingen: int = Field(ge=0, description="Aantal boekingen tot en met deze dag.", examples=[380])
