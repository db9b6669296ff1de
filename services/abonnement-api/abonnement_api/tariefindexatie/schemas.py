"""Wire models of indexations of decisions."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Annotated, Literal

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, Digits, GivenDay, Input, Moment, Output, Reference, Whole
from pydantic import Field, PlainSerializer, WithJsonSchema

from abonnement_api.mislukking import Probleem
from abonnement_api.tarief.rules import tekst
from abonnement_api.tarief.schemas import Regel, Slug

Status = Literal["aangevraagd", "voorgesteld", "verwerkt", "mislukt"]
Getal = Annotated[
    Decimal,
    PlainSerializer(tekst, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{1,25}(\.[0-9]{1,14})?$"}),
]
"""An exact number in an answer, without zeros at the end."""
_AFRONDING = "Half omhoog, naar het lagere of naar het hogere getal."
_ID = "6f1b0c1e-6d0f-4a37-9d55-3a0b7c2f1e11"


class NieuweTariefindexatie(Input):
    """Welk besluit wordt geïndexeerd, en wat het volgende besluit wordt."""

    tariefbesluit: Slug = Field(
        description="Besluit waarvan de prijzen worden geïndexeerd: dat voor het jaar ervoor geldt.", examples=["balv-2016-11-30"]
    )
    grondslag: Slug | None = Field(
        None,
        description="Besluit dat indexering toestaat; standaard dat van `tariefbesluit`, of dat besluit zelf.",
        examples=["balv-2016-11-30"],
    )
    jaar: Annotated[Whole, Field(ge=2001, le=2100)] = Field(
        description="Jaar waarvoor het volgende besluit geldt, en waarvan de indexatie is.", examples=[2019]
    )
    clausule: str = Field(
        pattern=r"^[a-z][a-z0-9-]{0,39}$", description="Code van de indexclausule bij fonds.", examples=["tarief-per-inwoner"]
    )
    id: Slug = Field(description="Identificatie van het volgende besluit.", examples=["indexatie-2019"])
    datum: GivenDay = Field(description="Dag van het volgende besluit; hoogstens een jaar na vandaag.", examples=["2018-10-01"])
    gremium: Regel = Field(description="Wie het vaststelt.", examples=["bestuur"])
    omschrijving: Regel = Field(description="Waarover.", examples=["Indexatie 2019"])
    bronvermelding: Regel = Field(description="Waar dit staat.", examples=["VNG, BALV 30-11-2016, voorstel D"])


class TariefindexatiesFilter(PageQuery):
    jaar: Digits | None = Field(None, ge=2001, le=2100, description="Alleen voor dit jaar.", examples=[2019])
    status: Status | None = Field(None, description="Alleen met deze status.", examples=["voorgesteld"])


class Indexafspraak(Output):
    """Wat fonds zegt: welke indexatie, en hoe haar clausule afrondt."""

    indexatie: Reference = Field(description="De indexatie bij fonds, met haar cijfers en stappen.")
    versie: int = Field(ge=1, description="Versie van de indexatie; de laatste toen het werd gevraagd.", examples=[1])
    stand: Literal["voorlopig", "definitief"] = Field(description="Of al haar cijfers definitief zijn.", examples=["definitief"])
    factor: Getal = Field(description="Waarmee een prijs wordt vermenigvuldigd.", examples=["1.021"])
    keten_decimalen: int = Field(description="Decimalen waarmee het volgende jaar verder gaat.", examples=[6])
    keten_afronding: Literal["half-omhoog", "omlaag", "omhoog"] = Field(description=_AFRONDING, examples=["half-omhoog"])
    prijs_decimalen: int = Field(description="Decimalen van wat wordt betaald.", examples=[2])
    prijs_afronding: Literal["half-omhoog", "omlaag", "omhoog"] = Field(description=_AFRONDING, examples=["half-omhoog"])


class Prijsregel(Output):
    """Een onderdeel van een prijs, voor en na."""

    pakket: str = Field(description="Code van het pakket.", examples=["volledig"])
    onderdeel: str = Field(description="Welk deel van zijn prijs.", examples=["tarief"])
    oud: Getal = Field(description="Euro, van het jaar ervoor, zoals de keten het meegeeft.", examples=["0.9"])
    nieuw: Getal = Field(description="Euro waarmee het volgende jaar verder gaat.", examples=["0.9189"])
    prijs: Getal = Field(description="Euro die wordt betaald.", examples=["0.92"])


class Tariefbevestiging(Output):
    """Door wiens ogen het een besluit werd."""

    rol: str = Field(description="Rol van wie bevestigde.", examples=["fiatteur"])
    op: Moment = Field(description="Wanneer.", examples=["2018-10-02T09:00:00.000Z"])


class Tariefindexatie(Output):
    """Een indexering van een besluit en hoe het ermee staat."""

    id: uuid.UUID = Field(description="Identificatie.", examples=[_ID])
    tariefbesluit: str = Field(
        description="Pad van het besluit dat wordt geïndexeerd.", examples=["/v1/tariefbesluiten/balv-2016-11-30"]
    )
    grondslag: str = Field(
        description="Pad van het besluit dat indexering toestaat.", examples=["/v1/tariefbesluiten/balv-2016-11-30"]
    )
    jaar: int = Field(description="Jaar waarvoor het volgende besluit geldt.", examples=[2019])
    clausule: Reference = Field(description="De clausule bij fonds.")
    nieuw: str = Field(
        description="Pad van het volgende besluit; het bestaat als de status verwerkt is.",
        examples=["/v1/tariefbesluiten/indexatie-2019"],
    )
    datum: Day = Field(description="Dag van het volgende besluit.", examples=["2018-10-01"])
    gremium: str = Field(description="Wie het vaststelt.", examples=["bestuur"])
    omschrijving: str = Field(description="Waarover.", examples=["Indexatie 2019"])
    bronvermelding: str = Field(description="Waar dit staat.", examples=["VNG, BALV 30-11-2016, voorstel D"])
    status: Status = Field(
        description="Aangevraagd tot fonds antwoordt, dan voorgesteld; verwerkt als een ander het heeft bevestigd.",
        examples=["voorgesteld"],
    )
    rekenregel: str = Field(description="Hoe een prijs wordt berekend.", examples=["oude prijs × factor, afgerond"])
    afspraak: Indexafspraak | None = Field(description="Wat fonds zegt; null zolang dat niet bekend is.")
    prijzen: list[Prijsregel] = Field(description="De prijzen van het volgende besluit; leeg zolang fonds niet antwoordde.")
    bevestiging: Tariefbevestiging | None = Field(description="Wie het een besluit maakte; anders null.")
    probleem: Probleem | None = Field(description="Waarom het is mislukt; anders null.")
    aangevraagd_op: Moment = Field(description="Wanneer gevraagd.", examples=["2018-10-01T09:00:00.000Z"])
    afgerond_op: Moment | None = Field(
        description="Wanneer fonds had geantwoord, of het mislukte.", examples=["2018-10-01T09:00:02.000Z"]
    )


class TariefindexatiesPagina(Page):
    """Tariefindexaties, in volgorde van aanvragen."""

    results: list[Tariefindexatie] = Field(description="De tariefindexaties op deze pagina.")
