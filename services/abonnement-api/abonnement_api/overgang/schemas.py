"""Wire models of herindelingen, as far as subscriptions go over."""

from __future__ import annotations

import uuid
from typing import Literal

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, GivenDay, Input, Moment, Output, Reference, YesNo
from pydantic import Field

from abonnement_api.abonnement.schemas import Bevoegdheid, Gemeentecode, Getekend, Toelichting
from abonnement_api.mislukking import Probleem
from abonnement_api.tarief.schemas import Slug


class NieuweOvergangsronde(Input):
    """Laat abonnementen overgaan bij de herindelingen tot en met een dag."""

    tot_en_met: GivenDay = Field(description="Herindelingen die op of voor deze dag ingaan.", examples=["2019-01-01"])


class Overgangsronde(Output):
    """Een ronde langs de herindelingen, en hoe het ermee staat."""

    id: uuid.UUID = Field(description="Identificatie.", examples=["7a5e2f6e-4b8c-4b7e-8f43-52c7d4b0a911"])
    tot_en_met: Day = Field(description="Herindelingen die op of voor deze dag ingaan.", examples=["2019-01-01"])
    status: Literal["aangevraagd", "verwerkt", "mislukt"] = Field(description="Hoe het ermee staat.", examples=["verwerkt"])
    probleem: Probleem | None = Field(description="Waarom het is mislukt; anders null.")
    aantal: int | None = Field(description="Hoeveel overgangen zijn gevonden; null zolang zij loopt.", examples=[14])
    aangevraagd_op: Moment = Field(description="Wanneer gevraagd.", examples=["2019-01-02T09:00:00.000Z"])
    afgerond_op: Moment | None = Field(description="Wanneer klaar of mislukt.", examples=["2019-01-02T09:00:02.000Z"])


class OvergangsrondesPagina(Page):
    """Overgangsrondes, in volgorde van aanvragen."""

    results: list[Overgangsronde] = Field(description="De rondes op deze pagina.")


class OvergangenFilter(PageQuery):
    beslist: YesNo | None = Field(None, description="Alleen waarover wel of nog niet is beslist.", examples=[False])
    gemeentecode: Gemeentecode | None = Field(None, description="Alleen van deze ontvangende gemeente.", examples=["GM1966"])


class Overgangsdeel(Output):
    """Een gemeente die overging, met haar abonnement."""

    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0005"])
    gemeentenaam: str = Field(description="Naam.", examples=["Bedum"])
    abonnement: str | None = Field(
        description="Pad van haar abonnement; null als zij er geen had.",
        examples=["/v1/abonnementen/0f5a1d34-0f0c-4b53-8b54-2f7f4a6d9c10"],
    )


class Overgangsbesluit(Output):
    """Wat is beslist."""

    wijze: Literal["vanzelf", "besloten"] = Field(
        description="`vanzelf` als er niets te kiezen was: alles zei hetzelfde.", examples=["vanzelf"]
    )
    pakket: str | None = Field(description="Code van het pakket; null als er geen abonnement is.", examples=["volledig"])
    abonnement: str | None = Field(
        description="Pad van het abonnement dat eruit kwam; null als haar eigen doorloopt, of er geen is.",
        examples=["/v1/abonnementen/0f5a1d34-0f0c-4b53-8b54-2f7f4a6d9c10"],
    )
    ondertekenaar: Getekend | None = Field(description="Wie besliste; null als het vanzelf ging.")
    toelichting: str | None = Field(description="Waarom; null zonder toelichting.")
    vastgelegd_op: Moment = Field(description="Wanneer dit is vastgelegd.", examples=["2019-01-02T09:00:02.000Z"])


class Overgang(Output):
    """Wat een gemeente bij een herindeling overneemt."""

    id: uuid.UUID = Field(description="Identificatie.", examples=["5d0b3a3e-7c0c-4f0b-9f0a-2b7d6f3d1c11"])
    gemeentecode: str = Field(description="Gemeente die ontvangt.", examples=["GM1966"])
    gemeentenaam: str = Field(description="Naam.", examples=["Het Hogeland"])
    gemeente: Reference = Field(description="De gemeente in de catalogus.")
    ingangsdatum: Day = Field(description="Eerste dag van de nieuwe indeling.", examples=["2019-01-01"])
    delen: list[Overgangsdeel] = Field(description="Gemeenten die in haar opgingen, met hun abonnement, op code.")
    reden: str | None = Field(
        description="Waarom iemand moet beslissen; null als dat niet hoefde.",
        examples=["de pakketten verschillen: volledig, zonder-luisterend-oor"],
    )
    besluit: Overgangsbesluit | None = Field(description="Wat is beslist; null zolang dat nog moet.")
    vastgelegd_op: Moment = Field(description="Wanneer dit is vastgelegd.", examples=["2019-01-02T09:00:02.000Z"])


class OvergangenPagina(Page):
    """Overgangen, op dag en gemeentecode."""

    results: list[Overgang] = Field(description="De overgangen op deze pagina.")


class NieuwOvergangsbesluit(Input):
    """Welk abonnement een gemeente na een herindeling heeft."""

    pakket: Slug | None = Field(
        None,
        description="Code van het pakket, uit die van de betrokken gemeenten; weggelaten of null krijgt zij geen abonnement.",
        examples=["volledig"],
    )
    einddatum: GivenDay | None = Field(
        None, description="Laatste dag; weggelaten of null de verste van wat overging.", examples=["2021-12-31"]
    )
    ondertekenaar: Bevoegdheid = Field(description="Wie beslist, en op grond waarvan.")
    toelichting: Toelichting | None = Field(None, description="Waarom; weggelaten of null is er geen.")
