"""Wire models of offers, answers, the board and reminders."""

from __future__ import annotations

import uuid
from typing import Annotated, Literal

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, Digits, Flag, GivenDay, Input, Line, Moment, Output, Reference, Whole
from pydantic import Field

from abonnement_api.abonnement.schemas import Bevoegdheid, Gemeentecode, Getekend, Toelichting
from abonnement_api.looptijd.schemas import Uittreden
from abonnement_api.mislukking import Probleem
from abonnement_api.tarief.schemas import Slug

Regel = Annotated[Line, Field(max_length=200)]
Antwoordsoort = Literal["ondertekend", "afgewezen"]
Stand = Literal["ondertekend", "afgewezen", "geen antwoord"]


class NieuwAanbod(Input):
    """Een aanbod aan elke gemeente die op de begindatum bestaat."""

    code: Slug = Field(description="Identificatie.", examples=["jeugd-2018"])
    naam: Regel = Field(
        description="Naam, zoals gemeenten die lezen.", examples=["Vertrouwenswerk, Kindertelefoon en Luisterend Oor"]
    )
    bron: Regel = Field(description="Besluit waarop het rust.", examples=["BALV 30-11-2016, voorstel D"])
    pakket: Slug = Field(description="Code van het pakket.", examples=["volledig"])
    uitzonderingspakket: Slug | None = Field(
        None,
        description="Code van het pakket voor wie een uitzondering heeft; weggelaten of null kan dat niet.",
        examples=["zonder-luisterend-oor"],
    )
    begindatum: GivenDay = Field(description="Eerste dag; de eerste van een maand.", examples=["2018-01-01"])
    einddatum: GivenDay = Field(description="Laatste dag; de laatste van een maand.", examples=["2021-12-31"])
    reageren_voor: GivenDay = Field(description="Voor welke dag een antwoord is gevraagd.", examples=["2017-06-01"])
    peildatum: GivenDay = Field(description="Dag van de inwonertallen op het bord.", examples=["2017-01-01"])
    opzegtermijn_maanden: Whole = Field(ge=0, le=36, description="Opzegtermijn in maanden.", examples=[6])
    tussentijds: Flag = Field(description="Of opzeggen kan aan het eind van elk kalenderjaar; anders alleen van de looptijd.")
    uittreedbijdrage_procent: Whole = Field(
        0,
        ge=0,
        le=100,
        description="Deel van de prijs van de resterende looptijd dat wie tussentijds uittreedt verschuldigd is.",
        examples=[25],
    )


class Aanbod(Output):
    """Een aanbod, en of het openstaat."""

    code: str = Field(description="Identificatie.", examples=["jeugd-2018"])
    naam: str = Field(description="Naam.", examples=["Vertrouwenswerk, Kindertelefoon en Luisterend Oor"])
    bron: str = Field(description="Besluit waarop het rust.", examples=["BALV 30-11-2016, voorstel D"])
    pakket: str = Field(description="Code van het pakket.", examples=["volledig"])
    uitzonderingspakket: str | None = Field(
        description="Code van het pakket voor wie een uitzondering heeft; null als dat niet kan.",
        examples=["zonder-luisterend-oor"],
    )
    begindatum: Day = Field(description="Eerste dag.", examples=["2018-01-01"])
    einddatum: Day = Field(description="Laatste dag.", examples=["2021-12-31"])
    reageren_voor: Day = Field(description="Voor welke dag een antwoord is gevraagd.", examples=["2017-06-01"])
    peildatum: Day = Field(description="Dag van de inwonertallen op het bord.", examples=["2017-01-01"])
    opzegtermijn_maanden: int = Field(description="Opzegtermijn in maanden.", examples=[6])
    tussentijds: bool = Field(description="Of opzeggen kan aan het eind van elk kalenderjaar.", examples=[True])
    uittreedbijdrage_procent: int = Field(
        description="Deel van de prijs van de resterende looptijd bij uittreden.", examples=[25]
    )
    status: Literal["aangevraagd", "open", "mislukt"] = Field(description="Hoe het ermee staat.", examples=["open"])
    probleem: Probleem | None = Field(description="Waarom het openstellen is mislukt; anders null.")
    aangevraagd_op: Moment = Field(description="Wanneer gevraagd.", examples=["2017-03-01T09:00:00.000Z"])
    afgerond_op: Moment | None = Field(description="Wanneer opengesteld of mislukt.", examples=["2017-03-01T09:00:02.000Z"])


