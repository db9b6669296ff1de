"""Wire models of services behind the Inway."""

from __future__ import annotations

from gemeengoed_kit.schema import Input, Output
from pydantic import Field

from gateway.beheer.schemas.notation import ORIGIN


class ServiceInvoer(Input):
    """Een service om achter de Inway aan te bieden."""

    naam: str = Field(pattern="^[A-Za-z0-9._-]{3,100}$", description="Naam van de service in de Group.", examples=["catalogus"])
    url: str = Field(
        max_length=255,
        pattern=ORIGIN,
        description="Intern adres van de service, zonder pad.",
        examples=["http://127.0.0.1:8001"],
    )


class Service(Output):
    """Een service achter de Inway."""

    naam: str = Field(description="Naam van de service in de Group.", examples=["catalogus"])
    url: str = Field(description="Intern adres van de service.", examples=["http://127.0.0.1:8001"])


class Services(Output):
    """De services van een peer."""

    results: list[Service] = Field(description="Services, op naam.")
