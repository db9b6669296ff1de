"""Wire models of statements and receipts."""

from __future__ import annotations

import uuid
from typing import Literal

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Cent, Day, GivenUuid, Input, Line, Moment, Output, Reference, YesNo
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
    al_bekend: int = Field(ge=0, description="Bij- en afschrijvingen die een eerder afschrift al had.", examples=[0])
    aantal_twijfel: int = Field(
        ge=0, description="Nieuwe ontvangsten die op een post van een ander afschrift lijken; beoordeel ze.", examples=[0]
    )
    aantal_afschrijvingen: int = Field(ge=0, description="Aantal nieuwe afschrijvingen.", examples=[2])
    afgeschreven_cent: Cent = Field(description="Som van de nieuwe afschrijvingen.", examples=[4500])
    onverklaard_cent: Cent = Field(
        description="Wat de posten niet verklaren van het verschil tussen begin- en eindsaldo; hoort nul te zijn.", examples=[0]
    )
    sluit_aan: bool = Field(description="Of het op een ander afschrift volgt; zo niet, dan ontbreekt er een ervoor.")
    opmerkingen: list[str] = Field(description="Wat er vreemd aan is.", examples=[[]])
    formaat: Literal["camt.053", "mt940"] | None = Field(
        description="Formaat van het bestand; null als dat bij het inlezen nog niet werd bewaard.", examples=["camt.053"]
    )
    begindag: Day | None = Field(description="Dag van het beginsaldo volgens de bank.", examples=["2018-02-14"])
    einddag: Day | None = Field(description="Dag van het eindsaldo volgens de bank.", examples=["2018-02-15"])
    ingelezen_op: Moment = Field(description="Wanneer ingelezen.", examples=["2018-02-15T09:00:00.000Z"])
    status: Literal["ingelezen", "geboekt"] = Field(
        description="`geboekt` als ook alle boekingen bij fonds zijn.", examples=["geboekt"]
    )
    voortgang: Voortgang = Field(description="Hoe ver de boekingen zijn.")
    aantal_geweigerde_boekingen: int = AANTAL_GEWEIGERD
    betalingen: str = Field(
        description="Pad van de ontvangsten.", examples=["/v1/betalingen?bankafschrift=8f7a52f6-7f0e-4a57-8a1c-0a8d1f8a4f22"]
    )


class IngelezenBankafschrift(Bankafschrift):
    """Het eerste afschrift van een ingelezen bestand."""

    in_bestand: list[str] = Field(description="Paden van alle afschriften in het bestand.", examples=[[PAD_AFSCHRIFT]])


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
        None, description="true: alleen wat geheel is gekoppeld of teruggegaan; false: alleen waar iets van over is."
    )
    twijfel: YesNo | None = Field(None, description="true: alleen wat op een post van een ander afschrift lijkt; false: de rest.")


class BetalingKort(Output):
    """Een ontvangst op de bankrekening."""

    id: uuid.UUID = Field(description="Identificatie.", examples=["3b7f0d62-1d6c-45f5-9f55-7a3c4f9be310"])
    bankafschrift: str = Field(description="Pad van het afschrift.", examples=[PAD_AFSCHRIFT])
    boekdatum: Day = Field(description="Dag waarop de bank haar boekte.", examples=["2018-02-14"])
    bedrag_cent: Cent = Field(description="Bedrag in centen.", examples=[1062090])
    gekoppeld_cent: Cent = Field(description="Wat ervan de factuur betaalt.", examples=[1062090])
    terug_cent: Cent = Field(description="Wat ervan is teruggehaald of terugbetaald.", examples=[0])
    niet_gekoppeld_cent: Cent = Field(description="Wat ervan over is.", examples=[0])
    factuur: str | None = Field(description="Pad van de factuur die zij noemt.", examples=["/v1/facturen/2018-000001"])
    koppeling: Literal["betalingskenmerk", "omschrijving"] | None = Field(description="Waar zij de factuur noemt.")
    reden: str | None = Field(description="Waarom niet alles is gekoppeld.", examples=["te veel betaald"])
    naam: str | None = Field(description="Naam van de betaler volgens de bank.", examples=["Gemeente Appingedam"])
    tegenrekening: str | None = Field(description="Rekening van de betaler.", examples=["NL42TEST0000000002"])
    kenmerk: str | None = Field(description="Gestructureerd kenmerk.", examples=["5118000300000100"])
    omschrijving: str = Field(description="Vrije tekst.", examples=["Factuur 2018-000001"])
    eindnaareind: str | None = Field(description="Kenmerk dat de betaler aan de opdracht gaf.", examples=["E2E-2018-17"])
    bankreferentie: str | None = Field(description="Kenmerk dat de bank aan de post gaf.", examples=["2018-046-00001"])
    soort: Literal["gewoon", "retour", "kosten"] = Field(
        description="`retour`: een eigen betaling die terugkomt.", examples=["gewoon"]
    )
    twijfel: str | None = Field(
        description="Waarom het dezelfde kan zijn als een andere.", examples=["lijkt op een post van een ander afschrift"]
    )