class AanbiedingenPagina(Page):
    """Aanbiedingen, op begindatum en code."""

    results: list[Aanbod] = Field(description="De aanbiedingen op deze pagina.")


class NieuwAntwoord(Input):
    """Een gemeente tekent het aanbod, of wijst het af."""

    gemeentecode: Gemeentecode = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    antwoord: Antwoordsoort = Field(description="Wat zij antwoordt.", examples=["ondertekend"])
    datum: GivenDay | None = Field(
        None, description="Dag van het antwoord; weggelaten is het vandaag, en nooit later.", examples=["2017-05-20"]
    )
    ondertekenaar: Bevoegdheid = Field(description="Wie tekent, en op grond waarvan.")
    pakket: Slug | None = Field(
        None, description="Code van het pakket; weggelaten of null dat van het aanbod.", examples=["zonder-luisterend-oor"]
    )
    uitzondering: Toelichting | None = Field(
        None,
        description="Waarom zij het uitzonderingspakket krijgt; verplicht bij dat pakket.",
        examples=["De gemeente heeft een eigen Luisterend Oor (test)"],
    )
    toelichting: Toelichting | None = Field(None, description="Wat zij erbij zegt; weggelaten of null is dat niets.")


class Aanbodantwoord(Output):
    """Wat een gemeente antwoordde; het wijzigt niet, maar op een afwijzing kan een handtekening volgen."""

    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    volgnummer: int = Field(description="Hoeveelste antwoord van deze gemeente.", examples=[1])
    antwoord: Antwoordsoort = Field(description="Wat zij antwoordde.", examples=["ondertekend"])
    datum: Day = Field(description="Dag van het antwoord.", examples=["2017-05-20"])
    ondertekenaar: Getekend = Field(description="Wie tekende, en op grond waarvan.")
    pakket: str | None = Field(description="Code van het pakket; null na een afwijzing.", examples=["volledig"])
    uitzondering: str | None = Field(description="Waarom zij een ander pakket heeft; null zonder uitzondering.")
    toelichting: str | None = Field(description="Wat zij erbij zei; null als dat niets was.")
    abonnement: str | None = Field(
        description="Pad van het abonnement; null na een afwijzing.",
        examples=["/v1/abonnementen/0f5a1d34-0f0c-4b53-8b54-2f7f4a6d9c10"],
    )
    rol: str = Field(description="Rol van wie het vastlegde.", examples=["gemeente"])
    vastgelegd_op: Moment = Field(description="Wanneer dit is vastgelegd.", examples=["2017-05-20T09:00:00.000Z"])


class GegevenAntwoord(Output):
    """Het antwoord, met wat uittreden kost en wanneer het kan."""

    antwoord: Aanbodantwoord = Field(description="Het vastgelegde antwoord.")
    uittreden: Uittreden | None = Field(description="Wat uittreden kost en wanneer het kan; null na een afwijzing.")


class AntwoordenPagina(Page):
    """Antwoorden, op gemeentecode en volgorde."""

    results: list[Aanbodantwoord] = Field(description="De antwoorden op deze pagina.")


class AntwoordenFilter(PageQuery):
    gemeentecode: Gemeentecode | None = Field(None, description="Alleen van deze gemeente.", examples=["GM0344"])


class AanbodgemeentenFilter(PageQuery):
    op: GivenDay | None = Field(
        None, description="De stand aan het eind van deze dag; weggelaten vandaag.", examples=["2017-06-01"]
    )
    stand: Stand | None = Field(None, description="Alleen gemeenten met deze stand.", examples=["geen antwoord"])
    gemeentecode: Gemeentecode | None = Field(None, description="Alleen deze gemeente.", examples=["GM0344"])


class Aanbodgemeente(Output):
    """Een gemeente in een aanbod, en wat zij antwoordde."""

    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    gemeentenaam: str = Field(description="Naam bij het openstellen.", examples=["Utrecht"])
    gemeente: Reference = Field(description="De gemeente in de catalogus.")
    inwoners: int | None = Field(description="Inwoners op de peildatum; null zonder cijfer.", examples=[343134])
    stand: Stand = Field(description="Wat zij heeft geantwoord.", examples=["geen antwoord"])
    datum: Day | None = Field(description="Dag van haar antwoord; null zonder antwoord.", examples=["2017-05-20"])
    pakket: str | None = Field(description="Pakket waarvoor zij tekende; anders null.", examples=["volledig"])
    abonnement: uuid.UUID | None = Field(description="Haar abonnement; anders null.")
    rappels: int = Field(description="Hoeveel rappels zij kreeg.", examples=[2])
    laatste_rappel: Day | None = Field(description="Dag van het laatste rappel; null zonder.", examples=["2017-05-15"])


