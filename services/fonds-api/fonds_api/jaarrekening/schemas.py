"""Wire models of jaarrekeningen."""

from __future__ import annotations

from gemeengoed_kit.schema import Day, Input, Moment, Output, Reference
from pydantic import Field

from fonds_api.jaareinde.rules import Status as Bestemmingstatus
from fonds_api.jaarrekening.rules import Status
from fonds_api.verantwoording.schemas import GeldendeBegroting, Jaar

_BESLUIT = "/v1/besluiten/3f0c9a52-6d1e-4b7a-9c58-2e4d7f1a0b63"
_AFSCHRIFT = "/v1/fondsen/ggu/rekeningen/4011/afschrift?vanaf=2020-01-01&tot=2021-01-01"
_VORIG = "Hetzelfde over het jaar ervoor, in centen."
_PADEN = Field(
    description="Paden van de afschriften waarvan de bewegingen samen dit bedrag zijn; de boeking die het jaar afsluit, telt "
    "niet mee.",
    examples=[[_AFSCHRIFT]],
)


class Jaarvraag(Input):
    jaar: Jaar = Field(description="Jaar van de jaarrekening.", examples=[2020])


class Balanspost(Output):
    """Een regel van de balans."""

    rekening: str | None = Field(
        description="Nummer van de rekening; null bij resultaat dat niet is afgesloten.", examples=["1100"]
    )
    omschrijving: str = Field(description="Waar het om gaat.", examples=["Bank"])
    bedrag_cent: int = Field(description="Stand aan het eind van het jaar, in centen.", examples=[5030000000])
    vorig_cent: int = Field(description="Stand aan het eind van het jaar ervoor, in centen.", examples=[0])


class Balans(Output):
    """Wat het fonds aan het eind van het jaar heeft, en van wie dat is."""

    datum: Day = Field(description="Laatste dag van het jaar.", examples=["2020-12-31"])
    vorige_datum: Day = Field(description="Laatste dag van het jaar ervoor.", examples=["2019-12-31"])
    activa: list[Balanspost] = Field(description="Wat er is, op rekening.")
    passiva: list[Balanspost] = Field(description="Van wie het is, op rekening.")
    totaal_cent: int = Field(description="Totaal van elke kant, in centen.", examples=[5030000000])
    vorig_totaal_cent: int = Field(description="Totaal van elke kant een jaar eerder, in centen.", examples=[0])
    herleiding: list[str] = Field(
        description="Paden van de saldibalansen waarop deze standen te zien zijn.",
        examples=[["/v1/fondsen/ggu/saldibalans?datum=2020-12-31", "/v1/fondsen/ggu/saldibalans?datum=2019-12-31"]],
    )


class Staatregel(Output):
    """Een regel van de staat van baten en lasten."""

    omschrijving: str = Field(description="Waar het om gaat.", examples=["A2 Datagedreven samenleving en sturingsinformatie"])
    begroot_cent: int = Field(description="Wat ervoor was begroot, met wat is overgeheveld, in centen.", examples=[435000000])
    bedrag_cent: int = Field(description="Wat het is geworden, in centen.", examples=[401234567])
    verschil_cent: int = Field(
        description="Wat er beter uitkwam dan begroot: bij baten meer, bij lasten minder; in centen.", examples=[33765433]
    )
    vorig_cent: int = Field(description=_VORIG, examples=[0])
    herleiding: list[str] = _PADEN


class ToelichtingPost(Output):
    """Een begrotingspost van een prioriteit."""

    budgetsoort: str | None = Field(description="Budgetsoort.", examples=["structureel"])
    begroot_cent: int = Field(description="Begroot, met wat is overgeheveld, in centen.", examples=[200000000])
    besteed_cent: int = Field(description="Besteed, in centen.", examples=[145000000])
    verplicht_cent: int = Field(description="Verplicht en nog niet besteed, in centen.", examples=[0])
    vrij_cent: int = Field(description="Begroot, min verplicht, min besteed, in centen.", examples=[55000000])
    herleiding: list[str] = _PADEN


