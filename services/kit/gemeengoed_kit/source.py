"""What is read of other sources: models that believe nothing."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Strict
from pydantic.alias_generators import to_camel

from gemeengoed_kit.schema import Day

SourceDay = Annotated[Day, Strict(False)]
"""A calendar day as another source writes it."""


class Source(BaseModel):
    """Base of what a service uses of another source's answer: no conversions, unknown members ignored."""

    model_config = ConfigDict(alias_generator=to_camel, strict=True, extra="ignore", frozen=True, str_max_length=10_000)
