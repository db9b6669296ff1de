"""Wire models of statements and receipts."""

from __future__ import annotations

import uuid
from typing import Literal

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Cent, Day, GivenUuid, Moment, Output, Reference, YesNo
from pydantic import Field

from abonnement_api.boekingsopdracht.schemas import AANTAL_GEWEIGERD, Voortgang

PAD_AFSCHRIFT = "/v1/bankafschriften/8f7a52f6-7f0e-4a57-8a1c-0a8d1f8a4f22"


class Bankafschrift(Output):
    """Een ingelezen bankafschrift en wat ervan is gekoppeld."""

    id: uuid.UUID = Field(description="Identificatie.", examples=["8f7a52f6-7f0e-4a57-8a1c-0a8d1f8a4f22"])
    afschriftnummer: str = Field(description="Nummer dat de bank het gaf.", examples=["2018-001"])
    iban: str = Field(description="Eigen rekening.", examples=["NL69TEST0000000001"])
    beginsaldo_cent: Cent = Field(description="Saldo aan het begin.", examples=[100000])
    eindsaldo_cent: Cent = Field(description="Saldo aan het eind.", examples=[1491823091])
    aantal: int = Field(ge=0, description="Aantal nieuwe ontvangsten.", examples=[381])
    ontvangen_cent: Cent = Field(description="Som van de nieuwe ontvangsten.", examples=[1491723091])
    gekoppeld_cent: Cent = Field(description="Wat daarvan facturen betaalt.", examples=[1491200000])
    niet_gekoppeld_cent: Cent = Field(description="Onbekende betalers en wat te veel is betaald.", examples=[523091])
    ontvangen_volgens_bank_cent: Cent | None = Field(
        description="Wat dit afschrift volgens de bank zelf toevoegt: zijn bijschrijvingen, zonder wat een eerder afschrift al "
        "had; null als dat bij het inlezen nog niet werd bewaard.",
        examples=[1491723091],
    )
    verschil_cent: Cent = Field(
        description="Wat volgens de bank is ontvangen min wat hier als ontvangst is vastgelegd; hoort nul te zijn.", examples=[0]
    )
    al_bekend: int = Field(ge=0, description="Ontvangsten die een eerder afschrift al had.", examples=[0])
    ingelezen_op: Moment = Field(description="Wanneer ingelezen.", examples=["2018-02-15T09:00:00.000Z"])
    status: Literal["ingelezen", "geboekt"] = Field(
        description="`geboekt` als ook alle boekingen bij fonds zijn.", examples=["geboekt"]
    )
    voortgang: Voortgang = Field(description="Hoe ver de boekingen zijn.")
    aantal_geweigerde_boekingen: int = AANTAL_GEWEIGERD
    betalingen: str = Field(
        description="Pad van de ontvangsten.", examples=["/v1/betalingen?bankafschrift=8f7a52f6-7f0e-4a57-8a1c-0a8d1f8a4f22"]
    )


class BankafschriftenPagina(Page):
    """Bankafschriften, in volgorde van inlezen."""

    results: list[Bankafschrift] = Field(description="De afschriften op deze pagina.")


class BetalingenFilter(PageQuery):
    bankafschrift: GivenUuid | None = Field(
        None, description="Alleen uit dit afschrift.", examples=["8f7a52f6-7f0e-4a57-8a1c-0a8d1f8a4f22"]
    )
    factuur: str | None = Field(
        None, pattern=r"^[0-9]{4}-[0-9]{6}$", description="Alleen voor deze factuur.", examples=["2018-000001"]
    )
    gekoppeld: YesNo | None = Field(
        None, description="true: alleen wat geheel is gekoppeld; false: alleen waar iets van over is."
    )


class BetalingKort(Output):
    """Een ontvangst op de bankrekening."""

    id: uuid.UUID = Field(description="Identificatie.", examples=["3b7f0d62-1d6c-45f5-9f55-7a3c4f9be310"])
    bankafschrift: str = Field(description="Pad van het afschrift.", examples=[PAD_AFSCHRIFT])
    boekdatum: Day = Field(description="Dag waarop de bank haar boekte.", examples=["2018-02-14"])
    bedrag_cent: Cent = Field(description="Bedrag in centen.", examples=[1062090])
    gekoppeld_cent: Cent = Field(description="Wat ervan de factuur betaalt.", examples=[1062090])
    niet_gekoppeld_cent: Cent = Field(description="Wat ervan over is.", examples=[0])
    factuur: str | None = Field(description="Pad van de factuur die zij noemt.", examples=["/v1/facturen/2018-000001"])
    koppeling: Literal["betalingskenmerk", "omschrijving"] | None = Field(description="Waar zij de factuur noemt.")
    reden: str | None = Field(description="Waarom niet alles is gekoppeld.", examples=["te veel betaald"])
    naam: str | None = Field(description="Naam van de betaler volgens de bank.", examples=["Gemeente Appingedam"])
    tegenrekening: str | None = Field(description="Rekening van de betaler.", examples=["NL42TEST0000000002"])
    kenmerk: str | None = Field(description="Gestructureerd kenmerk.", examples=["5118000300000100"])
    omschrijving: str = Field(description="Vrije tekst.", examples=["Factuur 2018-000001"])


class Toewijzing(Output):
    """Wat een ontvangst betaalt van een factuurregel."""

    factuur: str = Field(description="Pad van de factuur.", examples=["/v1/facturen/2018-000001"])
    dienst: str = Field(description="Code van de dienst.", examples=["kindertelefoon"])
    bedrag_cent: Cent = Field(description="Bedrag in centen.", examples=[265523])


class Betaling(BetalingKort):
    """Een ontvangst, met wat zij betaalt."""

    toewijzingen: list[Toewijzing] = Field(description="Per factuurregel.")
    boeking: Reference | None = Field(description="De boeking in fonds; null zolang die niet is afgeleverd.")


class BetalingenPagina(Page):
    """Ontvangsten in volgorde van afschrift; de totalen gaan over alles wat aan de vraag voldoet."""

    ontvangen_cent: Cent = Field(description="Som van alle gevonden ontvangsten.", examples=[1491723091])
    niet_gekoppeld_cent: Cent = Field(description="Wat daarvan over is.", examples=[523091])
    results: list[BetalingKort] = Field(description="De ontvangsten op deze pagina.")
