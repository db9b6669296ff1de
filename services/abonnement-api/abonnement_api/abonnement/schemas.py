"""Wire models of subscriptions and collective registrations."""

from __future__ import annotations

import uuid
from typing import Annotated, Literal

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, GivenDay, Input, Line, Moment, Output, Reference
from pydantic import Field

from abonnement_api.mislukking import Probleem
from abonnement_api.tarief.schemas import Slug

Gemeentecode = Annotated[str, Field(pattern=r"^GM[0-9]{4}$")]
Grondslag = Literal["collegebesluit", "raadsbesluit", "mandaatbesluit"]
Naam = Annotated[Line, Field(max_length=120)]
Toelichting = Annotated[Line, Field(max_length=500)]
Status = Literal["toekomstig", "lopend", "opgezegd", "overgegaan", "beëindigd"]


class Bevoegdheid(Input):
    """Wie namens de gemeente tekent, en op grond van welk besluit."""

    naam: Naam = Field(description="Wie tekent.", examples=["A. Voorbeeld (test)"])
    functie: Naam = Field(description="In welke functie.", examples=["Afdelingshoofd jeugd"])
    grondslag: Grondslag = Field(description="Wat daartoe machtigt.", examples=["mandaatbesluit"])
    kenmerk: Naam = Field(description="Kenmerk of vindplaats van dat besluit.", examples=["Mandaatbesluit 2017, artikel 4"])
    besluitdatum: GivenDay = Field(description="Dag van dat besluit.", examples=["2017-03-14"])


class Getekend(Output):
    """Wie namens de gemeente tekende, en op grond van welk besluit."""

    naam: str = Field(description="Wie tekende.", examples=["A. Voorbeeld (test)"])
    functie: str = Field(description="In welke functie.", examples=["Afdelingshoofd jeugd"])
    grondslag: Grondslag = Field(description="Wat daartoe machtigt.", examples=["mandaatbesluit"])
    kenmerk: str = Field(description="Kenmerk of vindplaats van dat besluit.", examples=["Mandaatbesluit 2017, artikel 4"])
    besluitdatum: Day = Field(description="Dag van dat besluit.", examples=["2017-03-14"])


class Uitzondering(Input):
    """Een gemeente met een ander pakket dan de rest."""

    gemeentecode: Gemeentecode = Field(description="CBS-gemeentecode.", examples=["GM0363"])
    pakket: Slug = Field(description="Code van haar pakket.", examples=["zonder-luisterend-oor"])


class NieuweAanmelding(Input):
    """Een abonnement voor elke gemeente die op de begindatum bestaat."""

    begindatum: GivenDay = Field(description="Eerste dag van de abonnementen.", examples=["2018-01-01"])
    einddatum: GivenDay = Field(description="Laatste dag van de abonnementen.", examples=["2021-12-31"])
    pakket: Slug = Field(description="Code van het pakket.", examples=["volledig"])
    uitzonderingen: list[Uitzondering] = Field([], max_length=500, description="Gemeenten met een ander pakket.")


class Aanmelding(Output):
    """Een collectieve aanmelding en hoe het ermee staat."""

    id: uuid.UUID = Field(description="Identificatie.", examples=["6f1b0c1e-6d0f-4a37-9d55-3a0b7c2f1e11"])
    begindatum: Day = Field(description="Eerste dag van de abonnementen.", examples=["2018-01-01"])
    einddatum: Day = Field(description="Laatste dag van de abonnementen.", examples=["2021-12-31"])
    pakket: str = Field(description="Code van het pakket.", examples=["volledig"])
    uitzonderingen: list[Uitzondering] = Field(description="Gemeenten met een ander pakket.")
    status: Literal["aangevraagd", "verwerkt", "mislukt"] = Field(description="Hoe het ermee staat.", examples=["verwerkt"])
    aantal_abonnementen: int = Field(description="Hoeveel abonnementen zijn gemaakt.", examples=[380])
    probleem: Probleem | None = Field(description="Waarom het is mislukt; anders null.")
    aangevraagd_op: Moment = Field(description="Wanneer gevraagd.", examples=["2018-01-02T09:00:00.000Z"])
    afgerond_op: Moment | None = Field(description="Wanneer klaar of mislukt.", examples=["2018-01-02T09:00:02.000Z"])


class AbonnementenFilter(PageQuery):
    geldig_op: GivenDay | None = Field(None, description="Alleen abonnementen die op deze dag gelden.", examples=["2018-01-01"])
    gemeentecode: Gemeentecode | None = Field(None, description="Alleen van deze gemeente.", examples=["GM0344"])
    pakket: Slug | None = Field(None, description="Alleen met dit pakket.", examples=["volledig"])


class Abonnement(Output):
    """Het abonnement van een gemeente: wat is afgesproken, en wat er daarna van werd."""

    id: uuid.UUID = Field(description="Identificatie.", examples=["0f5a1d34-0f0c-4b53-8b54-2f7f4a6d9c10"])
    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    gemeentenaam: str = Field(description="Naam bij het ontstaan.", examples=["Utrecht"])
    gemeente: Reference = Field(description="De gemeente in de catalogus.")
    pakket: str = Field(description="Code van het pakket bij het begin.", examples=["zonder-luisterend-oor"])
    begindatum: Day = Field(description="Eerste dag.", examples=["2018-01-01"])
    einddatum: Day = Field(description="Laatste dag, zoals bij het begin afgesproken.", examples=["2021-12-31"])
    laatste_dag: Day | None = Field(
        description="Laatste dag zoals die nu is, na wat er gebeurde; null als het overging voordat het begon.",
        examples=["2021-12-31"],
    )
    status: Status = Field(description="Wat het vandaag is.", examples=["lopend"])
    aanmelding: str | None = Field(
        description="Pad van de collectieve aanmelding waaruit het komt; null als het niet uit een aanmelding komt.",
        examples=["/v1/collectieve-aanmeldingen/6f1b0c1e-6d0f-4a37-9d55-3a0b7c2f1e11"],
    )
    aanbod: str | None = Field(
        description="Pad van het aanbod waarvan de voorwaarden gelden; null zonder aanbod.",
        examples=["/v1/aanbiedingen/jeugd-2018"],
    )
    overgang: str | None = Field(
        description="Pad van de overgang bij herindeling waaruit het komt; anders null.",
        examples=["/v1/overgangen/5d0b3a3e-7c0c-4f0b-9f0a-2b7d6f3d1c11"],
    )
    gebeurtenissen: str = Field(
        description="Pad van wat er met het abonnement is gebeurd.",
        examples=["/v1/abonnementen/0f5a1d34-0f0c-4b53-8b54-2f7f4a6d9c10/gebeurtenissen"],
    )


class AbonnementenPagina(Page):
    """Abonnementen, op gemeentecode en begindatum."""

    results: list[Abonnement] = Field(description="De abonnementen op deze pagina.")