class AanbodgemeentenPagina(Page):
    """Gemeenten in een aanbod, op code."""

    results: list[Aanbodgemeente] = Field(description="De gemeenten op deze pagina.")


class Borddeel(Output):
    """Hoeveel gemeenten een stand hebben."""

    stand: Stand = Field(description="Wat zij hebben geantwoord.", examples=["geen antwoord"])
    aantal: int = Field(description="Aantal gemeenten.", examples=[104])
    procent: str = Field(description="Deel van alle gemeenten, in procenten.", examples=["26.8"])
    inwoners: int = Field(description="Hun inwoners op de peildatum, zonder wie geen cijfer heeft.", examples=[3912345])
    procent_inwoners: str = Field(description="Deel van alle inwoners, in procenten.", examples=["22.9"])


class Bord(Output):
    """Wie heeft geantwoord en wie niet, op een dag."""

    aanbod: str = Field(description="Pad van het aanbod.", examples=["/v1/aanbiedingen/jeugd-2018"])
    op: Day = Field(description="De stand is die aan het eind van deze dag.", examples=["2017-06-01"])
    reageren_voor: Day = Field(description="Voor welke dag een antwoord is gevraagd.", examples=["2017-06-01"])
    begindatum: Day = Field(description="Eerste dag van de abonnementen.", examples=["2018-01-01"])
    dagen_tot_reageren: int = Field(description="Dagen tot die dag; negatief als hij voorbij is.", examples=[0])
    dagen_tot_begin: int = Field(description="Dagen tot de begindatum; negatief als hij voorbij is.", examples=[214])
    aantal: int = Field(description="Aantal gemeenten in het aanbod.", examples=[388])
    inwoners: int = Field(description="Al hun inwoners op de peildatum, zonder wie geen cijfer heeft.", examples=[17081507])
    zonder_cijfer: int = Field(description="Aantal gemeenten zonder inwonertal op de peildatum.", examples=[6])
    standen: list[Borddeel] = Field(description="Per stand.")
    gemeenten: str = Field(
        description="Pad van wie nog niet antwoordde.", examples=["/v1/aanbiedingen/jeugd-2018/gemeenten?stand=geen+antwoord"]
    )


class NieuweRappels(Input):
    """Rappels aan wie nog niet heeft geantwoord."""

    stap: Annotated[Whole, Field(ge=1, le=3)] = Field(
        description="Hoeveelste rappel: aan wie de vorige kreeg, op een eerdere dag. De derde is de laatste.", examples=[1]
    )


class Rappelronde(Output):
    """Wat er aan rappels is gemaakt."""

    stap: int = Field(description="Hoeveelste rappel.", examples=[1])
    datum: Day = Field(description="Dag van de rappels.", examples=["2017-05-01"])
    aantal: int = Field(
        description="Hoeveel gemeenten dit rappel nu kregen; 0 als niemand het nog moest krijgen.", examples=[104]
    )
    rappels: str = Field(
        description="Pad van alle rappels van deze stap.", examples=["/v1/aanbiedingen/jeugd-2018/rappels?stap=1"]
    )


class RappelsFilter(PageQuery):
    stap: Digits | None = Field(None, ge=1, le=3, description="Alleen deze stap.", examples=[1])
    datum: GivenDay | None = Field(None, description="Alleen van deze dag.", examples=["2017-05-01"])
    gemeentecode: Gemeentecode | None = Field(None, description="Alleen aan deze gemeente.", examples=["GM0344"])


class Rappel(Output):
    """Een rappel zoals het te versturen is; deze dienst verstuurt zelf niets."""

    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    gemeentenaam: str = Field(description="Naam.", examples=["Utrecht"])
    stap: int = Field(description="Hoeveelste rappel.", examples=[1])
    datum: Day = Field(description="Dag.", examples=["2017-05-01"])
    onderwerp: str = Field(description="Onderwerp van het bericht.", examples=["Herinnering: uw antwoord op “Jeugd 2018”"])
    tekst: str = Field(description="Tekst van het bericht, met lege regels tussen de alinea's.")
    vastgelegd_op: Moment = Field(description="Wanneer dit is vastgelegd.", examples=["2017-05-01T09:00:00.000Z"])


class RappelsPagina(Page):
    """Rappels, op gemeentecode en stap."""

    results: list[Rappel] = Field(description="De rappels op deze pagina.")
