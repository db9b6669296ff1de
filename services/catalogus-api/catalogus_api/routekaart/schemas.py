"""Wire models of mijlpalen and the routekaart."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, GivenDay, Input, Line, Moment, Output, Term
from pydantic import Field

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
MEESTE_AFHANKELIJKHEDEN = 20
Soort = Literal["fase", "mijlpaal", "besluit"]
Status = Literal["voorgenomen", "vastgesteld", "gehaald", "vervallen"]
Nauwkeurigheid = Literal["dag", "maand", "kwartaal", "jaar"]
Publicatiestatus = Literal["concept", "gepubliceerd"]
Id = Annotated[str, Field(pattern=SLUG, max_length=60, description="Identificatie.", examples=["govroam-landelijk-dekkend"])]
Code = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$", examples=["kindertelefoon"])]

_NAAM = "Wat er gebeurt, in één regel."
_VOORZIENING = "Code van de voorziening waarover het gaat; zonder is zij van alle samen."
_SOORT = "Een fase duurt van begin tot en met eind; een mijlpaal of besluit valt op één moment."
_BEGIN = "Eerste dag: van de fase, of van de maand, het kwartaal of het jaar waarin het moment valt."
_EIND = "Laatste dag van een fase; een mijlpaal of besluit heeft er geen."
_NAUWKEURIGHEID = "Hoe precies de tijd bekend is: op de dag, of alleen de maand, het kwartaal of het jaar."
_STATUS = "Hoe zeker het is; wat niet doorgaat, is vervallen en blijft te zien."
_PUBLICATIESTATUS = "Een concept ziet alleen het beheer; wat gepubliceerd is, wordt geen concept meer."
_AFHANKELIJK = "Identificaties van wat er eerst moet zijn."


class RoutekaartFilter(Input):
    """Which mijlpalen: the same for the list and for every form of the routekaart."""

    voorziening: Code | None = Field(None, description="Alleen wat over deze voorziening gaat.")
    domein: Term | None = Field(
        None, max_length=60, description="Alleen wat over voorzieningen in dit domein gaat.", examples=["sociaal domein"]
    )
    vanaf: GivenDay | None = Field(None, description="Alleen wat op of na deze dag nog loopt of komt.", examples=["2017-01-01"])
    tot: GivenDay | None = Field(None, description="Alleen wat voor deze dag begint.", examples=["2021-01-01"])
    soort: Soort | None = Field(None, description="Alleen deze soort.", examples=["besluit"])
    status: Status | None = Field(None, description="Alleen met deze status.", examples=["voorgenomen"])


class MijlpalenFilter(RoutekaartFilter, PageQuery):
    """As the routekaart, in pages."""


class NieuweMijlpaal(Input):
    """Een mijlpaal om vast te leggen."""

    id: Id
    naam: Line = Field(max_length=120, description=_NAAM, examples=["Govroam landelijk dekkend"])
    voorziening: Code | None = Field(None, description=_VOORZIENING)
    soort: Soort = Field(description=_SOORT, examples=["mijlpaal"])
    begin: GivenDay = Field(description=_BEGIN, examples=["2017-10-01"])
    eind: GivenDay | None = Field(None, description=_EIND)
    nauwkeurigheid: Nauwkeurigheid = Field(description=_NAUWKEURIGHEID, examples=["kwartaal"])
    status: Status = Field(description=_STATUS, examples=["voorgenomen"])
    publicatiestatus: Publicatiestatus = Field(description=_PUBLICATIESTATUS, examples=["gepubliceerd"])
    omschrijving: Line = Field(max_length=1000, description="Wat het inhoudt.", examples=["Alle gemeenten zijn aangesloten."])
    bronvermelding: Line = Field(max_length=300, description="Waar dit staat.", examples=["BALV 30-11-2016, bijlage"])
    afhankelijk_van: list[Id] = Field([], max_length=MEESTE_AFHANKELIJKHEDEN, description=_AFHANKELIJK, examples=[[]])


class Mijlpaalwijziging(Input):
    """Wat er aan een mijlpaal verandert; wat ontbreekt, blijft."""

    naam: Line = Field(default_factory=str, max_length=120, description=_NAAM, examples=["Govroam landelijk dekkend"])
    voorziening: Code | None = Field(None, description=_VOORZIENING)
    soort: Soort = Field(default_factory=lambda: "mijlpaal", description=_SOORT, examples=["mijlpaal"])
    begin: GivenDay = Field(default_factory=lambda: date.min, description=_BEGIN, examples=["2018-01-01"])
    eind: GivenDay | None = Field(None, description=_EIND)
    nauwkeurigheid: Nauwkeurigheid = Field(default_factory=lambda: "dag", description=_NAUWKEURIGHEID, examples=["kwartaal"])
    status: Status = Field(default_factory=lambda: "voorgenomen", description=_STATUS, examples=["gehaald"])
    publicatiestatus: Publicatiestatus = Field(
        default_factory=lambda: "concept", description=_PUBLICATIESTATUS, examples=["gepubliceerd"]
    )
    omschrijving: Line = Field(
        default_factory=str, max_length=1000, description="Wat het inhoudt.", examples=["Alle gemeenten zijn aangesloten."]
    )
    bronvermelding: Line = Field(
        default_factory=str, max_length=300, description="Waar dit staat.", examples=["BALV 30-11-2016, bijlage"]
    )
    afhankelijk_van: list[Id] = Field(
        default_factory=list, max_length=MEESTE_AFHANKELIJKHEDEN, description=_AFHANKELIJK, examples=[[]]
    )


class Mijlpaal(Output):
    """Een mijlpaal, besluit of fase op de routekaart."""

    id: str = Field(description="Identificatie.", examples=["govroam-landelijk-dekkend"])
    versie: int = Field(ge=1, le=1_000_000, description="De hoeveelste versie dit is.", examples=[1])
    naam: str = Field(description=_NAAM, examples=["Govroam landelijk dekkend"])
    voorziening: str | None = Field(description=_VOORZIENING, examples=["kindertelefoon"])
    soort: Soort = Field(description=_SOORT, examples=["mijlpaal"])
    begin: Day = Field(description="Eerste dag waarop het kan zijn.", examples=["2017-10-01"])
    eind: Day = Field(description="Laatste dag waarop het kan zijn, of van de fase.", examples=["2017-12-31"])
    nauwkeurigheid: Nauwkeurigheid = Field(description=_NAUWKEURIGHEID, examples=["kwartaal"])
    status: Status = Field(description=_STATUS, examples=["voorgenomen"])
    publicatiestatus: Publicatiestatus = Field(description=_PUBLICATIESTATUS, examples=["gepubliceerd"])
    omschrijving: str = Field(description="Wat het inhoudt.", examples=["Alle gemeenten zijn aangesloten."])
    bronvermelding: str = Field(description="Waar dit staat.", examples=["BALV 30-11-2016, bijlage"])
    afhankelijk_van: list[str] = Field(description=_AFHANKELIJK, examples=[[]])
    vastgelegd_op: Moment = Field(description="Sinds wanneer deze versie er is.", examples=["2018-01-15T09:00:00.000Z"])


class MijlpalenPagina(Page):
    """Mijlpalen, op begin."""

    results: list[Mijlpaal] = Field(description="De mijlpalen op deze pagina.")


class MijlpaalversiesPagina(Page):
    """Versies van een mijlpaal, oudste eerst."""

    results: list[Mijlpaal] = Field(description="De versies op deze pagina.")


class Baan(Output):
    """Wat er over één voorziening op de routekaart staat."""

    voorziening: str | None = Field(description="Code van de voorziening; leeg voor wat van alle samen is.")
    naam: str = Field(description="Naam van de baan.", examples=["Kindertelefoon"])
    mijlpalen: list[Mijlpaal] = Field(description="Wat er in staat, op begin.")


class Afhankelijkheid(Output):
    """Het een moet er zijn voor het ander; beide staan op deze routekaart."""

    van: str = Field(description="Identificatie van wat er eerst moet zijn.", examples=["start-opschaling"])
    naar: str = Field(description="Identificatie van wat erop volgt.", examples=["govroam-landelijk-dekkend"])


class Routekaart(Output):
    """Wat er komt, per voorziening en in de tijd."""

    peildatum: Day = Field(description="De dag van vandaag.", examples=["2018-01-15"])
    begin: Day | None = Field(description="Eerste dag waarop iets staat; leeg als er niets is.", examples=["2017-01-01"])
    eind: Day | None = Field(description="Laatste dag waarop iets staat.", examples=["2021-12-31"])
    banen: list[Baan] = Field(description="De banen: wat van alle samen is, en dan per voorziening, wie het eerst begint boven.")
    afhankelijkheden: list[Afhankelijkheid] = Field(description="Wat van wat afhangt.")


def kolommen(nieuw: NieuweMijlpaal | Mijlpaalwijziging) -> dict[str, Any]:
    """What was given, by column."""
    return nieuw.model_dump(include=nieuw.model_fields_set)
