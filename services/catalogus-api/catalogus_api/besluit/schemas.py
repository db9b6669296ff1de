"""Wire models of besluiten, and of what they permit."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, Flag, GivenDay, GivenUuid, Input, Line, Moment, Output
from pydantic import Field

from catalogus_api.besluit.rules import (
    AdviesOver,
    Bindt,
    Doel,
    Gremium,
    MateVanBinding,
    Nauwkeurigheid,
    Samenwerkingsvorm,
    Soort,
    Uitkomst,
    Uitvoeringsstructuur,
)

CODE = r"^[a-z0-9-]{1,60}$"
MEESTE_VOORZIENINGEN = 50
ID = "3f0c9a52-6d1e-4b7a-9c58-2e4d7f1a0b63"
Sorteer = Literal["datum", "-datum"]
Code = Annotated[str, Field(pattern=CODE, examples=["govroam"])]
_Tekst = Annotated[Line, Field(max_length=1000)]

_GREMIUM = "Wie besloot."
_SOORT = "Wat voor besluit; een kaderbesluit gaat over de samenwerking als geheel en draagt niets over een voorziening."
_DATUM = "Dag van het besluit; is alleen de maand of het jaar bekend, dan de laatste dag daarvan."
_NAUWKEURIGHEID = "Hoe precies de dag bekend is."
_UITKOMST = "Wat er besloten is; `niet bekend` als de bron alleen het voorstel geeft."
_VOORZIENINGEN = "Codes van de voorzieningen waarover het gaat."
_UITROL = "Hoe de voorziening bij gemeenten komt."
_TIJDPAD = "Binnen welke tijd."
_BINDING = "Hoe bindend het is: vrij; voor wie deelneemt; voor alle gemeenten."
_VORM = "Hoe gemeenten samenwerken."
_STRUCTUUR = "Waar de uitvoering ligt."
_FINANCIERING = "Of en hoe er collectieve middelen voor nodig zijn."
_ADVIES_OVER = "Van een advies: over wat voor besluit het gaat."
_VOLGT_OP = "Identificatie van het besluit waarvoor het in de plaats komt."
_ADVIES = "Identificatie van het advies van het College dat eraan voorafging."
_GEVOLGD = "Of dat advies is gevolgd."
_BRON = "Waar dit staat."


class BesluitenVan(PageQuery):
    """Which besluiten about one voorziening."""

    gremium: Gremium | None = Field(None, description="Alleen van dit gremium.", examples=["bestuur"])
    soort: Soort | None = Field(None, description="Alleen van deze soort.", examples=["opschaling"])
    uitkomst: Uitkomst | None = Field(None, description="Alleen met deze uitkomst.", examples=["positief"])
    vanaf: GivenDay | None = Field(None, description="Alleen van deze dag of later.", examples=["2017-01-01"])
    tot: GivenDay | None = Field(None, description="Alleen van voor deze dag.", examples=["2021-01-01"])
    sorteer: Sorteer = Field("-datum", description="Volgorde, met - ervoor het laatste eerst.", examples=["datum"])


class BesluitenFilter(BesluitenVan):
    """Which besluiten: every condition must hold."""

    voorziening: Code | None = Field(None, description="Alleen over deze voorziening.")


class BesluitVindplaats(Input):
    """Waar een besluit of een deel ervan staat."""

    stuk: Annotated[Line, Field(max_length=120)] = Field(description="Het stuk.", examples=["VNG, BALV 30-11-2016, voorstel D"])
    pagina: Annotated[Line, Field(max_length=20)] | None = Field(
        None, description="Bladzij of bladzijden; null als het stuk er geen heeft.", examples=["25"]
    )
    citaat: Annotated[Line, Field(max_length=1000)] = Field(
        description="Wat er staat, letterlijk.", examples=["Dit tarief wordt jaarlijks geïndexeerd."]
    )


class NieuwBesluit(Input):
    """Een genomen besluit om vast te leggen. Wat vastligt, verandert niet meer; een later besluit kan het opvolgen."""

    gremium: Gremium = Field(description=_GREMIUM, examples=["bestuur"])
    soort: Soort = Field(description=_SOORT, examples=["start initiatief"])
    datum: GivenDay = Field(description=_DATUM, examples=["2018-01-10"])
    nauwkeurigheid: Nauwkeurigheid = Field("dag", description=_NAUWKEURIGHEID, examples=["dag"])
    uitkomst: Uitkomst = Field(description=_UITKOMST, examples=["positief"])
    voorzieningen: list[Code] = Field([], max_length=MEESTE_VOORZIENINGEN, description=_VOORZIENINGEN, examples=[["govroam"]])
    titel: Line = Field(max_length=200, description="Het besluit in één regel.", examples=["Start van een initiatief"])
    tekst: Line = Field(max_length=4000, description="Wat er besloten is.", examples=["Het initiatief kan beginnen."])
    uitrol: _Tekst | None = Field(None, description=_UITROL)
    tijdpad: _Tekst | None = Field(None, description=_TIJDPAD)
    mate_van_binding: MateVanBinding | None = Field(None, description=_BINDING, examples=["vrij"])
    samenwerkingsvorm: Samenwerkingsvorm | None = Field(None, description=_VORM, examples=["samen bouwen"])
    uitvoeringsstructuur: Uitvoeringsstructuur | None = Field(None, description=_STRUCTUUR, examples=["landelijk"])
    financiering: _Tekst | None = Field(None, description=_FINANCIERING)
    advies_over: AdviesOver | None = Field(None, description=_ADVIES_OVER)
    volgt_op: GivenUuid | None = Field(None, description=_VOLGT_OP)
    advies: GivenUuid | None = Field(None, description=_ADVIES)
    advies_gevolgd: Flag | None = Field(None, description=_GEVOLGD)
    bronvermelding: Line = Field(max_length=300, description=_BRON, examples=["Besluitenlijst van 10-1-2018"])
    vindplaatsen: list[BesluitVindplaats] = Field([], max_length=50, description="Waar het precies staat.")


class BesluitKort(Output):
    """Een besluit zoals het in een lijst staat; de rest staat bij het besluit zelf."""

    id: UUID = Field(description="Identificatie.", examples=[ID])
    pad: str = Field(description="Pad van het besluit.", examples=[f"/v1/besluiten/{ID}"])
    gremium: Gremium = Field(description=_GREMIUM, examples=["bestuur"])
    soort: Soort = Field(description=_SOORT, examples=["start initiatief"])
    datum: Day = Field(description=_DATUM, examples=["2018-01-10"])
    nauwkeurigheid: Nauwkeurigheid = Field(description=_NAUWKEURIGHEID, examples=["dag"])
    uitkomst: Uitkomst = Field(description=_UITKOMST, examples=["positief"])
    titel: str = Field(description="Het besluit in één regel.", examples=["Start van een initiatief"])
    voorzieningen: list[str] = Field(
        description="Codes van de voorzieningen waarover het gaat en die u mag zien.", examples=[["govroam"]]
    )
    mate_van_binding: MateVanBinding | None = Field(description=_BINDING, examples=["vrij"])
    samenwerkingsvorm: Samenwerkingsvorm | None = Field(description=_VORM, examples=["samen bouwen"])
    advies_over: AdviesOver | None = Field(description=_ADVIES_OVER)
    bronvermelding: str = Field(description=_BRON, examples=["Besluitenlijst van 10-1-2018"])


class BesluitVindplaatsVermeld(Output):
    """Waar een besluit staat, zoals het is vastgelegd."""

    stuk: str = Field(description="Het stuk.", examples=["VNG, BALV 30-11-2016, voorstel D"])
    pagina: str | None = Field(description="Bladzij of bladzijden; null als het stuk er geen heeft.", examples=["25"])
    citaat: str = Field(description="Wat er staat, letterlijk.", examples=["Dit tarief wordt jaarlijks geïndexeerd."])


class Besluit(BesluitKort):
    """Een besluit, met alles wat ervan bekend is."""

    tekst: str = Field(description="Wat er besloten is.", examples=["Het initiatief kan beginnen."])
    uitrol: str | None = Field(description=_UITROL)
    tijdpad: str | None = Field(description=_TIJDPAD)
    uitvoeringsstructuur: Uitvoeringsstructuur | None = Field(description=_STRUCTUUR, examples=["landelijk"])
    financiering: str | None = Field(description=_FINANCIERING)
    volgt_op: UUID | None = Field(description=_VOLGT_OP)
    opgevolgd_door: list[UUID] = Field(
        description="Identificaties van de besluiten die ervoor in de plaats kwamen, elk voor een of meer van de voorzieningen."
    )
    advies: UUID | None = Field(description=_ADVIES)
    advies_gevolgd: bool | None = Field(description=_GEVOLGD)
    vindplaatsen: list[BesluitVindplaatsVermeld] = Field(description="Waar het precies staat.")
    vastgelegd_op: Moment = Field(description="Wanneer het is vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])
    vastgelegd_door: str | None = Field(
        description="OIN van wie het vastlegde; null als het met de software is ingelezen.", examples=["00000099000000000002"]
    )
    vastgelegd_namens: str | None = Field(description="OIN namens wie; null als het niet namens een ander was.")
    vastgelegd_als: str | None = Field(
        description="Rol waarmee het is vastgelegd: van het gremium zelf, of van het beheer namens het gremium.",
        examples=["bestuur"],
    )


class BesluitenPagina(Page):
    """Besluiten, in de gevraagde volgorde."""

    results: list[BesluitKort] = Field(description="De besluiten op deze pagina.")


class VoorzieningBesluitenPagina(Page):
    """Besluiten over een voorziening, in de gevraagde volgorde."""

    results: list[BesluitKort] = Field(description="De besluiten op deze pagina.")


class Vraag(Input):
    """Wat men wil weten: of er een besluit is dat dit toestaat."""

    voor: Doel = Field(description="Wat men ermee wil doen.", examples=["verplichting"])
    op: GivenDay | None = Field(None, description="Aan het eind van welke dag; zonder vandaag.", examples=["2018-01-15"])


class Grondslag(Output):
    """Of besluiten iets toestaan voor een voorziening, en welke."""

    voorziening: str = Field(description="Code van de voorziening.", examples=["govroam"])
    voor: Doel = Field(description="Wat men ermee wil doen.", examples=["verplichting"])
    op: Day = Field(description="Aan het eind van deze dag.", examples=["2018-01-15"])
    toegestaan: bool = Field(description="Of er een besluit is dat het toestaat.", examples=[True])
    uitleg: str = Field(
        description="Waarom wel of niet.", examples=["Verplichting rust op: start initiatief van bestuur, 2018-01-10."]
    )
    besluiten: list[BesluitKort] = Field(description="De besluiten waarop het rust, het zwaarste eerst.")
    mate_van_binding: MateVanBinding | None = Field(
        description="Hoe bindend deelname die dag is; null als geen besluit het zegt.", examples=["vrij"]
    )
    bindt: Bindt | None = Field(description="Wie dat bindt; null als geen besluit het zegt.", examples=["niemand"])
