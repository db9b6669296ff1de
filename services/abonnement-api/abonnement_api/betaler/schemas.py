"""Wire models of who pays for others."""

from __future__ import annotations

from typing import Annotated, Literal

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, GivenDay, Input, Line, Moment, Output, Reference
from pydantic import Field

from abonnement_api.factuurgegevens.schemas import PROFIEL, Kort
from abonnement_api.tarief.schemas import Slug
from abonnement_api.verkoper.schemas import OIN, Email, Postcode, Tekst

Soort = Literal["samenwerkingsverband", "leverancier", "gemeente"]
Gemeentecode = Annotated[str, Field(pattern=r"^GM[0-9]{4}$")]
SOORT = "Wat voor organisatie het is."


class BetalerInvoer(Input):
    """Wie voor gemeenten betaalt, en wat hij op zijn factuur wil. Een kenmerk of een ordernummer is nodig; beide mag."""

    soort: Soort = Field(description=SOORT, examples=["samenwerkingsverband"])
    profiel: Literal["peppol", "nlcius"] = Field("peppol", description=PROFIEL, examples=["peppol"])
    naam: Tekst = Field(description="Naam van de organisatie.", examples=["Samenwerking Voorbeeldstreek (test)"])
    oin: str = Field(pattern=OIN, description="OIN; ook het elektronische adres.", examples=["00000099000000003000"])
    straat: Tekst = Field(description="Straat en huisnummer, of postbus.", examples=["Teststraat 1"])
    postcode: Postcode = Field(description="Postcode.", examples=["0000 AA"])
    plaats: Tekst = Field(description="Plaats.", examples=["Voorbeeldstad"])
    kenmerk_afnemer: Kort | None = Field(None, description="Kenmerk of afdeling (BT-10).", examples=["KP-6540012"])
    ordernummer: Kort | None = Field(None, description="Bestelling of verplichting (BT-13).", examples=["INK-2017-0042"])
    contract: Kort | None = Field(None, description="Nummer van de overeenkomst (BT-12).", examples=["OVK-2017-0001"])
    kostenplaats: Kort | None = Field(None, description="Kostenplaats (BT-19).", examples=["6540012"])
    email: Email | None = Field(None, description="Adres voor een factuur per e-mail.", examples=["facturen@voorbeeld.example"])


class Betaler(Output):
    """Wie voor gemeenten betaalt, in de versie die nu de laatste is."""

    code: str = Field(description="Identificatie.", examples=["voorbeeldstreek"])
    versie: int = Field(description="Hoeveelste versie dit is.", examples=[1])
    soort: Soort = Field(description=SOORT, examples=["samenwerkingsverband"])
    profiel: Literal["peppol", "nlcius"] = Field(description=PROFIEL, examples=["peppol"])
    naam: str = Field(description="Naam van de organisatie.", examples=["Samenwerking Voorbeeldstreek (test)"])
    oin: str = Field(description="OIN; ook het elektronische adres.", examples=["00000099000000003000"])
    straat: str = Field(description="Straat en huisnummer, of postbus.", examples=["Teststraat 1"])
    postcode: str = Field(description="Postcode.", examples=["0000 AA"])
    plaats: str = Field(description="Plaats.", examples=["Voorbeeldstad"])
    kenmerk_afnemer: str | None = Field(description="Kenmerk of afdeling (BT-10).", examples=["KP-6540012"])
    ordernummer: str | None = Field(description="Bestelling of verplichting (BT-13).", examples=["INK-2017-0042"])
    contract: str | None = Field(description="Nummer van de overeenkomst (BT-12).", examples=["OVK-2017-0001"])
    kostenplaats: str | None = Field(description="Kostenplaats (BT-19).", examples=["6540012"])
    email: str | None = Field(description="Adres voor een factuur per e-mail.", examples=["facturen@voorbeeld.example"])
    vastgelegd_op: Moment = Field(description="Wanneer dit is vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])


class BetalersPagina(Page):
    """Betalers, op code."""

    results: list[Betaler] = Field(description="De betalers op deze pagina.")


class NieuweBetaalafspraken(Input):
    """Wie vanaf een dag voor gemeenten betaalt."""

    gemeentecodes: list[Gemeentecode] = Field(
        min_length=1, max_length=500, description="Voor welke gemeenten.", examples=[["GM0505", "GM0482"]]
    )
    vanaf: GivenDay = Field(description="Vanaf welke dag; een factuur gaat naar wie betaalt op de eerste dag waarover zij gaat.")
    betaler: Slug | None = Field(
        None, description="Code van wie betaalt; weggelaten of null betaalt de gemeente weer zelf.", examples=["voorbeeldstreek"]
    )
    bron: Annotated[Line, Field(max_length=200)] = Field(
        description="Waar dit is afgesproken.", examples=["Dienstverleningsovereenkomst 2018 (test)"]
    )


class BetaalafsprakenVastgelegd(Output):
    """Wat er is vastgelegd."""

    aantal: int = Field(description="Aantal gemeenten.", examples=[2])
    betaalafspraken: str = Field(description="Pad van de afspraken.", examples=["/v1/betaalafspraken?betaler=voorbeeldstreek"])


class BetaalafsprakenFilter(PageQuery):
    gemeentecode: Gemeentecode | None = Field(None, description="Alleen van deze gemeente.", examples=["GM0505"])
    betaler: Slug | None = Field(None, description="Alleen met deze betaler.", examples=["voorbeeldstreek"])


class Betaalafspraak(Output):
    """Wie vanaf een dag voor een gemeente betaalt, tot er een latere afspraak is."""

    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0505"])
    gemeente: Reference = Field(description="De gemeente in de catalogus.")
    versie: int = Field(description="Hoeveelste afspraak van deze gemeente dit is.", examples=[1])
    vanaf: Day = Field(description="Eerste dag.", examples=["2018-01-01"])
    betaler: str | None = Field(
        description="Code van wie betaalt; null als de gemeente zelf betaalt.", examples=["voorbeeldstreek"]
    )
    naam: str | None = Field(
        description="Hoe de betaler nu heet; null als de gemeente zelf betaalt.", examples=["Samenwerking Voorbeeldstreek (test)"]
    )
    bron: str = Field(description="Waar dit is afgesproken.", examples=["Dienstverleningsovereenkomst 2018 (test)"])
    vastgelegd_op: Moment = Field(description="Wanneer dit is vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])


class BetaalafsprakenPagina(Page):
    """Betaalafspraken, op gemeentecode en dag."""

    results: list[Betaalafspraak] = Field(description="De afspraken op deze pagina.")
