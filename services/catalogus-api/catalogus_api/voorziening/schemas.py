"""Wire models of voorzieningen."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Digits, Input, Line, Moment, Output, Term, Whole, YesNo, all_required, only_required
from pydantic import ConfigDict, Field

from catalogus_api.voorziening.rules import Domein, Fase, Gebruiker, MateVanBinding, Prioriteit, Publicatiestatus, Soort

CODE = r"^[a-z0-9-]{1,60}$"
URL = r"^https://[!-~]{3,490}$"
Sorteer = Literal["code", "-code", "naam", "-naam", "domein", "-domein", "soort", "-soort", "gewijzigdOp", "-gewijzigdOp"]
Onderwerp = Literal[
    "naam",
    "soort",
    "spoor",
    "domein",
    "prioriteit",
    "omschrijving",
    "eigenaar",
    "ontwikkelaars",
    "gebruikers",
    "leveranciers",
    "bouwstenen",
    "links",
    "mateVanBinding",
    "fase",
    "beheerstap",
]


class Keuze(Input):
    """Which voorzieningen: every condition must hold."""

    zoek: Term | None = Field(
        None,
        max_length=60,
        description="Zoekt in naam, omschrijving en wie en wat erbij hoort; accenten, hoofdletters en een tikfout maken niet "
        "uit. De eerste acht woorden tellen.",
        examples=["overlijden"],
    )
    domein: Term | None = Field(
        None, max_length=60, description="Alleen voorzieningen in dit domein.", examples=["sociaal domein"]
    )
    naam: Term | None = Field(None, max_length=60, description="Deel van de naam.", examples=["telefoon"])
    soort: Soort | None = Field(None, description="Alleen van deze soort.", examples=["dienst"])
    spoor: Digits | None = Field(
        None, ge=1, le=2, description="1 voor primaire processen, 2 voor i-dienstverlening.", examples=[1]
    )
    prioriteit: Prioriteit | None = Field(None, description="Alleen bij deze GGU-prioriteit.", examples=["B2"])
    fase: Fase | None = Field(None, description="Alleen in deze fase.", examples=["in beheer"])
    mate_van_binding: MateVanBinding | None = Field(
        None, description="Alleen met deze mate van binding.", examples=["algemeen bindend"]
    )
    publicatiestatus: Publicatiestatus | None = Field(
        None, description="Alleen met deze status; concepten ziet alleen catalogusbeheer.", examples=["gepubliceerd"]
    )
    gebruiker: Gebruiker | None = Field(None, description="Alleen voor deze gebruikers.", examples=["gemeente"])
    eigenaar: Term | None = Field(
        None, max_length=60, description="Alleen van deze eigenaar.", examples=["stichting Kindertelefoon"]
    )
    ontwikkelaar: Term | None = Field(None, max_length=60, description="Alleen van deze ontwikkelaar.", examples=["RDW"])
    leverancier: Term | None = Field(None, max_length=60, description="Alleen van deze leverancier.", examples=["EZ"])
    bouwsteen: Term | None = Field(None, max_length=60, description="Alleen met deze bouwsteen.", examples=["DigiD"])
    stuk: Term | None = Field(
        None, max_length=60, description="Alleen wat op dit stuk berust.", examples=["VNG, BALV 30-11-2016, voorstel D"]
    )
    heeft_broncode: YesNo | None = Field(None, description="Of de broncode een vindplaats heeft.", examples=[False])
    heeft_api_specificatie: YesNo | None = Field(
        None, description="Of de API-specificatie een vindplaats heeft.", examples=[False]
    )
    heeft_documentatie: YesNo | None = Field(None, description="Of de documentatie een vindplaats heeft.", examples=[False])


class Gesorteerd(Keuze):
    """Which voorzieningen, and in what order: the same for the list and for every file."""

    sorteer: Sorteer | None = Field(
        None,
        description="Volgorde, met - ervoor aflopend. Zonder dit gegeven: op code, en bij `zoek` wat het best past eerst.",
        examples=["naam"],
    )


class VoorzieningenFilter(Gesorteerd, PageQuery):
    """As the files, in pages."""


Naam = Annotated[Line, Field(max_length=120, description="Naam.", examples=["Kindertelefoon"])]
EenSoort = Annotated[Soort, Field(description="Soort voorziening.", examples=["dienst"])]
Spoor = Annotated[
    Whole, Field(ge=1, le=2, description="1: primaire processen; 2: i-dienstverlening; null: niet ingedeeld.", examples=[1])
]
EenDomein = Annotated[Domein, Field(description="Domein.", examples=["sociaal domein"])]
EenPrioriteit = Annotated[Prioriteit, Field(description="GGU-prioriteit; null: niet ingedeeld.", examples=["C2"])]
Omschrijving = Annotated[
    Line, Field(max_length=2000, description="Wat het is.", examples=["Een vertrouwelijk gesprek voor kinderen."])
]
Eigenaar = Annotated[
    Line, Field(max_length=120, description="Wie haar aanbiedt; null: onbekend.", examples=["stichting Kindertelefoon"])
]
_Naam = Annotated[Line, Field(max_length=60)]
Ontwikkelaars = Annotated[list[_Naam], Field(max_length=50, description="Wie haar ontwikkelt.", examples=[["NVVB", "RDW"]])]
Gebruikers = Annotated[list[Gebruiker], Field(max_length=5, description="Wie haar gebruikt.", examples=[["inwoner"]])]
Leveranciers = Annotated[list[_Naam], Field(max_length=200, description="Wie haar levert.", examples=[["EZ"]])]
Bouwstenen = Annotated[list[_Naam], Field(max_length=50, description="Waar zij gebruik van maakt.", examples=[["DigiD"]])]
Adres = Annotated[str, Field(pattern=URL)]
Broncode = Annotated[Adres, Field(description="Adres van de broncode.", examples=["https://code.example/x"])]
ApiSpecificatie = Annotated[Adres, Field(description="Adres van de API-specificatie.", examples=["https://api.example/x.json"])]
Documentatie = Annotated[Adres, Field(description="Adres van de documentatie.", examples=["https://docs.example/x"])]
Binding = Annotated[
    MateVanBinding, Field(description="Hoe bindend deelname is; null: niet bepaald.", examples=["algemeen bindend"])
]
Bronvermelding = Annotated[
    Line, Field(max_length=500, description="Waar dit staat.", examples=["VNG, BALV 30-11-2016, voorstel D"])
]


class Vindplaats(Input):
    """Waar iets over de voorziening staat."""

    stuk: Annotated[Line, Field(max_length=120)] = Field(description="Het stuk.", examples=["VNG, BALV 30-11-2016, voorstel D"])
    pagina: Annotated[Line, Field(max_length=20)] | None = Field(
        None, description="Bladzij of bladzijden; null als het stuk er geen heeft.", examples=["25"]
    )
    over: list[Onderwerp] = Field(
        min_length=1, max_length=15, description="Welke gegevens van de voorziening erop berusten.", examples=[["omschrijving"]]
    )
    citaat: Annotated[Line, Field(max_length=1000)] = Field(
        description="Wat er staat, letterlijk.", examples=["een kind dat woont in Groningen"]
    )


Vindplaatsen = Annotated[list[Vindplaats], Field(max_length=50, description="Per gegeven waar het staat.")]


_BLIJFT: Any = None
"""Stands for what a change does not name; null itself is refused there."""


class NieuweVoorziening(Input):
    """Een voorziening die nog niet in de catalogus staat; zij begint als concept, tenzij anders gezegd, en zonder fase: die
    krijgt zij met een faseovergang."""

    code: str = Field(pattern=CODE, description="Identificatie, voorgoed.", examples=["proefvoorziening"])
    naam: Naam
    soort: EenSoort
    spoor: Spoor | None = None
    domein: EenDomein
    prioriteit: EenPrioriteit | None = None
    omschrijving: Omschrijving
    eigenaar: Eigenaar | None = None
    ontwikkelaars: Ontwikkelaars = []
    gebruikers: Gebruikers = []
    leveranciers: Leveranciers = []
    bouwstenen: Bouwstenen = []
    broncode: Broncode | None = None
    api_specificatie: ApiSpecificatie | None = None
    documentatie: Documentatie | None = None
    mate_van_binding: Binding | None = None
    publicatiestatus: Publicatiestatus = Field("concept", description="Wie haar ziet.", examples=["concept"])
    bronvermelding: Bronvermelding
    vindplaatsen: Vindplaatsen = []


class VoorzieningWijziging(Input):
    """Wat er anders wordt; wat hier niet in staat, blijft. Een lijst komt in haar geheel in de plaats van de vorige. De fase
    verandert niet zo, maar met een faseovergang."""

    naam: Naam = _BLIJFT
    soort: EenSoort = _BLIJFT
    spoor: Spoor | None = None
    domein: EenDomein = _BLIJFT
    prioriteit: EenPrioriteit | None = None
    omschrijving: Omschrijving = _BLIJFT
    eigenaar: Eigenaar | None = None
    ontwikkelaars: Ontwikkelaars = _BLIJFT
    gebruikers: Gebruikers = _BLIJFT
    leveranciers: Leveranciers = _BLIJFT
    bouwstenen: Bouwstenen = _BLIJFT
    broncode: Broncode | None = None
    api_specificatie: ApiSpecificatie | None = None
    documentatie: Documentatie | None = None
    mate_van_binding: Binding | None = None
    publicatiestatus: Publicatiestatus = Field(
        _BLIJFT, description="`gepubliceerd` maakt haar openbaar; dat is niet terug te draaien.", examples=["gepubliceerd"]
    )
    bronvermelding: Bronvermelding = _BLIJFT
    vindplaatsen: Vindplaatsen = _BLIJFT


class VoorzieningKort(Output):
    """Een voorziening zoals zij in een lijst staat; de rest staat bij de voorziening zelf."""

    model_config = ConfigDict(json_schema_extra=only_required("code"))

    code: str = Field(description="Identificatie.", examples=["kindertelefoon"])
    naam: str = Field(description="Naam.", examples=["Kindertelefoon"])
    soort: str = Field(description="Soort voorziening.", examples=["dienst"])
    spoor: int | None = Field(
        ge=1, le=2, description="1: primaire processen; 2: i-dienstverlening; null: niet ingedeeld.", examples=[1]
    )
    domein: str = Field(description="Domein.", examples=["sociaal domein"])
    prioriteit: str | None = Field(description="GGU-prioriteit; null: niet ingedeeld.", examples=["C2"])
    omschrijving: str = Field(description="Wat het is.", examples=["Een vertrouwelijk gesprek voor kinderen."])
    eigenaar: str | None = Field(description="Wie haar aanbiedt; null: onbekend.", examples=["stichting Kindertelefoon"])
    fase: str | None = Field(
        description="Fase in de levensloop, zoals de laatste faseovergang haar gaf; null: niet bekend.", examples=["in beheer"]
    )
    beheerstap: str | None = Field(
        description="Stap van het in beheer nemen: starten, doorlopen of continueren; null: geen, of niet bekend.",
        examples=["continueren"],
    )
    mate_van_binding: str | None = Field(
        description="Hoe bindend deelname is; null: niet bepaald.", examples=["algemeen bindend"]
    )
    bronvermelding: str = Field(description="Waar dit staat.", examples=["BALV 30-11-2016, voorstel D"])
    publicatiestatus: str = Field(description="concept of gepubliceerd.", examples=["gepubliceerd"])


class VindplaatsVermeld(Output):
    """Waar iets over de voorziening staat, zoals het is vastgelegd."""

    stuk: str = Field(description="Het stuk.", examples=["VNG, BALV 30-11-2016, voorstel D"])
    pagina: str | None = Field(description="Bladzij of bladzijden; null als het stuk er geen heeft.", examples=["25"])
    over: list[str] = Field(description="Welke gegevens van de voorziening erop berusten.", examples=[["omschrijving"]])
    citaat: str = Field(description="Wat er staat, letterlijk.", examples=["een kind dat woont in Groningen"])


class Voorziening(VoorzieningKort):
    """Een voorziening die gemeenten delen, met alles wat ervan bekend is."""

    model_config = ConfigDict(json_schema_extra=all_required)

    ontwikkelaars: list[str] = Field(description="Wie haar ontwikkelt.", examples=[["NVVB", "RDW"]])
    gebruikers: list[str] = Field(description="Wie haar gebruikt.", examples=[["inwoner"]])
    leveranciers: list[str] = Field(description="Wie haar levert.", examples=[["EZ"]])
    bouwstenen: list[str] = Field(description="Waar zij gebruik van maakt.", examples=[["DigiD"]])
    broncode: str | None = Field(description="Adres van de broncode.", examples=["https://code.example/x"])
    api_specificatie: str | None = Field(description="Adres van de API-specificatie.", examples=["https://api.example/x.json"])
    documentatie: str | None = Field(description="Adres van de documentatie.", examples=["https://docs.example/x"])
    vindplaatsen: list[VindplaatsVermeld] = Field(description="Per gegeven waar het staat.")
    versie: int = Field(ge=1, description="Nummer van deze versie; ook de ETag.", examples=[1])
    gewijzigd_op: Moment = Field(description="Sinds wanneer dit er zo staat.", examples=["2018-01-15T09:00:00.000Z"])


class VoorzieningVersie(Output):
    """Eén versie van een voorziening, in haar geheel."""

    versie: int = Field(ge=1, description="Nummer van de versie.", examples=[2])
    gewijzigd_op: Moment = Field(description="Sinds wanneer dit er zo stond.", examples=["2018-01-15T09:00:00.000Z"])
    gewijzigd_door: str | None = Field(
        description="OIN van wie haar maakte; null als zij met de software is ingelezen.", examples=["00000099000000000002"]
    )
    gewijzigd_namens: str | None = Field(
        description="OIN namens wie; null als het niet namens een ander was.", examples=["00000099000000000003"]
    )
    gewijzigd: list[str] = Field(
        description="Wat anders is dan in de versie ervoor die u mag zien; alles als die er niet is.", examples=[["fase"]]
    )
    inhoud: Voorziening = Field(description="Wat er toen stond.")


class VoorzieningVersiesPagina(Page):
    """Versies van een voorziening, nieuwste eerst."""

    results: list[VoorzieningVersie] = Field(description="De versies op deze pagina.")


class Facetwaarde(Output):
    """Een waarde van een filter en hoeveel voorzieningen hem hebben."""

    waarde: str = Field(description="Waarde, zoals het filter haar vraagt.", examples=["dienst"])
    aantal: int = Field(ge=1, description="Aantal voorzieningen.", examples=[3])


class Facet(Output):
    """Een filter met zijn waarden."""

    filter: str = Field(description="Naam van het filter.", examples=["soort"])
    waarden: list[Facetwaarde] = Field(description="De honderd meest voorkomende waarden, meeste eerst.")


class Facetten(Output):
    """Hoe de gevonden voorzieningen over de filters zijn verdeeld."""

    count: int = Field(ge=0, description="Aantal gevonden voorzieningen.", examples=[3])
    results: list[Facet] = Field(description="Per filter de waarden die voorkomen.")
