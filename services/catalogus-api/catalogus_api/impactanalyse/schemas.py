"""Wire models of impactanalyses."""

from __future__ import annotations

import uuid
from typing import Annotated

from gemeengoed_kit.pagination import Page
from gemeengoed_kit.schema import Day, GivenDay, GivenUuid, Input, Line, Moment, Output, Whole
from pydantic import Field

from catalogus_api.impactanalyse.rules import Conclusie, Omvang

_ID = "5c5bb3a3-2f4b-4a2e-8a51-0d6a3f6f9b21"
Cent = Annotated[Whole, Field(ge=0, le=10**13)]
_EENMALIG = "Wat het eenmalig kost, over alle gemeenten, in eurocent; null als dat niet is geraamd."
_PER_JAAR = "Wat het per jaar kost, over alle gemeenten, in eurocent; null als dat niet is geraamd."
_BATEN = "Wat het per jaar bespaart, over alle gemeenten, in eurocent; null als dat niet is geraamd."


class Impact(Input):
    """Wat de voorziening op één onderdeel betekent."""

    omvang: Omvang = Field(description="Hoe groot de gevolgen zijn.", examples=["klein"])
    toelichting: Line = Field(max_length=2000, description="Welke gevolgen.", examples=["Minder bezoek aan de balie."])


class NieuweImpactanalyse(Input):
    """Een impactanalyse, na een pilot."""

    datum: GivenDay = Field(description="Dag waarop zij is vastgesteld.", examples=["2018-01-12"])
    pilots: list[GivenUuid] = Field(
        min_length=1, max_length=50, description="Identificaties van de afgeronde pilots waarop zij berust.", examples=[[_ID]]
    )
    it: Impact = Field(description="Gevolgen voor informatievoorziening en techniek.")
    werkproces: Impact = Field(description="Gevolgen voor werkprocessen.")
    veranderkundig: Impact = Field(description="Wat de verandering van de organisatie vraagt.")
    personeel: Impact = Field(description="Gevolgen voor personeel.")
    kosten_eenmalig_cent: Cent | None = Field(None, description=_EENMALIG, examples=[15000000])
    kosten_per_jaar_cent: Cent | None = Field(None, description=_PER_JAAR, examples=[2500000])
    baten_per_jaar_cent: Cent | None = Field(None, description=_BATEN, examples=[40000000])
    kosten_en_baten: Line = Field(
        max_length=2000, description="Kosten en baten in woorden.", examples=["De baten vallen bij gemeenten."]
    )
    conclusie: Conclusie = Field(description="Of opschalen verstandig is.", examples=["positief"])
    onderbouwing: Line = Field(max_length=4000, description="Waarom.", examples=["Realiseerbaar, en de baten zijn groter."])


class Gevolg(Output):
    """Wat de voorziening op één onderdeel betekent, zoals het is vastgelegd."""

    omvang: str = Field(description="geen, klein, middel of groot.", examples=["klein"])
    toelichting: str = Field(description="Welke gevolgen.", examples=["Minder bezoek aan de balie."])


class Impactanalyse(Output):
    """Een impactanalyse; zij verandert niet meer, er komt hoogstens een volgende."""

    voorziening: str = Field(description="Code van de voorziening.", examples=["kindertelefoon"])
    versie: int = Field(ge=1, description="De hoeveelste van deze voorziening; de laatste geldt.", examples=[1])
    datum: Day = Field(description="Dag waarop zij is vastgesteld.", examples=["2018-01-12"])
    pilots: list[uuid.UUID] = Field(description="Pilots waarop zij berust.", examples=[[_ID]])
    it: Gevolg = Field(description="Gevolgen voor informatievoorziening en techniek.")
    werkproces: Gevolg = Field(description="Gevolgen voor werkprocessen.")
    veranderkundig: Gevolg = Field(description="Wat de verandering van de organisatie vraagt.")
    personeel: Gevolg = Field(description="Gevolgen voor personeel.")
    kosten_eenmalig_cent: int | None = Field(description=_EENMALIG, examples=[15000000])
    kosten_per_jaar_cent: int | None = Field(description=_PER_JAAR, examples=[2500000])
    baten_per_jaar_cent: int | None = Field(description=_BATEN, examples=[40000000])
    kosten_en_baten: str = Field(description="Kosten en baten in woorden.", examples=["De baten vallen bij gemeenten."])
    conclusie: str = Field(description="positief of negatief.", examples=["positief"])
    onderbouwing: str = Field(description="Waarom.", examples=["Realiseerbaar, en de baten zijn groter."])
    vastgelegd_op: Moment = Field(description="Wanneer zij is vastgelegd.", examples=["2018-01-15T09:00:00.000Z"])


class ImpactanalysesPagina(Page):
    """Impactanalyses van een voorziening, laatste eerst."""

    results: list[Impactanalyse] = Field(description="De impactanalyses op deze pagina.")
