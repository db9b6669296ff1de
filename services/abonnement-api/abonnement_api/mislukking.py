"""Background work that cannot succeed ends as `mislukt`, with the reason; it has then changed nothing else."""

from __future__ import annotations

from gemeengoed_kit.failure import Failure
from pydantic import Field


class Probleem(Failure):
    """Waarom een opdracht op de achtergrond is mislukt."""

    gemeentecodes: list[str] = Field(default_factory=list, description="Gemeenten waar het om gaat.", examples=[["GM9999"]])
