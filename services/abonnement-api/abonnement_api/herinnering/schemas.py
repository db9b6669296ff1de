"""Wire models of reminders."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Cent, Day, GivenDay, Input, Line, Moment, Output, Whole
from pydantic import Field

from abonnement_api.factuur.schemas import Gemeentecode
from abonnement_api.tarief.schemas import Decimaal

Geen = Literal["geen"]
PERCENTAGE = r"^([1-9][0-9]?(\.[0-9]{1,2})?|0\.[1-9][0-9]?|0\.0[1-9])$"
"""Above zero, below a hundred, at most two decimals."""
GEVOLG = "Wat dit betekent voor de diensten: niets. Geen stap stopt ooit een dienst."
Achterstandstatus = Literal["aan-de-beurt", "wacht", "aangehouden", "einde-van-de-ladder"]
STATUS = (
    "`aan-de-beurt`: er is nu een herinnering te sturen. `wacht`: pas op `op`. `aangehouden`: zij is betwist, of er is een "
    "betalingsregeling. `einde-van-de-ladder`: alle herinneringen zijn verstuurd; een mens kijkt verder."
)
Soort = Literal["betwist", "betalingsregeling"]
SOORT = "`betwist`: de gemeente is het er niet mee eens. `betalingsregeling`: er is afgesproken wanneer zij betaalt."
Toelichting = Annotated[Line, Field(min_length=1, max_length=500)]
Dagen = Annotated[Whole, Field(ge=1, le=365)]


class TredeInvoer(Input):
    """Een stap van de ladder."""

    naam: Annotated[Line, Field(min_length=1, max_length=60)] = Field(
        description="Titel van de brief.", examples=["Betaalherinnering"]
    )
    dagen: Dagen = Field(description="Dagen na de vervaldatum, of na de vorige stap.", examples=[14])
    betalen_binnen_dagen: Dagen = Field(description="Binnen hoeveel dagen de brief vraagt te betalen.", examples=[14])
    tekst: Annotated[Line, Field(min_length=1, max_length=1000)] = Field(
        description="Wat de brief zegt, voor het overzicht van facturen.", examples=["Wilt u deze factuur alsnog betalen?"]
    )


class BeleidInvoer(Input):
    """De ladder van herinneringen. Rente en kosten worden niet gevraagd, tenzij ze hier staan, en dan bij de laatste stap."""

    stappen: list[TredeInvoer] = Field(min_length=1, max_length=10, description="De stappen, in hun volgorde.")
    rentepercentage: Annotated[str, Field(pattern=PERCENTAGE)] | None = Field(
        None, description="Wettelijke rente per jaar; standaard wordt geen rente gevraagd.", examples=["8.00"]
    )
    kosten_cent: Annotated[Whole, Field(ge=1, le=10**7)] | None = Field(
        None, description="Kosten van invordering in centen; standaard worden geen kosten gevraagd.", examples=[4000]
    )
    bron: Annotated[Line, Field(min_length=1, max_length=500)] = Field(
        description="Wie dit heeft besloten, en waar dat staat.", examples=["Overeenkomst van 1 december 2017"]
    )


class Trede(Output):
    """Een stap van de ladder."""

    naam: str = Field(description="Titel van de brief.", examples=["Betaalherinnering"])
    dagen: int = Field(description="Dagen na de vervaldatum, of na de vorige stap.", examples=[14])
    betalen_binnen_dagen: int = Field(description="Binnen hoeveel dagen de brief vraagt te betalen.", examples=[14])
    tekst: str = Field(description="Wat de brief zegt.", examples=["Wilt u deze factuur alsnog betalen?"])


class Herinneringsbeleid(Output):
    """De ladder van herinneringen, vanaf een dag."""

    vanaf: Day = Field(description="Eerste dag waarop dit geldt.", examples=["2018-01-01"])
    versie: int = Field(description="Hoeveelste versie dit is.", examples=[1])
    stappen: list[Trede] = Field(description="De stappen, in hun volgorde.")
    rentepercentage: Decimaal | None = Field(
        description="Wettelijke rente per jaar; null: die wordt niet gevraagd.", examples=["8.00"]
    )
    kosten_cent: int | None = Field(description="Kosten van invordering; null: die worden niet gevraagd.", examples=[4000])
    gevolg_voor_diensten: Geen = Field("geen", description=GEVOLG, examples=["geen"])
    bron: str = Field(description="Wie dit heeft besloten.", examples=["Standaard van deze dienst"])
    vastgelegd_op: Moment = Field(description="Wanneer dit is vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])


class BeleidPagina(Page):
    """Elke versie van de ladder, op dag."""

    results: list[Herinneringsbeleid] = Field(description="De ladders op deze pagina.")


class AchterstandenFilter(PageQuery):
    dag: GivenDay | None = Field(None, description="Zoals het op deze dag zal zijn; standaard vandaag.", examples=["2018-03-01"])
    status: Achterstandstatus | None = Field(None, description="Alleen met deze status.", examples=["aan-de-beurt"])
    gemeentecode: Gemeentecode | None = Field(None, description="Alleen van deze gemeente.", examples=["GM0344"])


class Achterstand(Output):
    """Een factuur waarvan de vervaldatum voorbij is en die nog niet (geheel) is betaald."""

    factuur: str = Field(description="Pad van de factuur.", examples=["/v1/facturen/2018-000001"])
    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    gemeentenaam: str = Field(description="Naam van de gemeente.", examples=["Utrecht"])
    vervaldatum: Day = Field(description="Laatste dag om te betalen.", examples=["2018-02-14"])
    open_cent: Cent = Field(description="Wat nog moet worden betaald.", examples=[1086840])
    laatste_stap: int = Field(description="Hoeveelste stap het laatst is verstuurd; 0: nog geen.", examples=[1])
    laatste_dag: Day | None = Field(description="Wanneer.", examples=["2018-02-28"])
    status: Achterstandstatus = Field(description=STATUS, examples=["aan-de-beurt"])
    volgende_stap: int | None = Field(description="Welke stap daarop volgt.", examples=[2])
    titel: str | None = Field(description="Hoe die heet.", examples=["Tweede betaalherinnering"])
    op: Day | None = Field(description="Vanaf welke dag.", examples=["2018-03-21"])


class AchterstandenPagina(Page):
    """Achterstanden, op factuurnummer."""

    results: list[Achterstand] = Field(description="De achterstanden op deze pagina.")


class Herinnerd(Output):
    """Wat er vandaag is gemaakt."""

    dag: Day = Field(description="Vandaag.", examples=["2018-03-01"])
    brieven: int = Field(description="Aantal brieven dat nu is gemaakt; 0 als alles er al was.", examples=[12])
    facturen: int = Field(description="Aantal facturen daarin.", examples=[12])
    nog_te_maken: int = Field(description="Aantal facturen dat nog wacht; herhaal de aanvraag.", examples=[0])


class HerinneringenFilter(PageQuery):
    gemeentecode: Gemeentecode | None = Field(None, description="Alleen aan deze gemeente.", examples=["GM0344"])
    factuur: str | None = Field(
        None, pattern="^[0-9]{4}-[0-9]{6}$", description="Alleen over deze factuur.", examples=["2018-000001"]
    )


class Herinneringsregel(Output):
    """Een factuur in een herinnering."""

    factuur: str = Field(description="Pad van de factuur.", examples=["/v1/facturen/2018-000001"])
    open_cent: Cent = Field(description="Wat toen nog moest worden betaald.", examples=[1086840])


class Herinnering(Output):
    """Een brief aan een gemeente over facturen die niet op tijd zijn betaald. Zij wijzigt nooit."""

    id: UUID = Field(description="Identificatie.", examples=["0f5a1d34-0f0c-4b53-8b54-2f7f4a6d9c10"])
    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    stap: int = Field(description="Hoeveelste stap van de ladder.", examples=[1])
    titel: str = Field(description="Hoe die heet.", examples=["Betaalherinnering"])
    dag: Day = Field(description="Dag van de brief.", examples=["2018-02-28"])
    gevolg_voor_diensten: Geen = Field("geen", description=GEVOLG, examples=["geen"])
    facturen: list[Herinneringsregel] = Field(description="Over welke facturen.")
    tekst: str = Field(
        description="De brief als tekst.", examples=["Betaalherinnering\n\n28 februari 2018\nAan Gemeente Voorbeeldstad"]
    )
    gemaakt_op: Moment = Field(description="Wanneer gemaakt.", examples=["2018-02-28T09:00:00.000Z"])
    pdf: str = Field(
        description="Pad van de brief als PDF.", examples=["/v1/herinneringen/0f5a1d34-0f0c-4b53-8b54-2f7f4a6d9c10/pdf"]
    )


class HerinneringenPagina(Page):
    """Herinneringen, in volgorde van ontstaan."""

    results: list[Herinnering] = Field(description="De herinneringen op deze pagina.")


class NieuweAanhouding(Input):
    """Aan een factuur niet meer herinneren: zij is betwist, of er is een betalingsregeling."""

    factuur: str = Field(pattern="^[0-9]{4}-[0-9]{6}$", description="Nummer van de factuur.", examples=["2018-000001"])
    soort: Soort = Field(description=SOORT, examples=["betwist"])
    vanaf: GivenDay | None = Field(None, description="Eerste dag; standaard vandaag.", examples=["2018-03-01"])
    tot_en_met: GivenDay | None = Field(
        None, description="Laatste dag; bij een betalingsregeling nodig, anders tot zij wordt opgeheven.", examples=["2018-06-30"]
    )
    toelichting: Toelichting = Field(description="Waarom, of wat er is afgesproken.", examples=["Inwonertal klopt niet"])


class NieuweOpheffing(Input):
    """Vanaf vandaag weer herinneren."""

    toelichting: Toelichting = Field(description="Waarom.", examples=["Inwonertal is nagekeken en klopt"])


class Aanhouding(Output):
    """Waarom aan een factuur een tijd niet wordt herinnerd."""

    id: UUID = Field(description="Identificatie.", examples=["0f5a1d34-0f0c-4b53-8b54-2f7f4a6d9c10"])
    factuur: str = Field(description="Pad van de factuur.", examples=["/v1/facturen/2018-000001"])
    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    soort: Soort = Field(description=SOORT, examples=["betwist"])
    vanaf: Day = Field(description="Eerste dag.", examples=["2018-03-01"])
    tot_en_met: Day | None = Field(description="Laatste dag; null: tot zij wordt opgeheven.", examples=["2018-06-30"])
    toelichting: str = Field(description="Waarom.", examples=["Inwonertal klopt niet"])
    rol: str = Field(description="Rol van wie het vastlegde.", examples=["gemeente"])
    vastgelegd_op: Moment = Field(description="Wanneer vastgelegd.", examples=["2018-03-01T09:00:00.000Z"])
    opgeheven_op: Day | None = Field(
        description="Vanaf welke dag zij niet meer geldt, als zij is opgeheven.", examples=["2018-04-01"]
    )
    opheffing: str | None = Field(description="Waarom zij is opgeheven.", examples=["Inwonertal is nagekeken en klopt"])


class AanhoudingenPagina(Page):
    """Aanhoudingen, in volgorde van ontstaan."""

    results: list[Aanhouding] = Field(description="De aanhoudingen op deze pagina.")
