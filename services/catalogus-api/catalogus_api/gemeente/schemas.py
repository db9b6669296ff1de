"""Wire models of gemeenten."""

from __future__ import annotations

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, Output
from pydantic import Field


class GemeentenFilter(PageQuery):
    geldig_op: Day | None = Field(
        None, description="Alleen gemeenten die op deze dag bestaan; de gegevens beginnen op 1-1-2012.", examples=["2018-01-01"]
    )
    peildatum: Day | None = Field(None, description="Geef per gemeente de inwoners op deze dag.", examples=["2018-01-01"])
    provincie: str | None = Field(None, description="Alleen gemeenten in deze provincie.", examples=["Utrecht"])
    naam: str | None = Field(None, min_length=1, description="Deel van de naam.", examples=["recht"])


class HerindelingenFilter(PageQuery):
    vanaf: Day | None = Field(None, description="Ingegaan op of na deze dag.", examples=["2018-01-01"])
    tot: Day | None = Field(None, description="Ingegaan vóór deze dag.", examples=["2019-01-01"])
    gemeentecode: str | None = Field(None, pattern=r"^GM\d{4}$", description="Oude of nieuwe gemeente.", examples=["GM1949"])


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
