"""What is asked of the audit file."""

from __future__ import annotations

from gemeengoed_kit.schema import Digits, Input
from pydantic import Field


class Auditvraag(Input):
    jaar: Digits = Field(ge=2000, le=2100, description="Boekjaar.", examples=[2018])
