"""Wire models of clients of an Outway."""

from __future__ import annotations

from typing import Annotated

from gemeengoed_kit.pagination import Page
from gemeengoed_kit.schema import Flag, Input, Moment, Output
from pydantic import ConfigDict, Field

from gateway.beheer.schemas.notation import CONNECTION, HASH

GrantHash = Annotated[str, Field(pattern=CONNECTION)]


class ClientInvoer(Input):
    """Een client zoals hij moet worden."""

    omschrijving: str = Field("", max_length=500, description="Wat dit voor toepassing is.", examples=["Zaaksysteem"])
    geheim_sha256: str | None = Field(
        None,
        pattern="^[0-9a-f]{64}$",
        description="SHA-256 (hex) van het geheim: 32 willekeurige bytes, bij de client gemaakt en alleen daar bekend. "
        "Verplicht voor een nieuwe client; weglaten houdt het geheim dat er is.",
    )
    grants: list[GrantHash] = Field([], max_length=1000, description="Hashes van de grants die de client mag gebruiken.")
    standaard_grant: GrantHash | None = Field(None, description="Grant van aanroepen die er geen noemen.")
    geblokkeerd: Flag = Field(False, description="Weiger elke aanroep van deze client.")


class Client(Output):
    """Een client van de Outway."""

    model_config = ConfigDict(title="OutwayClient")  # a generated API client has a class Client of its own

    naam: str = Field(description="Naam van de client.", examples=["zaaksysteem"])
    omschrijving: str = Field(description="Wat dit voor toepassing is.", examples=["Zaaksysteem"])
    grants: list[str] = Field(description="Hashes van de grants die de client mag gebruiken.")
    standaard_grant: str | None = Field(description=HASH)
    geblokkeerd: bool = Field(description="Elke aanroep van deze client wordt geweigerd.")
    gemaakt_op: Moment = Field(description="Tijdstip waarop de client gemaakt is.")


class Clients(Page):
    """Een pagina met clients."""

    results: list[Client] = Field(description="Clients, op naam.")
