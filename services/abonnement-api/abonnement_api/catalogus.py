"""Strict reading of what catalogus answers about gemeenten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from gemeengoed_kit.schema import Line, Reference
from gemeengoed_kit.source import Source, SourceDay
from pydantic import Field

GEMEENTEN, HERINDELINGEN = "/v1/gemeenten", "/v1/herindelingen"


class BronInwoners(Source):
    peildatum: SourceDay
    aantal: int = Field(ge=1, le=20_000_000)
    status: Literal["voorlopig", "definitief"] | None = None


class BronGemeente(Source):
    """The parts that are used of a gemeente. Its name is one line, and fits in every text that uses it, also in other sources."""

    code: str = Field(pattern=r"^GM[0-9]{4}$")
    naam: Line = Field(max_length=200)
    inwoners: BronInwoners | None


class BronNaam(Source):
    """A gemeente that exists or existed, with its last day if it has one."""

    code: str = Field(pattern=r"^GM[0-9]{4}$")
    naam: Line = Field(max_length=200)
    einddatum: SourceDay | None


class BronHerindeling(Source):
    """A gemeente that went (in part) into another."""

    ingangsdatum: SourceDay
    oude_code: str = Field(pattern=r"^GM[0-9]{4}$")
    nieuwe_code: str = Field(pattern=r"^GM[0-9]{4}$")
    nieuw_ingesteld: bool


def gemeente(code: str) -> Reference:
    """Reference to the gemeente with this code in catalogus."""
    return Reference(bron="catalogus", pad=f"{GEMEENTEN}/{code}")


def vraag(geldig_op: date, peildatum: date | None = None) -> Mapping[str, Any]:
    """The query parameters for the gemeenten that exist on a day, with their inhabitants on another day."""
    return {"geldigOp": geldig_op.isoformat()} | ({"peildatum": peildatum.isoformat()} if peildatum else {})
