"""Wire models of notice, renewal, change of package and leaving."""

from __future__ import annotations

import uuid
from typing import Annotated, Literal

from gemeengoed_kit.pagination import Page
from gemeengoed_kit.schema import Cent, Day, GivenDay, Input, Line, Moment, Output
from pydantic import Field

from abonnement_api.abonnement.schemas import Bevoegdheid, Getekend, Toelichting
from abonnement_api.tarief.schemas import Slug

Regel = Annotated[Line, Field(max_length=200)]


class NieuweOpzegging(Input):
    """Een gemeente zegt haar abonnement op."""

    datum: GivenDay | None = Field(
        None, description="Dag waarop zij opzegt; weggelaten is het vandaag, en nooit later.", examples=["2019-05-20"]
    )
    laatste_dag: GivenDay | None = Field(
        None,
        description="Laatste dag van het abonnement; weggelaten is het de eerste die met de opzegtermijn kan.",
        examples=["2019-12-31"],
    )
    ondertekenaar: Bevoegdheid = Field(description="Wie opzegt, en op grond waarvan.")
    toelichting: Toelichting | None = Field(None, description="Waarom; weggelaten of null is er geen.", examples=["Eigen dienst"])


class NieuwePakketwijziging(Input):
    """Een gemeente krijgt een ander pakket, zoals bij een uitzondering voor een eigen voorziening."""

    ingangsdatum: GivenDay = Field(description="Een 1 januari die nog komt: een factuur gaat over een heel jaar.")
    pakket: Slug = Field(description="Code van het nieuwe pakket.", examples=["zonder-luisterend-oor"])
    ondertekenaar: Bevoegdheid = Field(description="Wie dit vraagt, en op grond waarvan.")
    toelichting: Toelichting = Field(description="Waarom.", examples=["De gemeente heeft een eigen Luisterend Oor (test)"])


class NieuweVerlenging(Input):
    """Een besluit dat abonnementen langer laat lopen."""

    lopend_tot_en_met: GivenDay = Field(description="De abonnementen die op deze dag eindigen.", examples=["2021-12-31"])
    tot_en_met: GivenDay = Field(description="Hun nieuwe laatste dag.", examples=["2025-12-31"])
    aanbod: Slug | None = Field(
        None, description="Alleen die van dit aanbod; weggelaten of null van alle.", examples=["jeugd-2018"]
    )
    gremium: Regel = Field(description="Wie besloot.", examples=["BALV"])
    datum: GivenDay = Field(description="Dag van het besluit.", examples=["2020-11-27"])
    bron: Regel = Field(description="Waar dit staat.", examples=["BALV 27-11-2020 (test)"])


class Verlenging(Output):
    """Een besluit dat abonnementen langer liet lopen."""

    id: uuid.UUID = Field(description="Identificatie.", examples=["1b0a2f66-3f7a-4a43-9f29-2a9f7b8e6d01"])
    lopend_tot_en_met: Day = Field(description="De abonnementen die op deze dag eindigden.", examples=["2021-12-31"])
    tot_en_met: Day = Field(description="Hun nieuwe laatste dag.", examples=["2025-12-31"])
    gremium: str = Field(description="Wie besloot.", examples=["BALV"])
    datum: Day = Field(description="Dag van het besluit.", examples=["2020-11-27"])
    bron: str = Field(description="Waar dit staat.", examples=["BALV 27-11-2020 (test)"])
    aantal: int = Field(description="Hoeveel abonnementen langer lopen; wie had opgezegd, is er niet bij.", examples=[342])
    vastgelegd_op: Moment = Field(description="Wanneer dit is vastgelegd.", examples=["2020-12-01T09:00:00.000Z"])


class VerlengingenPagina(Page):
    """Verlengingen, in volgorde van vastleggen."""

    results: list[Verlenging] = Field(description="De verlengingen op deze pagina.")


class Gebeurtenis(Output):
    """Iets dat met een abonnement is gebeurd."""

    volgnummer: int = Field(description="Hoeveelste van dit abonnement.", examples=[1])
    soort: Literal["opzegging", "verlenging", "pakketwijziging", "overgang"] = Field(
        description="Wat er gebeurde; `overgang` is een herindeling.", examples=["opzegging"]
    )
    ingangsdatum: Day = Field(
        description="Bij een opzegging en een verlenging de nieuwe laatste dag, anders de eerste dag van het nieuwe.",
        examples=["2019-12-31"],
    )
    datum: Day = Field(description="Dag waarop het gebeurde.", examples=["2019-05-20"])
    pakket: str | None = Field(description="Het nieuwe pakket; anders null.", examples=["zonder-luisterend-oor"])
    verlenging: str | None = Field(description="Pad van het besluit; anders null.")
    ondertekenaar: Getekend | None = Field(description="Wie tekende; null als het geen handtekening vroeg.")
    toelichting: str | None = Field(description="Waarom; null zonder toelichting.", examples=["Eigen dienst"])
    vastgelegd_op: Moment = Field(description="Wanneer dit is vastgelegd.", examples=["2019-05-20T09:00:00.000Z"])


class Gebeurtenissen(Output):
    """Wat met een abonnement is gebeurd."""

    results: list[Gebeurtenis] = Field(description="De gebeurtenissen, oudste eerst.")


class Uittreedmogelijkheid(Output):
    """Een dag waarop een abonnement kan eindigen, en wat dat kost."""

    laatste_dag: Day = Field(description="Laatste dag van het abonnement.", examples=["2019-12-31"])
    uiterste_opzegdag: Day = Field(description="Laatste dag waarop daarvoor kan worden opgezegd.", examples=["2019-06-30"])
    kan_nog: bool = Field(description="Of die dag er nog niet geweest is.", examples=[True])
    resterende_maanden: int = Field(description="Maanden van de looptijd die dan vervallen.", examples=[24])
    bijdrage_cent: Cent | None = Field(
        description="Wat uittreden dan kost; null als de prijs per jaar niet bekend is.", examples=[1250000]
    )


class Uittreden(Output):
    """Wanneer een abonnement kan eindigen, en wat dat kost."""

    opzegtermijn_maanden: int = Field(description="Opzegtermijn in maanden.", examples=[6])
    tussentijds: bool = Field(description="Of het aan het eind van elk kalenderjaar kan.", examples=[True])
    uittreedbijdrage_procent: int = Field(
        description="Deel van de prijs van de resterende looptijd dat dan verschuldigd is.", examples=[25]
    )
    jaarprijs_cent: Cent | None = Field(
        description="Prijs van een heel jaar, waarmee is gerekend; null als tarief of inwonertal niet bekend is.",
        examples=[2500000],
    )
    berekening: str = Field(description="Hoe de bijdrage wordt berekend.")
    mogelijkheden: list[Uittreedmogelijkheid] = Field(description="De dagen waarop het kan eindigen, de eerste eerst.")