class Toewijzing(Output):
    """Wat een ontvangst betaalt van een factuurregel."""

    factuur: str = Field(description="Pad van de factuur.", examples=["/v1/facturen/2018-000001"])
    dienst: str = Field(description="Code van de dienst.", examples=["kindertelefoon"])
    bedrag_cent: Cent = Field(description="Bedrag in centen.", examples=[265523])


class Betaling(BetalingKort):
    """Een ontvangst, met wat zij betaalt."""

    toewijzingen: list[Toewijzing] = Field(description="Per factuurregel.")
    boeking: Reference | None = Field(description="De boeking in fonds; null zolang die niet is afgeleverd.")


class Voorsteldeel(Output):
    factuur: str = Field(description="Pad van de factuur.", examples=["/v1/facturen/2018-000001"])
    bedrag_cent: Cent = Field(description="Bedrag in centen.", examples=[1062090])


class Voorstel(Output):
    """Wat een ontvangst kan betalen, en waarom."""

    facturen: list[Voorsteldeel] = Field(description="De facturen, elk met het bedrag.")
    reden: str = Field(description="Waarom.", examples=["enige openstaande factuur met dit bedrag"])


class Koppelvoorstellen(Output):
    """Voorstellen voor een mens; er wordt niets gekoppeld."""

    niet_gekoppeld_cent: Cent = Field(description="Wat van de ontvangst over is.", examples=[1062090])
    voorstellen: list[Voorstel] = Field(description="Het waarschijnlijkste eerst.")


class GekozenFactuur(Input):
    factuur: str = Field(pattern=r"^[0-9]{4}-[0-9]{6}$", description="Nummer van de factuur.", examples=["2018-000001"])
    bedrag_cent: int | None = Field(
        None, ge=1, le=10**12, description="Bedrag in centen; zonder: wat openstaat, of wat over is.", examples=[1062090]
    )


class NieuweKoppeling(Input):
    """Koppel een ontvangst met de hand aan facturen."""

    facturen: list[GekozenFactuur] = Field(min_length=1, max_length=500, description="De facturen, in volgorde van betalen.")
    toelichting: Line = Field(max_length=500, description="Waarom.", examples=["volgens bericht van de gemeente"])


class NieuweOntkoppeling(Input):
    """Maak ongedaan wat een ontvangst van een factuur betaalt."""

    factuur: str = Field(pattern=r"^[0-9]{4}-[0-9]{6}$", description="Nummer van de factuur.", examples=["2018-000001"])
    toelichting: Line = Field(max_length=500, description="Waarom.", examples=["was voor een andere factuur"])


class NieuweTerugboeking(Input):
    """Zeg welke ontvangst met een afschrijving terugging."""

    betaling: GivenUuid = Field(description="De ontvangst.", examples=["3b7f0d62-1d6c-45f5-9f55-7a3c4f9be310"])
    bedrag_cent: int | None = Field(
        None, ge=1, le=10**12, description="Bedrag in centen; zonder: wat van beide over is.", examples=[1062090]
    )
    toelichting: Line = Field(max_length=500, description="Waarom.", examples=["dubbel betaald, op verzoek terugbetaald"])


class NieuweVerrekening(Input):
    """Verreken wat van een factuur te veel is betaald."""

    met: str | None = Field(
        None,
        pattern=r"^[0-9]{4}-[0-9]{6}$",
        description="Nummer van een andere factuur van dezelfde gemeente; zonder: het komt vrij, om terug te betalen.",
        examples=["2018-000002"],
    )
    toelichting: Line = Field(max_length=500, description="Waarom.", examples=["gecrediteerd na betaling"])


class Koppeling(Output):
    """Wat er na het inlezen met een ontvangst is gebeurd. Zij wijzigt nooit."""

    id: uuid.UUID = Field(description="Identificatie.", examples=["5d0e3a9a-93c6-4d6f-a1bb-6a1d0b6d7f10"])
    betaling: str = Field(description="Pad van de ontvangst.", examples=["/v1/betalingen/3b7f0d62-1d6c-45f5-9f55-7a3c4f9be310"])
    soort: Literal["met_de_hand", "later", "ongedaan", "retour", "terugbetaling"] = Field(
        description="`later`: de factuur kwam na de ontvangst; `retour`: teruggehaald of teruggestuurd.", examples=["met_de_hand"]
    )
    datum: Day = Field(description="Boekdatum.", examples=["2018-02-20"])
    afschrijving: str | None = Field(
        description="Pad van de afschrijving waarmee het geld terugging.",
        examples=["/v1/afschrijvingen/0d9c2f54-1f7e-4d2a-9b58-0f6d3c9a1e21"],
    )
    bedrag_cent: Cent = Field(description="Wat van die afschrijving bij deze ontvangst hoort.", examples=[0])
    toelichting: str | None = Field(description="Waarom.", examples=["volgens bericht van de gemeente"])
    toewijzingen: list[Toewijzing] = Field(description="Per factuurregel; negatief is teruggenomen.")
    boeking: Reference | None = Field(description="De boeking in fonds; null zolang die niet is afgeleverd of niet nodig is.")
    vastgelegd_op: Moment = Field(description="Wanneer vastgelegd.", examples=["2018-02-20T09:00:00.000Z"])


