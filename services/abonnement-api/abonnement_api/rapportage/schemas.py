"""Wire models of reports."""

from __future__ import annotations

from gemeengoed_kit.schema import Cent, Day, Digits, GivenDay, Input, Moment, Output, Reference
from pydantic import Field

from abonnement_api.tarief.schemas import Decimaal

_PERCENTAGE = "met één decimaal, naar beneden afgerond: alleen alles is `100.0`"


class Deelnamevraag(Input):
    peildatum: GivenDay | None = Field(
        None,
        description="Dag waarvan de gemeenten en abonnementen tellen; zonder deze de laatste peiling.",
        examples=["2018-01-01"],
    )


class Inningvraag(Input):
    jaar: Digits = Field(ge=2000, le=2100, description="Jaar van de facturen.", examples=[2018])


class Ouderdomvraag(Input):
    op: GivenDay | None = Field(
        None, description="Stand aan het eind van deze dag; zonder deze vandaag. Niet na vandaag.", examples=["2018-06-30"]
    )


class Deelnemend(Output):
    """Een gemeente en haar abonnement op de peildatum."""

    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    gemeentenaam: str = Field(description="Naam.", examples=["Utrecht"])
    gemeente: Reference = Field(description="De gemeente in de catalogus.")
    inwoners: int | None = Field(
        description="Inwoners op 1 januari van het jaar; null als de catalogus ze niet heeft.", examples=[347483]
    )
    pakket: str | None = Field(description="Pakket van het abonnement; null als zij niet deelneemt.", examples=["volledig"])


class Pakketdeelname(Output):
    """Wie een pakket heeft."""

    pakket: str = Field(description="Code van het pakket.", examples=["volledig"])
    aantal_gemeenten: int = Field(ge=0, description="Gemeenten met dit pakket.", examples=[376])
    inwoners: int = Field(ge=0, description="Hun inwoners.", examples=[14713254])


class Deelname(Output):
    """Wie er op een dag deelneemt, tegenover alle gemeenten. Het tarief gaat uit van 100 %."""

    peildatum: Day = Field(description="Dag waarvan de gemeenten en abonnementen tellen.", examples=["2018-01-01"])
    peiling: str = Field(
        description="Pad van de peiling waaruit de gemeenten komen.",
        examples=["/v1/gemeentepeilingen/d4c7a9e0-8b16-4f52-93ad-70e5b1f2c688"],
    )
    gepeild_op: Moment = Field(description="Wanneer de catalogus dat antwoordde.", examples=["2018-01-15T09:00:01.000Z"])
    aantal_gemeenten: int = Field(ge=0, description="Alle gemeenten.", examples=[380])
    aantal_deelnemers: int = Field(ge=0, description="Gemeenten met een abonnement.", examples=[380])
    percentage_gemeenten: str = Field(description=f"Deel van de gemeenten, {_PERCENTAGE}.", examples=["100.0"])
    inwoners: int = Field(ge=0, description="Alle inwoners.", examples=[17181084])
    inwoners_deelnemers: int = Field(ge=0, description="Inwoners van de deelnemers.", examples=[17181084])
    percentage_inwoners: str = Field(description=f"Deel van de inwoners, {_PERCENTAGE}.", examples=["100.0"])
    aantal_zonder_inwonertal: int = Field(
        ge=0, description="Gemeenten waarvan de catalogus geen inwoners had; zij tellen voor nul.", examples=[0]
    )
    pakketten: list[Pakketdeelname] = Field(description="Per pakket, op code.")
    ontbrekend: list[Deelnemend] = Field(description="De gemeenten zonder abonnement, op code.")
    deelnemers: list[Deelnemend] = Field(description="De gemeenten met een abonnement, op code.")
    niet_in_peiling: list[str] = Field(
        description="Gemeenten met een abonnement op die dag die de catalogus dan niet kent.", examples=[["GM0140"]]
    )


