"""Wire model of a grant in a request: the members of FSC Core (manager.yaml), with FSC's names.

The contract rules (`gateway/contract`) check which members belong to which type and line of FSC Core.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from gemeengoed_kit.schema import Input
from pydantic import ConfigDict, Field

from gateway.beheer.schemas.services import Protocol
from gateway.names import GrantType

_PeerId = Annotated[str, Field(min_length=3, max_length=255, examples=["00000000000000000001"])]

_ABSENT: Any = None
"""Default of a member that may be left out but may not be null."""


class _Fsc(Input):
    model_config = ConfigDict(alias_generator=None)


class GrantPeer(_Fsc):
    """Een peer in een grant."""

    peer_id: _PeerId = Field(description="OIN van de peer.")


class GrantSleutel(_Fsc):
    """Waaraan een Outway wordt herkend (FSC Core 2.0)."""

    type: Literal["OUTWAY_IDENTIFICATION_TYPE_PUBLIC_KEY_THUMBPRINT", "OUTWAY_IDENTIFICATION_TYPE_DOMAIN_NAME"] = Field(
        description="Waaraan: zijn sleutel of zijn domeinnaam."
    )
    public_key_thumbprint: str = Field(
        _ABSENT, max_length=100, description="Vingerafdruk (SHA-256, hexadecimaal) van de sleutel."
    )
    domain_name: str = Field(
        _ABSENT, max_length=253, description="Domeinnaam van de Outway.", examples=["outway.voorbeeld.example"]
    )


class GrantOutway(GrantPeer):
    """De Outway die een service mag gebruiken; zonder vingerafdruk geldt die van de eigen Outway."""

    public_key_thumbprint: str = Field(
        _ABSENT, max_length=100, description="Vingerafdruk (SHA-256, hexadecimaal) van de sleutel van de Outway."
    )
    identification: GrantSleutel = Field(_ABSENT, description="Alleen in FSC Core 2.0, in plaats van de vingerafdruk hiernaast.")


class GrantService(GrantPeer):
    """De service waar de grant over gaat; `peer_id` is haar aanbieder."""

    name: str = Field(max_length=255, description="Naam van de service.", examples=["catalogus"])
    type: Literal["SERVICE_TYPE_SERVICE", "SERVICE_TYPE_DELEGATED_SERVICE"] = Field(
        _ABSENT, description="Soort service; wordt aangevuld."
    )
    protocol: Protocol = Field(_ABSENT, description="Protocol, bij een publicatie; wordt aangevuld.")
    delegator: GrantPeer = Field(_ABSENT, description="De peer namens wie de service wordt aangeboden.")


class GrantInhoud(_Fsc):
    """Een grant volgens FSC Core. Een verbinding noemt `outway`, een publicatie `directory`, delegatie `delegator`."""

    type: GrantType = Field(description="Soort grant.")
    service: GrantService = Field(description="De service waar het om gaat.")
    outway: GrantOutway = Field(_ABSENT, description="Wie de service mag gebruiken; alleen bij een verbinding.")
    directory: GrantPeer = Field(_ABSENT, description="Waar de service wordt getoond; alleen bij een publicatie.")
    delegator: GrantPeer = Field(_ABSENT, description="Namens wie; alleen bij delegatie.")
    properties: dict[str, Any] = Field(
        _ABSENT, description="Eigenschappen bij de grant, zoals `gemeengoed.rol`.", examples=[{"gemeengoed.rol": "gemeente"}]
    )
