"""Wire models: the reference to a decision, and what is used of the answers of catalogus."""

from __future__ import annotations

from typing import Literal

from gemeengoed_kit.failure import Failure
from gemeengoed_kit.schema import Input, Line
from gemeengoed_kit.source import Source, SourceDay
from pydantic import ConfigDict, Field

from fonds_api.besluit.rules import BESLUITPAD, VOORZIENINGPAD

BESLUIT = "/v1/besluiten/3f0c9a52-6d1e-4b7a-9c58-2e4d7f1a0b63"


class Besluitverwijzing(Input):
    """Het besluit waarop dit rust, bij de bron die het beheert."""

    bron: Literal["catalogus"] = Field(description="Naam van de bron.", examples=["catalogus"])
    pad: str = Field(pattern=BESLUITPAD, max_length=60, description="Pad van het besluit bij die bron.", examples=[BESLUIT])


class Voorzieningverwijzing(Input):
    """De voorziening waarvoor het is, bij de bron die haar beheert."""

    bron: Literal["catalogus"] = Field(description="Naam van de bron.", examples=["catalogus"])
    pad: str = Field(
        pattern=VOORZIENINGPAD,
        max_length=80,
        description="Pad van de voorziening bij die bron.",
        examples=["/v1/voorzieningen/govroam"],
    )


class Weigering(Failure):
    """Waarom iets is geweigerd dat op een besluit moest rusten."""

    model_config = ConfigDict(title="Weigering")


class BronBesluit(Source):
    """The parts of a besluit that count here."""

    pad: str = Field(pattern=BESLUITPAD)
    gremium: str = Field(min_length=1, max_length=40)
    soort: str = Field(min_length=1, max_length=40)
    uitkomst: str = Field(min_length=1, max_length=40)
    datum: SourceDay


class BronGrondslag(Source):
    """Whether decisions permit something for a voorziening, and which."""

    toegestaan: bool
    uitleg: Line = Field(max_length=10_000)
    besluiten: list[BronBesluit] = Field(max_length=1000)