class Inningsregel(Output):
    """Eén dienst, of het totaal."""

    dienst: str | None = Field(description="Code van de dienst; null voor het totaal.", examples=["kindertelefoon"])
    naam: str = Field(description="Naam van de dienst.", examples=["Kindertelefoon"])
    aanbieder: str | None = Field(
        description="Code van de aanbieder; null voor het totaal.", examples=["stichting-kindertelefoon"]
    )
    gewicht: Decimaal | None = Field(
        description="Gewicht in de verdeelsleutel van het tariefbesluit; null als dat er niet is.", examples=["3.83"]
    )
    begroot_cent: Cent | None = Field(
        description="Wat de vastgestelde begroting van de aanbieder zegt; null als die er niet is. Het totaal telt wat er is.",
        examples=[383000000],
    )
    begroting: str | None = Field(
        description="Pad van die begroting.", examples=["/v1/verantwoordingsstukken/3f6d2a18-0c4e-4b59-9a7d-5e8b1c2d3f40"]
    )
    gefactureerd_cent: Cent = Field(description="Gefactureerd, zonder wat is gecrediteerd.", examples=[386691157])
    ontvangen_cent: Cent = Field(description="Wat daarvan is ontvangen.", examples=[386691157])
    openstaand_cent: Cent = Field(description="Wat nog moet worden betaald; onder nul: te veel ontvangen.", examples=[0])
    verdeeld_cent: Cent = Field(description="Wat van het ontvangene is toebedeeld.", examples=[386691157])
    verschil_cent: Cent | None = Field(
        description="Ontvangen min begroot; null als er geen begroting is, of niet van elke dienst in het totaal.",
        examples=[3691157],
    )
    besteed_cent: Cent | None = Field(
        description="Wat de vastgestelde jaarrekening van de aanbieder zegt; null als die er niet is.", examples=[380000000]
    )


class Inning(Output):
    """Wat er van een jaar binnenkwam, tegenover wat de aanbieders begrootten."""

    jaar: int = Field(description="Jaar van de facturen.", examples=[2018])
    op: Day = Field(description="Dag waarop dit de stand is.", examples=["2018-03-01"])
    volledig_begroot: bool = Field(description="Of van elke getoonde dienst een begroting is vastgesteld.", examples=[True])
    regels: list[Inningsregel] = Field(description="Per dienst, en als laatste het totaal daarvan.")


class Ouderdomsklasse(Output):
    """Facturen die even lang open staan."""

    naam: str = Field(description="Hoe lang na de vervaldatum.", examples=["1 tot en met 30 dagen"])
    vanaf_dagen: int | None = Field(
        description="Eerste dag na de vervaldatum; null als zij nog niet vervallen zijn.", examples=[1]
    )
    tot_en_met_dagen: int | None = Field(description="Laatste dag; null als er geen laatste is.", examples=[30])
    aantal: int = Field(ge=0, description="Aantal facturen.", examples=[3])
    bedrag_cent: Cent = Field(description="Wat er open staat, in centen.", examples=[120000])


class Ouderdomsregel(Output):
    """Wat één gemeente open heeft staan."""

    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    gemeentenaam: str = Field(description="Naam zoals op haar factuur.", examples=["Utrecht"])
    aantal: int = Field(ge=0, description="Aantal openstaande facturen.", examples=[1])
    openstaand_cent: Cent = Field(description="Wat zij moet betalen, in centen.", examples=[120000])
    te_veel_cent: Cent = Field(description="Wat zij op andere facturen te veel betaalde, in centen.", examples=[0])
    klassen: list[Cent] = Field(description="Het openstaande per klasse, in hun volgorde.", examples=[[0, 120000, 0, 0, 0, 0, 0]])


class Ouderdom(Output):
    """Hoe oud is wat open staat, aan het eind van een dag."""

    op: Day = Field(description="Dag waarvan dit de stand is.", examples=["2018-06-30"])
    aantal: int = Field(ge=0, description="Aantal openstaande facturen.", examples=[3])
    openstaand_cent: Cent = Field(description="Wat moet worden betaald, in centen.", examples=[120000])
    te_veel_cent: Cent = Field(description="Wat op andere facturen te veel is betaald, in centen.", examples=[0])
    klassen: list[Ouderdomsklasse] = Field(description="Naar dagen na de vervaldatum.")
    gemeenten: list[Ouderdomsregel] = Field(description="Per gemeente met iets open, op code.")
