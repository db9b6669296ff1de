"""Wire models of gemeenten."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Annotated, Literal

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, DayIn, GivenDay, Input, Line, Moment, Output, Term
from pydantic import Field

GEMEENTECODE = r"^GM[0-9]{4}$"
Indelingsdag = Annotated[date, DayIn("(201[2-9]|20[2-9][0-9]|2100)", "2012-01-01 tot en met 2100-12-31")]
"""A day of which we know which gemeenten exist: from where the data begin. Before that, an answer would be a guess."""

Soort = Literal["tooi", "rsin", "oin"]
Status = Literal["voorlopig", "definitief"]
STATUS = "Of de bron het cijfer voorlopig of definitief noemt; null als zij dat niet zegt."


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


class Inwoners(Output):
    """Aantal inwoners op een peildatum."""

    peildatum: Day = Field(description="Dag waarvoor het aantal geldt.", examples=["2018-01-01"])
    aantal: int = Field(ge=1, description="Aantal inwoners.", examples=[347483])
    status: Status | None = Field(description=STATUS, examples=["definitief"])
    bron: str = Field(description="Herkomst van het cijfer.", examples=["CBS, CC BY 4.0"])


class EerderInwonertal(Output):
    """Een cijfer dat is vervangen."""

    aantal: int = Field(ge=1, description="Aantal inwoners dat er stond.", examples=[347480])
    status: Status | None = Field(description=STATUS, examples=["voorlopig"])
    vastgelegd_op: Moment | None = Field(
        description="Sinds wanneer het er stond; null als dat niet is bewaard.", examples=["2018-02-01T09:00:00.000Z"]
    )
    vervangen_op: Moment = Field(description="Tot wanneer het er stond.", examples=["2018-05-01T09:00:00.000Z"])


class Inwonertal(Inwoners):
    """Aantal inwoners op een peildatum zoals het nu geldt, met wat er eerder stond."""

    vastgelegd_op: Moment | None = Field(
        description="Sinds wanneer het hier zo staat; null als dat niet is bewaard.", examples=["2018-05-01T09:00:00.000Z"]
    )
    eerder: list[EerderInwonertal] = Field(description="Wat er stond voordat het is gecorrigeerd, het laatste eerst.")


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

    results: list[Inwonertal] = Field(description="Per peildatum, oudste eerst.")


class Herindeling(Output):
    """Een gemeente die (deels) in een andere is opgegaan."""

    ingangsdatum: Day = Field(description="Eerste dag van de nieuwe indeling.", examples=["2018-01-01"])
    soort: str = Field(description="Soort herindeling.", examples=["Samenvoeging"])
    oude_code: str = Field(description="Gemeente die is opgegaan.", examples=["GM0140"])
    nieuwe_code: str = Field(description="Gemeente waarin zij is opgegaan.", examples=["GM1949"])
    nieuw_ingesteld: bool = Field(description="Of de ontvangende gemeente bij deze herindeling is ingesteld.")
    grondslag: str | None = Field(
        description="Vindplaats van de wet; null als die niet bekend is.",
        examples=["https://zoek.officielebekendmakingen.nl/stb-2021-264.html"],
    )
    inwoners: int | None = Field(
        description="Inwoners die overgingen, op de peildatum van de wijziging; null als dat niet is vastgelegd.", examples=[5411]
    )
    rechtsopvolger: bool | None = Field(
        description="Of de rechten en verplichtingen hierheen gingen (Wet arhi, artikel 44); null als dat niet is vastgelegd.",
        examples=[True],
    )
    wijziging: uuid.UUID | None = Field(
        description="Wijziging waarmee dit hier is vastgelegd; null als het uit de bestanden van TOOI komt.",
        examples=["8f7a52f6-7f0e-4a57-8a1c-0a8d1f8a4f22"],
    )


class Naam(Output):
    """Een naam die een gemeente heeft of had."""

    naam: str = Field(description="Officiële naam.", examples=["Utrecht"])
    vanaf: Day | None = Field(
        description="Eerste dag; null als dat niet bekend is: naamswijzigingen van vóór dit register staan er niet in.",
        examples=["2018-01-01"],
    )
    tot_en_met: Day | None = Field(description="Laatste dag; null zolang zij zo heet.", examples=["2018-12-31"])
    grondslag: str | None = Field(
        description="Vindplaats van de wet die haar deze naam gaf; null zonder wet.",
        examples=["https://zoek.officielebekendmakingen.nl/stb-2021-264.html"],
    )


class Geschiedenis(Output):
    """Wat er met een gemeente is gebeurd."""

    code: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    begindatum: Day | None = Field(description="Eerste dag; null als de gemeente vóór 2012 al bestond.", examples=["2018-01-01"])
    einddatum: Day | None = Field(description="Laatste dag; null zolang de gemeente bestaat.", examples=["2018-12-31"])
    namen: list[Naam] = Field(description="Haar namen, oudste eerst.")
    ontstaan_uit: list[Herindeling] = Field(description="Herindelingen waarbij zij (delen van) andere gemeenten kreeg.")
    opgegaan_in: list[Herindeling] = Field(description="Herindelingen waarbij zij in andere gemeenten opging.")
    inwonertallen: list[Inwonertal] = Field(description="Haar inwonertallen, oudste eerst.")


class IdentificatieInvoer(Input):
    """Een identificatie, en wie dat zegt."""

    waarde: Line = Field(max_length=100, description="De TOOI-URI, het RSIN of het OIN.", examples=["002564440"])
    bron: Line = Field(max_length=200, description="Waar dit staat.", examples=["OIN-register van Logius"])
    datum: GivenDay = Field(description="Dag waarop het daar stond.", examples=["2018-01-15"])


class Identificatie(Output):
    """Hoe een ander register een gemeente noemt."""

    soort: Soort = Field(description="Soort identificatie.", examples=["rsin"])
    waarde: str = Field(description="De identificatie.", examples=["002564440"])
    bron: str = Field(description="Waar dit staat.", examples=["OIN-register van Logius"])
    datum: Day = Field(description="Dag waarop het daar stond.", examples=["2018-01-15"])


class Identificaties(Output):
    """Wat bekend is van hoe andere registers een gemeente noemen; wat er niet in staat, is hier niet bekend."""

    results: list[Identificatie] = Field(description="De identificaties, op soort.")
