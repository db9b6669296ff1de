"""Wire models of boekingsopdrachten, and of their progress for a resource."""

from __future__ import annotations

import uuid
from typing import Literal

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Moment, Output, Reference
from pydantic import Field

Status = Literal["wachtend", "geboekt", "geweigerd"]


class Voortgang(Output):
    """Hoe ver het werk op de achtergrond is."""

    stap: Literal["voorstellen", "factureren", "boeken"] = Field(description="Wat er gebeurt.", examples=["boeken"])
    gedaan: int = Field(ge=0, description="Hoeveel daarvan klaar is.", examples=[212])
    totaal: int = Field(ge=0, description="Hoeveel er in deze stap is te doen.", examples=[380])


AANTAL_GEWEIGERD = Field(
    ge=0,
    description="Boekingen die fonds heeft geweigerd; zie `/v1/boekingsopdrachten?status=geweigerd`.",
    examples=[0],
)


class BoekingsopdrachtenFilter(PageQuery):
    status: Status | None = Field(None, description="Alleen opdrachten met deze status.", examples=["geweigerd"])


class Boekingsopdracht(Output):
    """Een boeking die fonds moet maken van een document van deze bron."""

    id: uuid.UUID = Field(description="Identificatie.", examples=["5f0d8f4e-1b1e-4c55-9d0a-6b8f4f1f2a90"])
    onderwerp: str = Field(description="Pad van het document waarvan wordt geboekt.", examples=["/v1/facturen/2018-000001"])
    hoort_bij: str = Field(
        description="Pad van de resource waarvan deze boeking de voortgang bepaalt.", examples=["/v1/facturatierondes/2018"]
    )
    status: Status = Field(
        description="`wachtend` tot fonds haar heeft; `geboekt`; of `geweigerd`: fonds weigerde haar, zie `fout`. "
        "Een geweigerde opdracht gaat elke dag opnieuw, en meteen als dat wordt gevraagd.",
        examples=["geweigerd"],
    )
    fout: str | None = Field(
        description="Wat er de laatste keer misging; van een geweigerde opdracht waarom fonds weigerde.",
        examples=["fonds/v1/boekingen: 409: Rekening 2320 bestaat niet in fonds derdengelden."],
    )
    pogingen: int = Field(ge=0, description="Hoe vaak aflevering is begonnen.", examples=[1])
    boeking: Reference | None = Field(description="De boeking in fonds; null zolang die er niet is.")
    ontstaan_op: Moment = Field(description="Wanneer zij ontstond.", examples=["2018-01-15T09:00:00.000Z"])
    geweigerd_op: Moment | None = Field(description="Wanneer fonds het laatst weigerde.", examples=["2018-01-15T09:00:01.000Z"])
    geboekt_op: Moment | None = Field(description="Wanneer bleek dat fonds haar heeft.", examples=["2018-01-15T09:00:01.000Z"])
    volgende_poging_op: Moment | None = Field(
        description="Niet eerder opnieuw dan op dit moment; null als er is geboekt.", examples=["2018-01-16T09:00:01.000Z"]
    )


class BoekingsopdrachtenPagina(Page):
    """Boekingsopdrachten, in volgorde van ontstaan."""

    results: list[Boekingsopdracht] = Field(description="De opdrachten op deze pagina.")
