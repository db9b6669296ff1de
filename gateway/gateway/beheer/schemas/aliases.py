"""Wire models of the Outway's aliases."""

from __future__ import annotations

from gemeengoed_kit.schema import Input, Output
from pydantic import Field

from gateway.beheer.schemas.notation import HASH


class AliasInvoer(Input):
    """De grant waar een alias naar wijst."""

    grant_hash: str = Field(pattern=r"^\$1\$[34]\$[A-Za-z0-9_-]{86}$", description=HASH)


class Alias(Output):
    """Een alias van een grant."""

    alias: str = Field(description="De alias.", examples=["catalogus"])
    grant_hash: str = Field(description=HASH)


class Aliassen(Output):
    """De aliassen van een peer."""

    results: list[Alias] = Field(description="Aliassen, op naam.")
