"""Wire models of reports."""

from __future__ import annotations

from typing import Annotated

from gemeengoed_kit.schema import Day, Digits, GivenDay, Input, Output
from pydantic import Field

from fonds_api.verantwoording.rules import Herkomst, Soort

Jaar = Annotated[Digits, Field(ge=2000, le=2099)]
"""The day after it must be a day that can be asked for: a report links to statements up to that day."""
_HERLEIDING = (
    "Paden van de afschriften die dit bedrag uitmaken: de bewegingen daarin, samen, zijn dit bedrag. Leeg als er geen rekening "
    "bij hoort."
)
_PAD = "/v1/fondsen/ggu/rekeningen/4011/afschrift?vanaf=2020-01-01&tot=2020-04-01"
_PADEN = Field(description=_HERLEIDING, examples=[[_PAD]])
PEILDATUM = "Stand op het eind van deze dag: boekingen tot en met die dag, en de begroting die toen gold; zonder datum vandaag."


class Verslagvraag(Input):
    jaar: Jaar = Field(description="Jaar van het verslag.", examples=[2020])
    peildatum: GivenDay | None = Field(None, description=PEILDATUM, examples=["2020-12-31"])


class Verslagkwartaal(Output):
    """Een kwartaal dat is begonnen."""

    nummer: int = Field(ge=1, le=4, description="Nummer van het kwartaal.", examples=[1])
    vanaf: Day = Field(description="Eerste dag.", examples=["2020-01-01"])
    tot: Day = Field(description="Dag na de laatste die meetelt.", examples=["2020-04-01"])


class Kwartaalbedrag(Output):
    """Wat er in een kwartaal is geboekt."""

    nummer: int = Field(ge=1, le=4, description="Nummer van het kwartaal.", examples=[1])
    bedrag_cent: int = Field(description="Bedrag in centen.", examples=[50000000])
    herleiding: list[str] = _PADEN


class Realisatieregel(Output):
    """Een regel van het verslag: een begrotingspost, btw, andere lasten, of een som daarvan."""

    soort: Soort = Field(description="Wat voor regel.", examples=["post"])
    prioriteit: str | None = Field(
        description="Prioriteit, of bij `groep` de letter ervan; null als dat niet speelt.", examples=["A1"]
    )
    budgetsoort: str | None = Field(description="Budgetsoort; null als dat niet speelt.", examples=["structureel"])
    omschrijving: str = Field(description="Waar het om gaat.", examples=["Sociaal Domein"])
    begroot_cent: int = Field(description="Wat de begroting die gold ervoor heeft, in centen.", examples=[200000000])
    overgeheveld_cent: int = Field(
        description="Wat daar uit eerdere jaren bij kwam, of (negatief) naar een volgend jaar ging, in centen.", examples=[0]
    )
    verplicht_cent: int = Field(description="Wat is verplicht en nog niet besteed, in centen.", examples=[25000000])
    besteed_cent: int = Field(description="Wat er tot en met de peildatum is besteed, in centen.", examples=[50000000])
    vrij_cent: int = Field(description="Begroot en overgeheveld, min verplicht, min besteed, in centen.", examples=[125000000])
    kwartalen: list[Kwartaalbedrag] = Field(description="Wat er per begonnen kwartaal is besteed; samen `besteedCent`.")
    herleiding: list[str] = _PADEN


class Herkomstregel(Output):
    """Waar geld vandaan komt: een rekening van de baten, of alle samen."""

    soort: Herkomst = Field(description="Wat voor regel.", examples=["rekening"])
    omschrijving: str = Field(description="Waar het om gaat.", examples=["Bijdragen gemeenten"])
    begroot_cent: int = Field(
        description="Dekking volgens de begroting die gold, en wat het jaar ervoor naar dit jaar ging; in centen.",
        examples=[5230000000],
    )
    ontvangen_cent: int = Field(
        description="Wat er tot en met de peildatum aan baten is geboekt, in centen.", examples=[5230000000]
    )
    verschil_cent: int = Field(description="Ontvangen min begroot, in centen.", examples=[0])
    kwartalen: list[Kwartaalbedrag] = Field(description="Wat er per begonnen kwartaal is geboekt; samen `ontvangenCent`.")
    herleiding: list[str] = _PADEN


class GeldendeBegroting(Output):
    """De begroting die op de peildatum gold."""

    pad: str = Field(description="Pad.", examples=["/v1/begrotingen/5f0c4a52-6d1e-4b7a-9c58-2e4d7f1a0b63"])
    titel: str = Field(description="Titel.", examples=["Hoofdlijnenbegroting 2020"])
    soort: str = Field(description="Soort.", examples=["kaderbegroting"])
    versie: int = Field(ge=1, description="Volgnummer binnen fonds en jaar.", examples=[1])


class Realisatie(Output):
    """Begroting en realisatie van een fonds in een jaar, tot en met een dag."""

    fonds: str = Field(description="Code van het fonds.", examples=["ggu"])
    naam: str = Field(description="Naam van het fonds.", examples=["Fonds Gezamenlijke Gemeentelijke Uitvoering"])
    jaar: int = Field(description="Jaar van het verslag.", examples=[2020])
    peildatum: Day = Field(description="Dag waarvan dit de stand is.", examples=["2020-12-31"])
    begroting: GeldendeBegroting | None = Field(description="De begroting die toen gold; null als er geen was.")
    kwartalen: list[Verslagkwartaal] = Field(description="De kwartalen die waren begonnen.")
    regels: list[Realisatieregel] = Field(description="Waar het geld heen gaat; per prioriteit, met sommen.")
    herkomst: list[Herkomstregel] = Field(description="Waar het geld vandaan komt.")
    resultaat_cent: int = Field(description="Baten min lasten tot en met de peildatum, in centen.", examples=[0])
    afsluiting: str | None = Field(
        description="Pad van de boeking die het jaar afsluit; zij telt in dit verslag niet mee, maar staat wel in de "
        "afschriften. Null als het jaar niet is afgesloten.",
        examples=["/v1/boekingen/7b0f8a58-6f0e-4a39-9d8e-0f1c34a3f0de"],
    )