class Toelichting(Output):
    """Wat er van een prioriteit kwam."""

    prioriteit: str = Field(description="Prioriteit.", examples=["A1"])
    omschrijving: str = Field(description="Naam van de prioriteit.", examples=["Sociaal Domein"])
    tekst: str = Field(description="Hetzelfde in woorden.", examples=["Van € 2.000.000,00 is € 1.450.000,00 besteed (72,5 %)."])
    posten: list[ToelichtingPost] = Field(description="De posten, op budgetsoort.")


class JaarrekeningVaststelling(Output):
    """Het besluit waarmee de ledenvergadering de jaarrekening vaststelde."""

    besluit: Reference = Field(description="Het besluit.", examples=[{"bron": "catalogus", "pad": _BESLUIT}])
    vastgesteld_op: Moment = Field(description="Wanneer dat hier is vastgelegd.", examples=["2021-06-15T09:00:00.000Z"])


class Resultaatbestemming(Output):
    """Wat er met het resultaat gebeurt: wat is besloten, of wat is voorgesteld."""

    pad: str = Field(description="Pad van de bestemming.", examples=["/v1/jaarafsluitingen/ggu-2020/bestemming"])
    status: Bestemmingstatus = Field(
        description="Vastgesteld; of aangevraagd, of geweigerd omdat het besluit het niet draagt.", examples=["vastgesteld"]
    )
    uitkeren_cent: int = Field(ge=0, description="Terug naar de deelnemers, in centen.", examples=[100000000])
    reserve_cent: int = Field(description="Naar de reserve (negatief: eruit), in centen.", examples=[30000000])
    besluit: Reference = Field(description="Het besluit waarop het rust.", examples=[{"bron": "catalogus", "pad": _BESLUIT}])
    boeking: str | None = Field(
        description="Pad van de boeking; null zolang die er niet is.",
        examples=["/v1/boekingen/7b0f8a58-6f0e-4a39-9d8e-0f1c34a3f0de"],
    )


class Jaarrekening(Output):
    """De jaarrekening van een fonds over een jaar, opgemaakt uit het grootboek."""

    fonds: str = Field(description="Code van het fonds.", examples=["ggu"])
    naam: str = Field(description="Naam van het fonds.", examples=["Fonds Gezamenlijke Gemeentelijke Uitvoering"])
    omschrijving: str = Field(description="Waarvoor het fonds is.", examples=["Waaruit gemeenten samen betalen."])
    jaar: int = Field(description="Jaar.", examples=[2020])
    status: Status = Field(description="Concept, of vastgesteld door de ledenvergadering.", examples=["concept"])
    vaststelling: JaarrekeningVaststelling | None = Field(description="Waarmee zij is vastgesteld; null bij een concept.")
    bestemming: Resultaatbestemming | None = Field(
        description="Wat er met het resultaat gebeurt; null als dat niet is gevraagd of er geen resultaat is."
    )
    opgemaakt_op: Day = Field(description="Dag waarop zij zo uit het grootboek is opgemaakt.", examples=["2021-03-01"])
    begroting: GeldendeBegroting | None = Field(
        description="De begroting waarmee is vergeleken; null als er geen is vastgesteld."
    )
    balans: Balans = Field(description="De balans.")
    baten: list[Staatregel] = Field(description="De baten; de laatste regel is het totaal.")
    lasten: list[Staatregel] = Field(description="De lasten per prioriteit; de laatste regel is het totaal.")
    resultaat_cent: int = Field(description="Baten min lasten, in centen.", examples=[4296154222])
    vorig_resultaat_cent: int = Field(description=_VORIG, examples=[77777])
    toelichting: list[Toelichting] = Field(description="Per prioriteit wat ervan kwam.")
    aantal_boekingen: int = Field(ge=0, description="Aantal boekingen in het jaar.", examples=[11])
