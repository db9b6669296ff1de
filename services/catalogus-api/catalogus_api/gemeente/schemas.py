"""Wire models of gemeenten."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, DayIn, GivenDay, Output, Term
from pydantic import Field

GEMEENTECODE = r"^GM[0-9]{4}$"
Indelingsdag = Annotated[date, DayIn("(201[2-9]|20[2-9][0-9]|2100)", "2012-01-01 tot en met 2100-12-31")]
"""A day of which we know which gemeenten exist: from where the data begin. Before that, an answer would be a guess."""


class GemeentenFilter(PageQuery):
    geldig_op: Indelingsdag | None = Field(
        None,
        description="Alleen gemeenten die op deze dag bestaan; de gegevens beginnen op 1-1-2012, en een latere dag dan vandaag "
        "geeft wat nu bekend is.",
        examples=["2018-01-01"],
    )
    peildatum: GivenDay | None = Field(None, description="Geef per gemeente de inwoners op deze dag.", examples=["2018-01-01"])
    provincie: Term | None = Field(None, max_length=40, description="Alleen gemeenten in deze provincie.", examples=["Utrecht"])
    naam: Term | None = Field(None, max_length=60, description="Deel van de naam.", examples=["recht"])


class HerindelingenFilter(PageQuery):
    vanaf: GivenDay | None = Field(None, description="Ingegaan op of na deze dag.", examples=["2018-01-01"])
    tot: GivenDay | None = Field(None, description="Ingegaan vóór deze dag.", examples=["2019-01-01"])
    gemeentecode: str | None = Field(None, pattern=GEMEENTECODE, description="Oude of nieuwe gemeente.", examples=["GM1949"])


class Inwoners(Output):
    """Aantal inwoners op een peildatum."""

    peildatum: Day = Field(description="Dag waarvoor het aantal geldt.", examples=["2018-01-01"])
    aantal: int = Field(ge=1, description="Aantal inwoners.", examples=[347483])
    bron: str = Field(description="Herkomst van het cijfer.", examples=["CBS, CC BY 4.0"])


class Gemeente(Output):
    """Een gemeente die bestaat of heeft bestaan."""

    code: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    naam: str = Field(description="Officiële naam.", examples=["Utrecht"])
    provincie: str = Field(description="Provincie.", examples=["Utrecht"])
    begindatum: Day | None = Field(description="Eerste dag; null als de gemeente vóór 2012 al bestond.", examples=["2018-01-01"])
    einddatum: Day | None = Field(description="Laatste dag; null zolang de gemeente bestaat.", examples=["2018-12-31"])
    opvolgers: list[str] = Field(description="Codes van de gemeenten waarin zij is opgegaan.", examples=[["GM1949"]])
    inwoners: Inwoners | None = Field(description="Inwoners op de gevraagde peildatum; null als er geen cijfer is.")


class GemeentenPagina(Page):
    """Gemeenten, op code."""

    results: list[Gemeente] = Field(description="De gemeenten op deze pagina.")


class Inwonertallen(Output):
    """Alle bekende inwonertallen van een gemeente."""

    results: list[Inwoners] = Field(description="Per peildatum, oudste eerst.")


class Herindeling(Output):
    """Een gemeente die (deels) in een andere is opgegaan."""

    ingangsdatum: Day = Field(description="Eerste dag van de nieuwe indeling.", examples=["2018-01-01"])
    soort: str = Field(description="Soort herindeling.", examples=["Samenvoeging"])
    oude_code: str = Field(description="Gemeente die is opgegaan.", examples=["GM0140"])
    nieuwe_code: str = Field(description="Gemeente waarin zij is opgegaan.", examples=["GM1949"])
    nieuw_ingesteld: bool = Field(description="Of de ontvangende gemeente bij deze herindeling is ingesteld.")
    grondslag: str | None = Field(
        description="Vindplaats van de wet.", examples=["https://zoek.officielebekendmakingen.nl/stb-2021-264.html"]
    )


class HerindelingenPagina(Page):
    """Herindelingen, op ingangsdatum."""

    results: list[Herindeling] = Field(description="De herindelingen op deze pagina.")
