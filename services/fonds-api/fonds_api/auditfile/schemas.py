"""What is asked of files of the ledger."""

from __future__ import annotations

from gemeengoed_kit.schema import GivenDay, Input
from pydantic import Field

from fonds_api.verantwoording.schemas import Jaar


class Auditvraag(Input):
    jaar: Jaar = Field(description="Boekjaar.", examples=[2020])


class Journaalvraag(Input):
    vanaf: GivenDay = Field(description="Met een boekdatum op of na deze dag.", examples=["2020-01-01"])
    tot: GivenDay = Field(description="Met een boekdatum vóór deze dag.", examples=["2021-01-01"])
