"""Wire models of afrekeningen."""

from __future__ import annotations

from uuid import UUID

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, GivenUuid, Input, Line, Moment, Output
from pydantic import Field

from fonds_api.peiling.schemas import Inwonerstatus

RONDE_ID = r"^[a-z][a-z0-9-]{0,39}-[0-9]{4}$"
AFREKENING_ID = r"^[a-z][a-z0-9-]{0,39}-[0-9]{4}-[1-9][0-9]{0,2}$"
_PEILING = "5f0c4a52-6d1e-4b7a-9c58-2e4d7f1a0b63"


class NieuweAfrekening(Input):
    """Welke ronde af te rekenen, en met welke inwoners."""

    ronde: str = Field(pattern=RONDE_ID, max_length=45, description="Identificatie van de ronde.", examples=["ggu-2020"])
    peiling: GivenUuid = Field(description="Peiling met de definitieve inwoners.", examples=[_PEILING])
    omschrijving: Line = Field(max_length=300, description="Waar het om gaat.", examples=["Afrekening 2020"])


class AfrekeningenFilter(PageQuery):
    ronde: str | None = Field(None, pattern=RONDE_ID, max_length=45, description="Alleen van deze ronde.", examples=["ggu-2020"])


class AfrekeningregelsFilter(PageQuery):
    afrekening: str | None = Field(
        None, pattern=AFREKENING_ID, max_length=50, description="Alleen van deze afrekening.", examples=["ggu-2020-1"]
    )
    gemeentecode: str | None = Field(None, pattern=r"^GM[0-9]{4}$", description="Alleen van deze gemeente.", examples=["GM0344"])


class Afrekening(Output):
    """De afrekening van een ronde: wat zij had moeten zijn, min wat is berekend. Zij verandert nooit."""

    id: str = Field(description="Ronde en volgnummer.", examples=["ggu-2020-1"])
    fonds: str = Field(description="Fonds van de ronde.", examples=["ggu"])
    ronde: str = Field(description="Identificatie van de ronde.", examples=["ggu-2020"])
    nummer: int = Field(ge=1, description="Volgnummer binnen de ronde.", examples=[1])
    peiling: UUID = Field(description="Peiling met de inwoners.", examples=[_PEILING])
    datum: Day = Field(description="Dag van de afrekening.", examples=["2021-03-01"])
    omschrijving: str = Field(description="Waar het om gaat.", examples=["Afrekening 2020"])
    aantal: int = Field(ge=1, description="Aantal gemeenten.", examples=[355])
    totaal_cent: int = Field(ge=0, description="Wat de ronde had moeten zijn, in centen.", examples=[5230000000])
    verschil_cent: int = Field(description="Nog te berekenen (of, negatief, terug te geven), samen, in centen.", examples=[0])
    opbrengst_cent: int = Field(description="Wat van 1310 naar 8000 is geboekt, in centen.", examples=[0])
    vastgesteld_op: Moment = Field(description="Wanneer zij is vastgelegd.", examples=["2021-03-01T09:00:00.000Z"])


class AfrekeningenPagina(Page):
    """Afrekeningen, op ronde en nummer."""

    results: list[Afrekening] = Field(description="De afrekeningen op deze pagina.")


class Afrekeningregel(Output):
    """De afrekening met één gemeente."""

    afrekening: str = Field(description="Identificatie van de afrekening.", examples=["ggu-2020-1"])
    fonds: str = Field(description="Fonds van de ronde.", examples=["ggu"])
    ronde: str = Field(description="Identificatie van de ronde.", examples=["ggu-2020"])
    bijdrage: str = Field(description="Pad van de bijdrage.", examples=["/v1/bijdragen/ggu-2020-GM0344"])
    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    gemeentenaam: str = Field(description="Naam.", examples=["Utrecht"])
    inwoners_eerst: int = Field(ge=1, description="Inwoners waarmee de bijdrage is berekend.", examples=[357000])
    inwoners: int = Field(ge=1, description="Inwoners waarmee is afgerekend.", examples=[357597])
    inwonerstatus: Inwonerstatus | None = Field(
        description="Of de bron dat aantal definitief noemt; null als zij dat niet zegt.", examples=["definitief"]
    )
    bruto_cent: int = Field(ge=0, description="Het bedrag volgens de regel, vóór compensatie, in centen.", examples=[107437899])
    compensatie_cent: int = Field(ge=0, description="Herindelingscompensatie, in centen.", examples=[0])
    bedrag_cent: int = Field(ge=0, description="Wat de bijdrage had moeten zijn, in centen.", examples=[107437899])
    berekend_cent: int = Field(description="Termijnen en eerdere afrekeningen samen, in centen.", examples=[107000000])
    verschil_cent: int = Field(description="Nog te betalen (of, negatief, terug te krijgen), in centen.", examples=[437899])


class AfrekeningregelsPagina(Page):
    """Afrekeningen per gemeente, op afrekening en gemeentecode."""

    bedrag_cent: int = Field(
        ge=0, description="Som van de bedragen, ook die op andere pagina's, in centen.", examples=[107437899]
    )
    verschil_cent: int = Field(description="Som van de verschillen, ook die op andere pagina's, in centen.", examples=[437899])
    results: list[Afrekeningregel] = Field(description="De regels op deze pagina.")
