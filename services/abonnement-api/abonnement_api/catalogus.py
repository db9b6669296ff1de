"""What catalogus says of gemeenten, as far as it is believed here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gemeengoed_kit.schema import Line, Reference
from gemeengoed_kit.source import Source, SourceDay
from pydantic import Field

GEMEENTEN = "/v1/gemeenten"


class BronInwoners(Source):
    peildatum: SourceDay
    aantal: int = Field(ge=1, le=20_000_000)


class BronGemeente(Source):
    """What is used of a gemeente. Its name is a line that fits in every text that it comes in, also in those of other sources."""

    code: str = Field(pattern=r"^GM[0-9]{4}$")
    naam: Line = Field(max_length=200)
    inwoners: BronInwoners | None


def gemeente(code: str) -> Reference:
    """The gemeente with a code, at catalogus."""
    return Reference(bron="catalogus", pad=f"{GEMEENTEN}/{code}")


def vraag(geldig_op: date, peildatum: date | None = None) -> Mapping[str, Any]:
    """The parameters for the gemeenten that exist on a day, with their inhabitants on another."""
    return {"geldigOp": geldig_op.isoformat()} | ({"peildatum": peildatum.isoformat()} if peildatum else {})
