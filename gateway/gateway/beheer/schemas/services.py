"""Wire models of services behind the Inway."""

from __future__ import annotations

from typing import Literal

from gemeengoed_kit.schema import Input, Output
from pydantic import Field

from gateway.beheer.schemas.notation import ORIGIN
from gateway.service.models import OfferedService
from gateway.service.rules import Offer

Protocol = Literal["PROTOCOL_TCP_HTTP_1.1", "PROTOCOL_TCP_HTTP_2"]
_PROTOCOL = "Protocol naar de service en tussen Outway en Inway."
_OPENAPI = "Waar de OpenAPI-specificatie van de service staat."
_CA = "Certificaten (PEM) van de CA's van een https-service; zonder geldt de lijst van het systeem."
_SPECIFICATION = "https://voorbeeld.example/openapi.json"


class ServiceInvoer(Input):
    """Een service om achter de Inway aan te bieden."""

    naam: str = Field(pattern="^[A-Za-z0-9._-]{3,100}$", description="Naam van de service in de Group.", examples=["catalogus"])
    url: str = Field(
        max_length=255,
        pattern=ORIGIN,
        description="Intern adres van de service (http of https), zonder pad.",
        examples=["http://127.0.0.1:8001"],
    )
    protocol: Protocol = Field("PROTOCOL_TCP_HTTP_1.1", description=_PROTOCOL)
    openapi_url: str | None = Field(
        None, max_length=500, pattern=r"^https?://[!-~]+$", description=_OPENAPI, examples=[_SPECIFICATION]
    )
    ca: str | None = Field(None, max_length=100_000, description=_CA)

    @property
    def offer(self) -> Offer:
        return Offer(self.url, self.protocol, self.openapi_url, self.ca)


class Service(Output):
    """Een service achter de Inway."""

    naam: str = Field(description="Naam van de service in de Group.", examples=["catalogus"])
    url: str = Field(description="Intern adres van de service.", examples=["http://127.0.0.1:8001"])
    protocol: Protocol = Field(description=_PROTOCOL)
    openapi_url: str | None = Field(description=_OPENAPI, examples=[_SPECIFICATION])
    ca: str | None = Field(description=_CA)

    @classmethod
    def of(cls, row: OfferedService) -> Service:
        return cls.make(naam=row.name, url=row.url, protocol=row.protocol, openapi_url=row.openapi_url, ca=row.ca_pem)


class Services(Output):
    """De services van een peer."""

    results: list[Service] = Field(description="Services, op naam.")
