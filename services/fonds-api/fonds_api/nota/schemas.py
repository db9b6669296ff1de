"""Wire models of nota's."""

from __future__ import annotations

from typing import Annotated

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, Digits, Input, Line, Moment, Output, Reference, Whole, YesNo
from pydantic import Field

from fonds_api.afrekening.schemas import AFREKENING_ID, RONDE_ID
from fonds_api.fonds.schemas import FONDSCODE
from fonds_api.nota.rules import Soort

NOTA_ID = r"^[a-z][a-z0-9-]{0,39}-[0-9]{4}-[0-9]{5}$"
_NOTA = "Fonds, jaar en nummer."


class NieuweNotaronde(Input):
    """Waarvan nota's te maken: van een termijn van een ronde, of van een afrekening."""

    ronde: str | None = Field(
        None, pattern=RONDE_ID, max_length=45, description="Identificatie van de ronde.", examples=["ggu-2020"]
    )
    termijn: Annotated[Whole, Field(ge=1, le=12)] | None = Field(
        None, description="Volgnummer van de termijn, vanaf 1.", examples=[1]
    )
    afrekening: str | None = Field(
        None, pattern=AFREKENING_ID, max_length=50, description="Identificatie van de afrekening.", examples=["ggu-2020-1"]
    )


class NieuweCreditnota(Input):
    """Wat van een nota terug te nemen."""

    bedrag_cent: Annotated[Whole, Field(ge=1, le=10**12)] = Field(description="Bedrag in centen.", examples=[107437899])
    reden: Line = Field(max_length=300, description="Waarom.", examples=["Verkeerd geadresseerd"])


class NotasFilter(PageQuery):
    fonds: str | None = Field(None, pattern=FONDSCODE, description="Alleen van dit fonds.", examples=["ggu"])
    jaar: Digits | None = Field(None, ge=2000, le=2100, description="Alleen met een datum in dit jaar.", examples=[2020])
    gemeentecode: str | None = Field(None, pattern=r"^GM[0-9]{4}$", description="Alleen van deze gemeente.", examples=["GM0344"])
    ronde: str | None = Field(None, pattern=RONDE_ID, max_length=45, description="Alleen van deze ronde.", examples=["ggu-2020"])
    afrekening: str | None = Field(
        None, pattern=AFREKENING_ID, max_length=50, description="Alleen van deze afrekening.", examples=["ggu-2020-1"]
    )
    open: YesNo | None = Field(None, description="Alleen waarvan nog iets openstaat, of juist niet.", examples=[True])


class Nota(Output):
    """Een vordering op een gemeente, of (negatief) wat zij terugkrijgt. Zij verandert nooit."""

    id: str = Field(description=_NOTA, examples=["ggu-2020-00001"])
    fonds: str = Field(description="Fonds waaraan wordt betaald.", examples=["ggu"])
    jaar: int = Field(description="Jaar van de datum.", examples=[2020])
    nummer: int = Field(ge=1, description="Volgnummer binnen fonds en jaar, zonder gaten.", examples=[1])
    soort: Soort = Field(description="Nota of creditnota.", examples=["nota"])
    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    gemeentenaam: str = Field(description="Naam.", examples=["Utrecht"])
    gemeente: Reference = Field(description="De gemeente in de catalogus.")
    bedrag_cent: int = Field(description="Te betalen (of, negatief, terug te krijgen), in centen.", examples=[107437899])
    open_cent: int = Field(
        description="Wat daarvan openstaat na creditnota's en ontvangsten, in centen; negatief als er te veel is betaald.",
        examples=[107437899],
    )
    tegenrekening: str = Field(description="Rekening waarop tegenover 1300 is geboekt.", examples=["8000"])
    datum: Day = Field(description="Datum.", examples=["2020-02-01"])
    vervaldatum: Day = Field(description="Laatste dag om te betalen.", examples=["2020-03-02"])
    omschrijving: str = Field(description="Waar het om gaat.", examples=["Bijdrage ggu 2020, termijn 1"])
    ronde: str | None = Field(description="Ronde waar zij van is; anders null.", examples=["ggu-2020"])
    termijn: int | None = Field(description="Termijn van de ronde; anders null.", examples=[1])
    afrekening: str | None = Field(description="Afrekening waar zij van is; anders null.", examples=["ggu-2020-1"])
    betreft: str | None = Field(description="Nota die zij crediteert; anders null.", examples=["ggu-2020-00001"])
    reden: str | None = Field(description="Waarom is gecrediteerd; anders null.", examples=["Verkeerd geadresseerd"])
    gemaakt_op: Moment = Field(description="Wanneer zij is gemaakt.", examples=["2020-02-01T09:00:00.000Z"])


class NotasPagina(Page):
    """Nota's, op fonds, jaar en nummer."""

    bedrag_cent: int = Field(description="Som van de bedragen, ook die op andere pagina's, in centen.", examples=[5230000000])
    open_cent: int = Field(description="Som van wat openstaat, ook op andere pagina's, in centen.", examples=[5230000000])
    results: list[Nota] = Field(description="De nota's op deze pagina.")


class Notaronde(Output):
    """Wat er aan nota's is gemaakt."""

    fonds: str = Field(description="Fonds.", examples=["ggu"])
    ronde: str | None = Field(description="Ronde waarvan; anders null.", examples=["ggu-2020"])
    termijn: int | None = Field(description="Termijn van de ronde; anders null.", examples=[1])
    afrekening: str | None = Field(description="Afrekening waarvan; anders null.", examples=["ggu-2020-1"])
    aantal: int = Field(ge=0, description="Aantal nota's; een bedrag van nul geeft er geen.", examples=[355])
    bedrag_cent: int = Field(description="Samen, in centen.", examples=[5230000000])
    eerste: str | None = Field(description="Eerste nota; null als er geen is.", examples=["ggu-2020-00001"])
    laatste: str | None = Field(description="Laatste nota; null als er geen is.", examples=["ggu-2020-00355"])