class Factuurverrekening(Output):
    """Wat van een factuur te veel was betaald, en waar het bleef."""

    vrijgekomen_cent: Cent = Field(description="Wat nu vrij op ontvangsten staat, in centen.", examples=[0])
    verrekend_cent: Cent = Field(description="Wat nu de andere factuur betaalt, in centen.", examples=[279504])
    koppelingen: list[Koppeling] = Field(description="Wat er met elke ontvangst is gebeurd, in volgorde.")


class KoppelingenFilter(PageQuery):
    betaling: GivenUuid | None = Field(
        None, description="Alleen van deze ontvangst.", examples=["3b7f0d62-1d6c-45f5-9f55-7a3c4f9be310"]
    )
    afschrijving: GivenUuid | None = Field(
        None, description="Alleen door deze afschrijving.", examples=["0d9c2f54-1f7e-4d2a-9b58-0f6d3c9a1e21"]
    )


class KoppelingenPagina(Page):
    """Koppelingen, in volgorde van vastleggen."""

    results: list[Koppeling] = Field(description="De koppelingen op deze pagina.")


class Afschrijving(Output):
    """Geld dat van de rekening ging."""

    id: uuid.UUID = Field(description="Identificatie.", examples=["0d9c2f54-1f7e-4d2a-9b58-0f6d3c9a1e21"])
    bankafschrift: str = Field(description="Pad van het afschrift.", examples=[PAD_AFSCHRIFT])
    boekdatum: Day = Field(description="Dag waarop de bank haar boekte.", examples=["2018-02-14"])
    bedrag_cent: Cent = Field(description="Bedrag in centen.", examples=[1062090])
    verklaard_cent: Cent = Field(description="Wat ervan bij een ontvangst hoort.", examples=[1062090])
    soort: Literal["gewoon", "retour", "kosten"] = Field(
        description="`retour`: een ontvangst die wordt teruggehaald; `kosten`: van de bank.", examples=["retour"]
    )
    naam: str | None = Field(description="Naam van de ontvanger volgens de bank.", examples=["Gemeente Appingedam"])
    tegenrekening: str | None = Field(description="Rekening van de ontvanger.", examples=["NL42TEST0000000002"])
    kenmerk: str | None = Field(description="Gestructureerd kenmerk.", examples=["5118000300000100"])
    omschrijving: str = Field(description="Vrije tekst.", examples=["Storno"])
    eindnaareind: str | None = Field(description="Kenmerk van de opdracht.", examples=["E2E-2018-17"])
    opdracht: str | None = Field(description="Kenmerk van de eigen betaalopdracht.", examples=["VERDELING-2018-1"])
    bankreferentie: str | None = Field(description="Kenmerk dat de bank aan de post gaf.", examples=["2018-046-00001"])
    twijfel: str | None = Field(
        description="Waarom het dezelfde kan zijn als een andere.", examples=["lijkt op een post van een ander afschrift"]
    )
    boeking: Reference | None = Field(description="De boeking in fonds; null zolang die niet is afgeleverd.")


class AfschrijvingenFilter(PageQuery):
    bankafschrift: GivenUuid | None = Field(
        None, description="Alleen uit dit afschrift.", examples=["8f7a52f6-7f0e-4a57-8a1c-0a8d1f8a4f22"]
    )
    soort: Literal["gewoon", "retour", "kosten"] | None = Field(None, description="Alleen van deze soort.", examples=["retour"])
    verklaard: YesNo | None = Field(
        None, description="true: alleen wat geheel bij ontvangsten hoort; false: alleen waar iets van over is."
    )


class AfschrijvingenPagina(Page):
    """Afschrijvingen in volgorde van afschrift; de totalen gaan over alles wat aan de vraag voldoet."""

    afgeschreven_cent: Cent = Field(description="Som van alle gevonden afschrijvingen.", examples=[4500])
    verklaard_cent: Cent = Field(description="Wat daarvan bij ontvangsten hoort.", examples=[4500])
    results: list[Afschrijving] = Field(description="De afschrijvingen op deze pagina.")


class BetalingenPagina(Page):
    """Ontvangsten in volgorde van afschrift; de totalen gaan over alles wat aan de vraag voldoet."""

    ontvangen_cent: Cent = Field(description="Som van alle gevonden ontvangsten.", examples=[1491723091])
    niet_gekoppeld_cent: Cent = Field(description="Wat daarvan over is.", examples=[523091])
    results: list[BetalingKort] = Field(description="De ontvangsten op deze pagina.")
