"""Wire models of publications and discovery."""

from __future__ import annotations

from typing import Annotated, Any

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import GivenMoment, Input, Moment, Output
from pydantic import Field

from gateway.beheer.schemas.notation import OIN
from gateway.names import State

ServiceName = Annotated[str, Field(pattern="^[A-Za-z0-9._-]{3,100}$")]
Oin = Annotated[str, Field(pattern=OIN)]


class PublicatieInvoer(Input):
    """Een service om in een Directory te tonen."""

    service: ServiceName = Field(description="Naam van de service; de peer moet haar aanbieden.", examples=["catalogus"])
    directory_peer_id: Oin = Field(description="OIN van de Directory.", examples=["00000000000000000001"])
    delegator_peer_id: Oin | None = Field(None, description="OIN van de peer namens wie de service wordt aangeboden.")
    properties: dict[str, Any] | None = Field(
        None,
        description="Eigenschappen bij de publicatie; het adres van de OpenAPI-beschrijving komt er vanzelf bij. "
        "Spreekt de Group FSC Core 1.1, dan bestaan ze niet en wordt een publicatie ermee geweigerd.",
    )
    not_before: GivenMoment = Field(description="Begin van de geldigheid.", examples=["2018-01-01T00:00:00Z"])
    not_after: GivenMoment = Field(description="Einde van de geldigheid.", examples=["2028-01-01T00:00:00Z"])


class PublicatieFilter(PageQuery):
    """Keuze uit de publicaties."""

    service: ServiceName | None = Field(None, description="Alleen publicaties van deze service.")


class Publicatie(Output):
    """Een publicatie van een service in een Directory."""

    service: str = Field(description="Naam van de service.", examples=["catalogus"])
    directory_peer_id: str = Field(description="OIN van de Directory.", examples=["00000000000000000001"])
    delegator_peer_id: str | None = Field(description="OIN van de peer namens wie de service wordt aangeboden.")
    content_hash: str = Field(description="Hash van het contract waarin de publicatie staat.")
    state: State = Field(description="Toestand van dat contract; bij VALID toont de Directory de service.")
    not_after: Moment = Field(description="Einde van de geldigheid.")


class Publicaties(Page):
    """Een pagina met publicaties."""

    results: list[Publicatie] = Field(description="Publicaties, nieuwste eerst.")


class Intrekking(Output):
    """Wat er door het terugtrekken van een service ingetrokken is."""

    service: str = Field(description="Naam van de service.", examples=["catalogus"])
    content_hashes: list[str] = Field(description="Hashes van de ingetrokken contracten.")


class AanbodFilter(Input):
    """Keuze uit wat Directories tonen; een Directory toont wat aan een van beide voldoet."""

    naam: str | None = Field(None, min_length=3, max_length=100, description="Deel van de naam van de service.")
    service_peer_id: Oin | None = Field(None, description="OIN van de aanbieder.")


class AangebodenService(Output):
    """Een service die een Directory toont."""

    naam: str = Field(description="Naam van de service.", examples=["catalogus"])
    peer_id: str = Field(description="OIN van de aanbieder.", examples=["00000000000000000001"])
    peer_naam: str = Field(description="Naam van de aanbieder.", examples=["Voorbeeldgemeente"])
    delegator_peer_id: str | None = Field(description="OIN van de peer namens wie de service wordt aangeboden.")
    protocol: str = Field(description="Protocol van de service.", examples=["PROTOCOL_TCP_HTTP_1.1"])
    openapi_url: str | None = Field(description="Adres van de OpenAPI-beschrijving, als de aanbieder dat geeft.")
    properties: dict[str, Any] = Field(description="Eigenschappen bij de publicatie.")


class Aanbod(Output):
    """Wat een Directory toont."""

    manager_address: str = Field(description="Adres van de Directory.", examples=["https://manager.directory.localhost:8443"])
    fout: str | None = Field(description="Waarom de Directory geen antwoord gaf.")
    services: list[AangebodenService] = Field(description="De services, zoals de Directory ze ordent.")


class HeelAanbod(Output):
    """Wat de Directories van de Group tonen."""

    results: list[Aanbod] = Field(description="Per Directory, op adres.")
