"""Wire models of the end of a year."""

from __future__ import annotations

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, Digits, GivenDay, Input, Moment, Output, Reference, Whole
from pydantic import Field

from fonds_api.besluit.schemas import BESLUIT, Besluitverwijzing, Weigering
from fonds_api.fonds.schemas import FONDSCODE
from fonds_api.jaareinde.rules import Status

BOEKING = "/v1/boekingen/7b0f8a58-6f0e-4a39-9d8e-0f1c34a3f0de"


class NieuweJaarafsluiting(Input):
    """Welk jaar af te sluiten."""

    fonds: str = Field(pattern=FONDSCODE, description="Fonds.", examples=["ggu"])
    jaar: Whole = Field(ge=2000, le=2100, description="Jaar.", examples=[2020])


class NieuweBestemming(Input):
    """Wat er met het resultaat gebeurt: terug naar de deelnemers, en de rest naar (of, bij een tekort, uit) de reserve."""

    uitkeren_cent: Whole = Field(
        ge=0, le=10**15, description="Naar de deelnemers, in centen; de rest gaat naar de reserve.", examples=[0]
    )
    boekdatum: GivenDay = Field(description="Dag waarvoor de boeking telt.", examples=["2021-06-16"])
    besluit: Besluitverwijzing = Field(description="Het besluit van de leden.")


class JaarafsluitingenFilter(PageQuery):
    fonds: str | None = Field(None, pattern=FONDSCODE, description="Alleen van dit fonds.", examples=["ggu"])
    jaar: Digits | None = Field(None, ge=2000, le=2100, description="Alleen van dit jaar.", examples=[2020])


class UitkeringenFilter(PageQuery):
    fonds: str | None = Field(None, pattern=FONDSCODE, description="Alleen uit dit fonds.", examples=["ggu"])
    jaar: Digits | None = Field(None, ge=2000, le=2100, description="Alleen over dit jaar.", examples=[2020])
    gemeentecode: str | None = Field(None, pattern=r"^GM[0-9]{4}$", description="Alleen aan deze gemeente.", examples=["GM0344"])


class Jaarafsluiting(Output):
    """Een afgesloten jaar, met zijn resultaat."""

    id: str = Field(description="Fonds en jaar.", examples=["ggu-2020"])
    fonds: str = Field(description="Fonds.", examples=["ggu"])
    jaar: int = Field(description="Jaar.", examples=[2020])
    baten_cent: int = Field(description="Baten, in centen.", examples=[5230000000])
    lasten_cent: int = Field(description="Lasten, in centen.", examples=[5100000000])
    resultaat_cent: int = Field(description="Baten min lasten, in centen.", examples=[130000000])
    boeking: str | None = Field(description="Pad van de boeking; null als er niets af te sluiten was.", examples=[BOEKING])
    afgesloten_op: Moment = Field(description="Wanneer.", examples=["2021-02-15T09:00:00.000Z"])


class JaarafsluitingenPagina(Page):
    """Afgesloten jaren, op fonds en jaar."""

    results: list[Jaarafsluiting] = Field(description="De jaarafsluitingen op deze pagina.")


class Bestemming(Output):
    """Wat er met het resultaat van een jaar gebeurt."""

    jaarafsluiting: str = Field(description="Pad van de jaarafsluiting.", examples=["/v1/jaarafsluitingen/ggu-2020"])
    resultaat_cent: int = Field(description="Het resultaat, in centen.", examples=[130000000])
    uitkeren_cent: int = Field(ge=0, description="Naar de deelnemers, in centen.", examples=[100000000])
    reserve_cent: int = Field(description="Naar de reserve (negatief: eruit), in centen.", examples=[30000000])
    regel: str = Field(description="Hoe over de deelnemers is verdeeld.", examples=["Naar rato van de bijdragen van dat jaar."])
    besluit: Reference = Field(description="Het besluit.", examples=[{"bron": "catalogus", "pad": BESLUIT}])
    status: Status = Field(description="Hoe het met het navragen van het besluit staat.", examples=["vastgesteld"])
    aangevraagd_op: Moment = Field(description="Wanneer (laatst) aangevraagd.", examples=["2021-06-16T09:00:00.000Z"])
    boekdatum: Day = Field(description="Dag waarvoor de boeking telt.", examples=["2021-06-16"])
    vastgesteld_op: Moment | None = Field(description="Wanneer vastgesteld.", examples=["2021-06-16T09:00:01.000Z"])
    boeking: str | None = Field(
        description="Pad van de boeking; null zolang die er niet is, en bij een resultaat van nul.", examples=[BOEKING]
    )
    probleem: Weigering | None = Field(description="Waarom het is geweigerd; anders null.")


class Uitkering(Output):
    """Wat een gemeente van het resultaat van een jaar terugkrijgt."""

    fonds: str = Field(description="Fonds.", examples=["ggu"])
    jaar: int = Field(description="Jaar.", examples=[2020])
    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    gemeente: Reference = Field(description="De gemeente in de catalogus.")
    bedrag_cent: int = Field(ge=0, description="Bedrag in centen.", examples=[2054263])
    bestemming: str = Field(
        description="Pad van het besluit dat het terugkomt.", examples=["/v1/jaarafsluitingen/ggu-2020/bestemming"]
    )


class UitkeringenPagina(Page):
    """Uitkeringen, op fonds, jaar en gemeentecode."""

    totaal_cent: int = Field(
        ge=0, description="Som van alle gevonden uitkeringen, ook die op andere pagina's, in centen.", examples=[100000000]
    )
    results: list[Uitkering] = Field(description="De uitkeringen op deze pagina.")
