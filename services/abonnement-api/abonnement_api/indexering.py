"""Strict reading of what fonds answers about indexation: its clauses, what they give for a year, and what an amount becomes."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from gemeengoed_kit.schema import Reference
from gemeengoed_kit.source import Source
from pydantic import Field

INDEXATIES, CLAUSULES = "/v1/indexaties", "/v1/indexclausules"
Getal = Annotated[str, Field(pattern=r"^(0|[1-9][0-9]{0,24})(\.[0-9]{1,14})?$", max_length=40)]
"""A number that is not negative, written out."""
Afronding = Literal["half-omhoog", "omlaag", "omhoog"]


class BronIndexatie(Source):
    """What a clause gives for a year; the last version counts."""

    id: str = Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
    clausule: str
    jaar: int
    versie: int = Field(ge=1, lt=2**31)
    stand: Literal["voorlopig", "definitief"]
    factor: Getal


class BronClausule(Source):
    """How a clause rounds."""

    code: str
    keten_decimalen: int = Field(ge=0, le=10)
    keten_afronding: Afronding
    prijs_decimalen: int = Field(ge=0, le=10)
    prijs_afronding: Afronding


class BronBerekening(Source):
    """What an amount in euros becomes: `nieuw` goes on to the next year, `prijs` is paid."""

    oud: Getal
    nieuw: Getal
    prijs: Getal


def getal(tekst: str) -> Decimal:
    """The number that a `Getal` says."""
    return Decimal(tekst)


def indexatie(id: UUID) -> Reference:
    """Reference to an indexatie in fonds."""
    return Reference(bron="fonds", pad=f"{INDEXATIES}/{id}")
