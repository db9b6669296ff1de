"""Wire models of afnemers."""

from __future__ import annotations

from gemeengoed_kit.pagination import Page
from gemeengoed_kit.schema import Input, Moment, Output
from pydantic import Field

OIN = "^[0-9]{20}$"


class AfnemerInvoer(Input):
    """Welke organisatie een gemeente is."""

    peer_id: str = Field(pattern=OIN, description="OIN van de gemeente.", examples=["00000099000000000004"])


class Afnemer(Output):
    """Een gemeente en de organisatie die zij is."""

    gemeentecode: str = Field(description="CBS-gemeentecode.", examples=["GM0344"])
    peer_id: str = Field(description="OIN van de gemeente.", examples=["00000099000000000004"])
    gewijzigd_op: Moment = Field(description="Wanneer dit het laatst is gewijzigd.", examples=["2018-01-15T09:00:00.000Z"])


class AfnemersPagina(Page):
    """Afnemers, op gemeentecode."""

    results: list[Afnemer] = Field(description="De afnemers op deze pagina.")
