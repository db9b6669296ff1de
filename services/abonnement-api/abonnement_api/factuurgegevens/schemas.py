"""Wire models of what a gemeente wants on its invoice."""

from __future__ import annotations

from typing import Annotated, Literal

from gemeengoed_kit.pagination import Page
from gemeengoed_kit.schema import Input, Line, Moment, Output
from pydantic import Field

from abonnement_api.verkoper.schemas import OIN, Email, Postcode, Tekst

Kort = Annotated[Line, Field(min_length=1, max_length=60)]
PROFIEL = "Vorm van de e-factuur: `peppol` (Peppol BIS Billing 3) of `nlcius` (SI-UBL 2.0)."


class FactuurgegevensInvoer(Input):
    """Wat een gemeente op haar factuur wil. Een kenmerk of een ordernummer is nodig; beide mag."""

    profiel: Literal["peppol", "nlcius"] = Field("peppol", description=PROFIEL, examples=["peppol"])
    naam: Tekst = Field(description="Naam van de gemeente als organisatie.", examples=["Gemeente Voorbeeldstad"])
    oin: str = Field(pattern=OIN, description="OIN; ook het elektronische adres.", examples=["00000099000000003000"])
    straat: Tekst = Field(description="Straat en huisnummer, of postbus.", examples=["Teststraat 1"])
    postcode: Postcode = Field(description="Postcode.", examples=["0000 AA"])
    plaats: Tekst = Field(description="Plaats.", examples=["Voorbeeldstad"])
    kenmerk_afnemer: Kort | None = Field(None, description="Kenmerk of afdeling (BT-10).", examples=["KP-6540012"])
    ordernummer: Kort | None = Field(None, description="Bestelling of verplichting (BT-13).", examples=["INK-2017-0042"])
    contract: Kort | None = Field(None, description="Nummer van de overeenkomst (BT-12).", examples=["OVK-2017-0001"])
    kostenplaats: Kort | None = Field(None, description="Kostenplaats (BT-19).", examples=["6540012"])
    taakveld: str | None = Field(None, pattern=r"^[0-9]\.[0-9]{1,3}$", description="Taakveld van Iv3 (BT-133).", examples=["6.1"])
    email: Email | None = Field(None, description="Adres voor een factuur per e-mail.", examples=["facturen@voorbeeld.example"])


class GegevensVanGemeente(FactuurgegevensInvoer):
    """Wat deze gemeente op haar factuur wil."""

    gemeentecode: str = Field(pattern=r"^GM[0-9]{4}$", description="CBS-gemeentecode.", examples=["GM0344"])


class FactuurgegevensLijst(Input):
    """Wat veel gemeenten op hun factuur willen, in één keer."""

    gegevens: list[GegevensVanGemeente] = Field(min_length=1, max_length=1000, description="Per gemeente.")


class Vastgelegd(Output):
    """Hoeveel er is vastgelegd."""

    aantal: int = Field(description="Aantal gemeenten.", examples=[342])


class Factuurgegevens(Output):
    """Wat een gemeente op haar factuur wil, in de versie die nu de laatste is."""

    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    versie: int = Field(description="Hoeveelste versie dit is.", examples=[1])
    profiel: Literal["peppol", "nlcius"] = Field(description=PROFIEL, examples=["peppol"])
    naam: str = Field(description="Naam van de gemeente als organisatie.", examples=["Gemeente Voorbeeldstad"])
    oin: str = Field(description="OIN; ook het elektronische adres.", examples=["00000099000000003000"])
    straat: str = Field(description="Straat en huisnummer, of postbus.", examples=["Teststraat 1"])
    postcode: str = Field(description="Postcode.", examples=["0000 AA"])
    plaats: str = Field(description="Plaats.", examples=["Voorbeeldstad"])
    kenmerk_afnemer: str | None = Field(description="Kenmerk of afdeling (BT-10).", examples=["KP-6540012"])
    ordernummer: str | None = Field(description="Bestelling of verplichting (BT-13).", examples=["INK-2017-0042"])
    contract: str | None = Field(description="Nummer van de overeenkomst (BT-12).", examples=["OVK-2017-0001"])
    kostenplaats: str | None = Field(description="Kostenplaats (BT-19).", examples=["6540012"])
    taakveld: str | None = Field(description="Taakveld van Iv3 (BT-133).", examples=["6.1"])
    email: str | None = Field(description="Adres voor een factuur per e-mail.", examples=["facturen@voorbeeld.example"])
    vastgelegd_op: Moment = Field(description="Wanneer dit is vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])


class FactuurgegevensPagina(Page):
    """Factuurgegevens, op gemeentecode."""

    results: list[Factuurgegevens] = Field(description="De gegevens op deze pagina.")
