"""Wire models of the Outway's aliases."""

from __future__ import annotations

from gemeengoed_kit.pagination import Page
from gemeengoed_kit.schema import Input, Output
from pydantic import Field

from gateway.beheer.schemas.notation import CONNECTION, HASH


class AliasInvoer(Input):
    """De grant waar een alias naar wijst."""

    grant_hash: str = Field(pattern=CONNECTION, description=HASH)


class Alias(Output):
    """Een alias van een grant."""

    alias: str = Field(description="De alias.", examples=["catalogus"])
    grant_hash: str = Field(description=HASH)
    eerdere_grant_hash: str | None = Field(description="Waar hij naar wijst zolang `grantHash` nog niet te gebruiken is.")


class Aliassen(Page):
    """Een pagina met aliassen."""

    results: list[Alias] = Field(description="Aliassen, op naam.")
