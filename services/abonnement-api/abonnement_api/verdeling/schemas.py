"""Wire models of distributions."""

from __future__ import annotations

import uuid
from typing import Literal

from gemeengoed_kit.pagination import Page
from gemeengoed_kit.schema import Cent, Day, GivenDay, Input, Moment, Output, Reference
from pydantic import Field

from abonnement_api.aanbieder.schemas import Aandeel
from abonnement_api.boekingsopdracht.schemas import AANTAL_GEWEIGERD, Voortgang


class NieuweVerdeling(Input):
    """Verdeel wat is ontvangen over de aanbieders."""

    tot_en_met: GivenDay = Field(
        description="Ontvangsten tot en met deze dag; ook de boekdatum, dus hoogstens een jaar na vandaag.",
        examples=["2018-02-28"],
    )


class Verdelingsregel(Output):
    """Het deel voor één dienst."""

    dienst: str = Field(description="Code van de dienst.", examples=["kindertelefoon"])
    aanbieder: str = Field(description="Code van de aanbieder die het krijgt.", examples=["stichting-kindertelefoon"])
    bedrag_cent: Cent = Field(description="Bedrag in centen.", examples=[386691157])


class Verdeling(Output):
    """Een verdeling van ontvangsten over de aanbieders. Zij wijzigt nooit."""

    id: uuid.UUID = Field(description="Identificatie.", examples=["c2b1f5c4-70e5-4f0e-8d5f-7a1c3e9d2b64"])
    tot_en_met: Day = Field(description="Ontvangsten tot en met deze dag.", examples=["2018-02-28"])
    bedrag_cent: Cent = Field(description="Wat is verdeeld, in centen.", examples=[1491723091])
    aandelen: list[Aandeel] = Field(description="Per aanbieder; tellen op tot het bedrag.")
    regels: list[Verdelingsregel] = Field(description="Per dienst; tellen op tot het bedrag.")
    status: Literal["vastgesteld", "geboekt"] = Field(
        description="`geboekt` als ook alle boekingen bij fonds zijn.", examples=["geboekt"]
    )
    voortgang: Voortgang = Field(description="Hoe ver de boekingen zijn.")
    aantal_geweigerde_boekingen: int = AANTAL_GEWEIGERD
    boeking: Reference | None = Field(description="De boeking in fonds; null zolang die niet is afgeleverd.")
    vastgesteld_op: Moment = Field(description="Wanneer vastgesteld.", examples=["2018-02-28T09:00:00.000Z"])


class VerdelingenPagina(Page):
    """Verdelingen, in volgorde van vaststelling."""

    results: list[Verdeling] = Field(description="De verdelingen op deze pagina.")
