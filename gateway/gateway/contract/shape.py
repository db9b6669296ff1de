"""The shape of contract content (manager.yaml), checked with models that are then thrown away: the received JSON is hashed,
never a model's output. Differences between the lines of FSC Core are in `profile/`."""

from __future__ import annotations

import uuid
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gateway.errors import ManagerError, malformed
from gateway.hosts import HOST_PATTERN
from gateway.names import HASH_ALGORITHM

_PeerId = Annotated[str, Field(min_length=3, max_length=255)]
_Time = Annotated[int, Field(ge=0)]
_Thumbprint = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _Shape(BaseModel):
    model_config = ConfigDict(strict=True, extra="allow")


class _Peer(_Shape):
    peer_id: _PeerId


class _ByKey(_Shape):
    type: Literal["OUTWAY_IDENTIFICATION_TYPE_PUBLIC_KEY_THUMBPRINT"]
    public_key_thumbprint: _Thumbprint
    domain_name: None = None


class _ByName(_Shape):
    type: Literal["OUTWAY_IDENTIFICATION_TYPE_DOMAIN_NAME"]
    domain_name: str = Field(pattern=f"^{HOST_PATTERN}$", max_length=253)
    public_key_thumbprint: None = None


class _Outway(_Peer):
    public_key_thumbprint: _Thumbprint | None = None  # the line of FSC Core decides which of the two is required
    identification: Annotated[_ByKey | _ByName, Field(discriminator="type")] | None = None


class _Service(_Peer):
    type: Literal["SERVICE_TYPE_SERVICE"] = "SERVICE_TYPE_SERVICE"  # absent in FSC Core's own example (fsc.md 1.9, 3)
    name: str
    delegator: None = None


class _DelegatedService(_Peer):
    type: Literal["SERVICE_TYPE_DELEGATED_SERVICE"]
    name: str
    delegator: _Peer


class _Published(_Peer):
    name: str
    protocol: Literal["PROTOCOL_TCP_HTTP_1.1", "PROTOCOL_TCP_HTTP_2"]


class _Grant(_Shape):
    properties: dict[str, Any] = {}


class _Publication(_Grant):
    outway: None = None  # a member of another kind of grant would be a party that no check looks for
    delegator: None = None
    type: Literal["GRANT_TYPE_SERVICE_PUBLICATION"]
    directory: _Peer
    service: _Published


class _DelegatedPublication(_Grant):
    outway: None = None
    type: Literal["GRANT_TYPE_DELEGATED_SERVICE_PUBLICATION"]
    directory: _Peer
    service: _Published
    delegator: _Peer


class _Connection(_Grant):
    directory: None = None
    delegator: None = None
    type: Literal["GRANT_TYPE_SERVICE_CONNECTION"]
    outway: _Outway
    service: _Service | _DelegatedService


class _DelegatedConnection(_Grant):
    directory: None = None
    type: Literal["GRANT_TYPE_DELEGATED_SERVICE_CONNECTION"]
    outway: _Outway
    service: _Service | _DelegatedService
    delegator: _Peer


_AnyGrant = Annotated[_Publication | _DelegatedPublication | _Connection | _DelegatedConnection, Field(discriminator="type")]


class _GrantEnvelope(_Shape):
    data: _AnyGrant


class _Validity(_Shape):
    not_before: _Time
    not_after: _Time


class _Content(_Shape):
    iv: str = Field(min_length=36, max_length=36)
    group_id: str
    validity: _Validity
    grants: list[_GrantEnvelope]
    hash_algorithm: str
    created_at: _Time


def shape_faults(content: Any) -> list[str]:
    """What is wrong with the shape of parsed content, by the rules that all lines of FSC Core share; empty when nothing is.

    Raises:
        ManagerError: 422 when the hash algorithm is unknown.
    """
    algorithm = content.get("hash_algorithm") if isinstance(content, dict) else None
    if isinstance(algorithm, str) and algorithm != HASH_ALGORITHM:
        raise ManagerError(
            "ERROR_CODE_UNKNOWN_HASH_ALGORITHM_HASH",
            f"Hash-algoritme {algorithm[:40]!r} is onbekend; deze Manager kent {HASH_ALGORITHM}.",
        )
    try:
        _Content.model_validate(content)
    except ValidationError as invalid:
        return [f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in invalid.errors()]
    return []


def outways(content: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Where in the content an Outway is named, and its data. The shape must have been checked."""
    data = [grant["data"] for grant in content["grants"]]
    return [(f"grants.{at}.data.outway", grant["outway"]) for at, grant in enumerate(data) if grant.get("outway")]


def is_uuid(text: str) -> bool:
    """Whether it is a UUID in the form of RFC 9562."""
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False


def refuse(faults: list[str]) -> None:
    """Refuse content whose shape has faults.

    Raises:
        ManagerError: 400, lists the faults (the first twenty).
    """
    if faults:
        raise malformed(f"contract_content heeft niet de vorm van FSC Core: {'; '.join(faults[:20])}.")
