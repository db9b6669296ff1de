"""Wire models of sellers and of how BTW is treated."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from gemeengoed_kit.pagination import Page
from gemeengoed_kit.schema import Day, GivenDay, Input, Line, Moment, Output
from pydantic import Field

from abonnement_api.tarief.schemas import Decimaal, Slug

OIN = "^[0-9]{20}$"
Tekst = Annotated[Line, Field(min_length=1, max_length=200)]
Postcode = Annotated[str, Field(pattern=r"^[0-9]{4} [A-Z]{2}$")]
_ATOOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
Email = Annotated[str, Field(max_length=254, pattern=rf"^{_ATOOM}(\.{_ATOOM})*@{_LABEL}(\.{_LABEL})*$")]
"""An address that can stand in the header of a mail as it is (RFC 5322, dot-atom): ASCII, without comma, quote or bracket."""


class VerkopergegevensInvoer(Input):
    """Wat van een verkoper op zijn facturen staat."""

    vanaf: GivenDay = Field(description="Eerste factuurdatum waarvoor dit geldt.", examples=["2018-01-01"])
    naam: Tekst = Field(description="Statutaire naam.", examples=["stichting Voorbeeld"])
    kvk: str = Field(pattern="^[0-9]{8}$", description="Nummer in het handelsregister.", examples=["99000001"])
    oin: str | None = Field(None, pattern=OIN, description="OIN, als zij er een heeft.", examples=["00000099000000002000"])
    btw_id: str | None = Field(
        None,
        pattern="^NL[0-9]{9}B[0-9]{2}$",
        description="Btw-nummer; nodig bij belaste en vrijgestelde diensten.",
        examples=["NL123456782B90"],
    )
    iban: str | None = Field(
        None,
        pattern="^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$",
        description="Rekening waarop zij haar deel krijgt.",
        examples=["NL69TEST0000000001"],
    )
    straat: Tekst = Field(description="Straat en huisnummer.", examples=["Teststraat 1"])
    postcode: Postcode = Field(description="Postcode.", examples=["0000 AA"])
    plaats: Tekst = Field(description="Plaats.", examples=["Voorbeeldstad"])
    email: Email = Field(description="Adres voor vragen over facturen.", examples=["facturen@voorbeeld.example"])


class Verkopergegevens(Output):
    """Wat van een verkoper op zijn facturen staat, in de versie die nu de laatste is."""

    aanbieder: str = Field(description="Code van de aanbieder.", examples=["administratiebureau"])
    versie: int = Field(description="Hoeveelste versie dit is.", examples=[1])
    vanaf: Day = Field(description="Eerste factuurdatum waarvoor dit geldt.", examples=["2018-01-01"])
    naam: str = Field(description="Statutaire naam.", examples=["stichting Voorbeeld"])
    kvk: str = Field(description="Nummer in het handelsregister.", examples=["99000001"])
    oin: str | None = Field(description="OIN.", examples=["00000099000000002000"])
    btw_id: str | None = Field(description="Btw-nummer.", examples=["NL123456782B90"])
    iban: str | None = Field(description="Rekening waarop zij haar deel krijgt.", examples=["NL69TEST0000000001"])
    straat: str = Field(description="Straat en huisnummer.", examples=["Teststraat 1"])
    postcode: str = Field(description="Postcode.", examples=["0000 AA"])
    plaats: str = Field(description="Plaats.", examples=["Voorbeeldstad"])
    email: str = Field(description="Adres voor vragen over facturen.", examples=["facturen@voorbeeld.example"])
    vastgelegd_op: Moment = Field(description="Wanneer dit is vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])


CATEGORIE = "`S` belast, `E` vrijgesteld, `O` buiten de btw, of `niet-vastgesteld`: dan gaat er geen factuur uit."
Categorie = Literal["S", "E", "O", "niet-vastgesteld"]


class BtwInvoer(Input):
    """Hoe een verkoper een dienst voor de btw behandelt."""

    vanaf: GivenDay = Field(description="Eerste factuurdatum waarvoor dit geldt.", examples=["2018-01-01"])
    categorie: Categorie = Field(description=CATEGORIE, examples=["E"])
    percentage: Decimaal = Field(Decimal(0), description="Tarief van de btw; alleen bij `S`.", examples=["21.00"])
    tekst: Annotated[Line, Field(min_length=1, max_length=300)] | None = Field(
        None, description="Reden op de factuur; bij `E` en `O`.", examples=["Vrijgesteld van btw"]
    )
    bron: Annotated[Line, Field(min_length=1, max_length=500)] = Field(
        description="Wie dit heeft vastgesteld, en waar dat staat.",
        examples=["Beschikking van de inspecteur van 1 december 2017"],
    )


class BtwBehandeling(Output):
    """Hoe een verkoper een dienst voor de btw behandelt."""

    verkoper: str = Field(description="Code van de aanbieder die verkoopt.", examples=["administratiebureau"])
    dienst: str = Field(description="Code van de dienst.", examples=["kindertelefoon"])
    versie: int = Field(description="Hoeveelste versie dit is.", examples=[1])
    vanaf: Day = Field(description="Eerste factuurdatum waarvoor dit geldt.", examples=["2018-01-01"])
    categorie: Categorie = Field(description=CATEGORIE, examples=["E"])
    percentage: Decimaal = Field(description="Tarief van de btw.", examples=["0.00"])
    tekst: str | None = Field(description="Reden op de factuur.", examples=["Vrijgesteld van btw"])
    bron: str = Field(description="Wie dit heeft vastgesteld, en waar dat staat.", examples=["Aanname van de proef"])
    vastgelegd_op: Moment = Field(description="Wanneer dit is vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])


class BtwBehandelingenPagina(Page):
    """Elke versie van elke behandeling van een verkoper, op dienst."""

    results: list[BtwBehandeling] = Field(description="De behandelingen op deze pagina.")


WIJZE = (
    "`bureau`: het bureau verkoopt in eigen naam. `stichtingen`: elke stichting verkoopt haar eigen dienst; het bureau maakt de "
    "facturen en ontvangt het geld. `penvoerder`: één stichting verkoopt alles."
)
Wijze = Literal["bureau", "stichtingen", "penvoerder"]


class VerkoopwijzeInvoer(Input):
    """In wiens naam facturen worden gemaakt. Wat een gemeente betaalt, is bij elke wijze gelijk."""

    wijze: Wijze = Field(description=WIJZE, examples=["bureau"])
    penvoerder: Slug | None = Field(None, description="Bij `penvoerder`: welke stichting.", examples=["stichting-akj"])
    bron: Annotated[Line, Field(min_length=1, max_length=500)] = Field(
        description="Wie dit heeft besloten, en waar dat staat.", examples=["Overeenkomst van 1 december 2017"]
    )


class Verkoopwijze(Output):
    """In wiens naam facturen worden gemaakt, vanaf een jaar."""

    vanaf_jaar: int = Field(description="Eerste jaar waarvoor dit geldt.", examples=[2018])
    versie: int = Field(description="Hoeveelste versie dit is.", examples=[1])
    wijze: Wijze = Field(description=WIJZE, examples=["bureau"])
    penvoerder: str | None = Field(description="Welke stichting alles verkoopt.", examples=["stichting-akj"])
    bron: str = Field(description="Wie dit heeft besloten, en waar dat staat.", examples=["Overeenkomst van 1 december 2017"])
    vastgelegd_op: Moment = Field(description="Wanneer dit is vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])


class VerkoopwijzenPagina(Page):
    """Verkoopwijzen, op jaar."""

    results: list[Verkoopwijze] = Field(description="De verkoopwijzen op deze pagina.")
