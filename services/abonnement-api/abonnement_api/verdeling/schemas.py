"""Wire models of distributions."""

from __future__ import annotations

import uuid
from typing import Literal

from gemeengoed_kit.pagination import Page
from gemeengoed_kit.schema import Cent, Day, GivenDay, Input, Line, Moment, Output, Reference
from pydantic import Field

from abonnement_api.aanbieder.schemas import Aandeel
from abonnement_api.boekingsopdracht.schemas import AANTAL_GEWEIGERD, Voortgang


class NieuweVerdeling(Input):
    """Stel voor wat is ontvangen, over de aanbieders te verdelen."""

    tot_en_met: GivenDay = Field(
        description="Ontvangsten tot en met deze dag; ook de boekdatum, dus hoogstens een jaar na vandaag.",
        examples=["2018-02-28"],
    )


class NieuweVerdelingsafwijzing(Input):
    """Wijs af wat is voorgesteld, of trek het in."""

    reden: Line = Field(max_length=500, description="Waarom.", examples=["De storno's van deze week ontbreken nog"])


class Verdelingsregel(Output):
    """Het deel voor één dienst."""

    dienst: str = Field(description="Code van de dienst.", examples=["kindertelefoon"])
    aanbieder: str = Field(description="Code van de aanbieder die het krijgt.", examples=["stichting-kindertelefoon"])
    bedrag_cent: Cent = Field(description="Bedrag in centen.", examples=[386691157])


class Verdelingsbesluit(Output):
    """Wat een ander over een voorstel besloot."""

    uitkomst: str = Field(description="Wat is besloten.", examples=["vastgesteld"])
    rol: str = Field(description="Rol in het contract van wie besloot.", examples=["fiatteur"])
    reden: str | None = Field(description="Waarom; alleen bij afwijzen.", examples=["De storno's van deze week ontbreken nog"])
    op: Moment = Field(description="Wanneer.", examples=["2018-02-28T10:00:00.000Z"])


class Verdeling(Output):
    """Een verdeling van ontvangsten over de aanbieders. Wat is vastgesteld, wijzigt nooit. Een aanbieder ziet zijn eigen deel."""

    id: uuid.UUID = Field(description="Identificatie.", examples=["c2b1f5c4-70e5-4f0e-8d5f-7a1c3e9d2b64"])
    tot_en_met: Day = Field(description="Ontvangsten tot en met deze dag.", examples=["2018-02-28"])
    bedrag_cent: Cent = Field(description="Som van de regels, in centen.", examples=[1491723091])
    aandelen: list[Aandeel] = Field(description="Per aanbieder; tellen op tot het bedrag.")
    regels: list[Verdelingsregel] = Field(description="Per dienst; tellen op tot het bedrag.")
    status: Literal["voorgesteld", "afgewezen", "vastgesteld", "geboekt"] = Field(
        description="`voorgesteld` wacht op een ander; `geboekt` als na het vaststellen ook alle boekingen bij fonds zijn.",
        examples=["geboekt"],
    )
    voortgang: Voortgang = Field(description="Hoe ver de boekingen zijn; nul van nul zolang zij niet is vastgesteld.")
    aantal_geweigerde_boekingen: int = AANTAL_GEWEIGERD
    boeking: Reference | None = Field(description="De boeking in fonds; null zolang die niet is afgeleverd.")
    rol: str | None = Field(
        description="Rol van wie haar voorstelde; null van voor er werd voorgesteld.", examples=["administratie"]
    )
    voorgesteld_op: Moment | None = Field(
        description="Wanneer voorgesteld; null van voor er werd voorgesteld.", examples=["2018-02-28T09:00:00.000Z"]
    )
    besluit: Verdelingsbesluit | None = Field(description="Wat een ander besloot; null zolang dat niet is gebeurd.")
    vastgesteld_op: Moment | None = Field(
        description="Wanneer vastgesteld; null als dat niet is gebeurd.", examples=["2018-02-28T10:00:00.000Z"]
    )


class VerdelingenPagina(Page):
    """Verdelingen, in volgorde van voorstellen."""

    results: list[Verdeling] = Field(description="De verdelingen op deze pagina.")
