"""Wire models of aansluitingen."""

from __future__ import annotations

import uuid
from typing import Literal

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Moment, Output, Reference
from pydantic import Field

from abonnement_api.aansluiting.rules import GETOOND, MEESTE
from abonnement_api.mislukking import Probleem

Soort = Literal[
    "onderweg", "geweigerd", "ontbreekt_in_fonds", "dubbel", "gestorneerd", "ander_bedrag", "andere_boeking", "onbekend"
]
_SOORT = Field(
    description="`onderweg`: nog niet bij fonds afgeleverd; `geweigerd`: fonds weigert haar; `ontbreekt_in_fonds`: afgeleverd, "
    "maar fonds heeft haar niet; `dubbel`: fonds heeft er meer dan een; `gestorneerd`: in fonds teruggedraaid; `ander_bedrag`; "
    "`andere_boeking`: een andere dan die fonds bij aflevering noemde; `onbekend`: fonds heeft een boeking van een document "
    "dat hier niet bestaat.",
    examples=["ontbreekt_in_fonds"],
)


class Verschil(Output):
    """Een document en zijn boeking in fonds die niet bij elkaar passen."""

    soort: Soort = _SOORT
    document: str = Field(description="Pad van het document, zo nodig volgens fonds.", examples=["/v1/facturen/2018-000001"])
    boeking: Reference | None = Field(description="De boeking in fonds, als die er is.")
    hier_cent: int | None = Field(description="Bedrag van het document; null als het er niet is.", examples=[125000])
    fonds_cent: int | None = Field(description="Bedrag van de boeking; null als die er niet is.", examples=[125000])


class AantalPerSoort(Output):
    """Hoe vaak een soort verschil voorkomt."""

    soort: Soort = _SOORT
    aantal: int = Field(ge=1, description="Hoe vaak.", examples=[1])


class AansluitingKort(Output):
    """Een vergelijking van wat hier is vastgesteld met wat fonds heeft geboekt."""

    id: uuid.UUID = Field(description="Identificatie.", examples=["8f7a52f6-7f0e-4a57-8a1c-0a8d1f8a4f22"])
    status: Literal["aangevraagd", "vergeleken", "mislukt"] = Field(
        description="`aangevraagd` zolang fonds wordt gelezen.", examples=["vergeleken"]
    )
    sluit_aan: bool | None = Field(
        description="Of elk document precies één boeking heeft voor zijn eigen bedrag, en omgekeerd; null tot dat bekend is.",
        examples=[True],
    )
    aantal_documenten: int = Field(
        ge=0, description="Documenten die zijn vergeleken: facturen, creditnota's, ontvangsten en de rest.", examples=[380]
    )
    aantal_boekingen: int = Field(ge=0, description="Boekingen van deze bron die fonds heeft getoond.", examples=[380])
    aantal_verschillen: int = Field(ge=0, description="Aantal verschillen.", examples=[0])
    per_soort: list[AantalPerSoort] = Field(description="Hoeveel van elke soort.")
    probleem: Probleem | None = Field(description="Waarom zij is mislukt; anders null.")
    aangevraagd_op: Moment = Field(description="Wanneer gevraagd.", examples=["2018-01-15T09:00:00.000Z"])
    begonnen_op: Moment | None = Field(
        description="Wanneer het lezen begon; wat daarna is verstuurd, is niet beoordeeld.", examples=["2018-01-15T09:00:01.000Z"]
    )
    vergeleken_op: Moment | None = Field(description="Wanneer vergeleken.", examples=["2018-01-15T09:00:02.000Z"])


class Aansluiting(AansluitingKort):
    """Een vergelijking, met haar verschillen."""

    verschillen: list[Verschil] = Field(description=f"De eerste {GETOOND} verschillen.")
    alle_verschillen: str = Field(
        description=f"Pad van de verschillen; hoogstens {MEESTE} worden bewaard.",
        examples=["/v1/aansluitingen/8f7a52f6-7f0e-4a57-8a1c-0a8d1f8a4f22/verschillen"],
    )


class AansluitingenPagina(Page):
    """Aansluitingen, de laatste eerst."""

    results: list[AansluitingKort] = Field(description="De aansluitingen op deze pagina.")


class VerschillenFilter(PageQuery):
    soort: Soort | None = Field(None, description="Alleen verschillen van deze soort.", examples=["ontbreekt_in_fonds"])


class VerschillenPagina(Page):
    """Verschillen, op document."""

    results: list[Verschil] = Field(description="De verschillen op deze pagina.")
