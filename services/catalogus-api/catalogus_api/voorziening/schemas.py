"""Wire models of voorzieningen."""

from __future__ import annotations

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Output, Term
from pydantic import Field


class VoorzieningenFilter(PageQuery):
    domein: Term | None = Field(
        None, max_length=60, description="Alleen voorzieningen in dit domein.", examples=["sociaal domein"]
    )
    naam: Term | None = Field(None, max_length=60, description="Deel van de naam.", examples=["telefoon"])


class Voorziening(Output):
    """Een voorziening die gemeenten delen."""

    code: str = Field(description="Identificatie.", examples=["kindertelefoon"])
    naam: str = Field(description="Naam.", examples=["Kindertelefoon"])
    soort: str = Field(description="Soort voorziening.", examples=["dienst"])
    domein: str = Field(description="Domein.", examples=["sociaal domein"])
    omschrijving: str = Field(description="Wat het is.", examples=["Een vertrouwelijk gesprek voor kinderen."])
    eigenaar: str = Field(description="Wie haar aanbiedt.", examples=["stichting Kindertelefoon"])
    fase: str = Field(description="Fase in de levensloop.", examples=["in beheer"])
    mate_van_binding: str = Field(description="Hoe bindend deelname is.", examples=["algemeen bindend"])
    bronvermelding: str = Field(description="Waar dit staat.", examples=["BALV 30-11-2016, voorstel D"])


class VoorzieningenPagina(Page):
    """Voorzieningen, op code."""

    results: list[Voorziening] = Field(description="De voorzieningen op deze pagina.")
