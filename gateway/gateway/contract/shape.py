"""The shape of contract content (manager.yaml), checked with models that are then thrown away: what is hashed
is the received JSON, never a model written out again."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gateway.errors import ManagerError, malformed
from gateway.names import HASH_ALGORITHM

_PeerId = Annotated[str, Field(min_length=3, max_length=255)]
_Time = Annotated[int, Field(ge=0)]


class _Shape(BaseModel):
    model_config = ConfigDict(strict=True, extra="allow")


class _Peer(_Shape):
    peer_id: _PeerId


class _Outway(_Peer):
    public_key_thumbprint: str = Field(pattern=r"^[0-9a-f]{64}$")


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
    type: Literal["GRANT_TYPE_SERVICE_PUBLICATION"]
    directory: _Peer
    service: _Published


class _DelegatedPublication(_Grant):
    type: Literal["GRANT_TYPE_DELEGATED_SERVICE_PUBLICATION"]
    directory: _Peer
    service: _Published
    delegator: _Peer


class _Connection(_Grant):
    type: Literal["GRANT_TYPE_SERVICE_CONNECTION"]
    outway: _Outway
    service: _Service | _DelegatedService


class _DelegatedConnection(_Grant):
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


def check_shape(data: Any) -> None:
    """Whether parsed JSON has the shape of contract content.

    Raises:
        ManagerError: 400 with every fault named; 422 when the hash algorithm is unknown.
    """
    algorithm = data.get("hash_algorithm") if isinstance(data, dict) else None
    if isinstance(algorithm, str) and algorithm != HASH_ALGORITHM:
        raise ManagerError(
            "ERROR_CODE_UNKNOWN_HASH_ALGORITHM_HASH",
            f"Hash-algoritme {algorithm!r} is onbekend; deze Manager kent {HASH_ALGORITHM}.",
        )
    try:
        _Content.model_validate(data)
    except ValidationError as invalid:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in invalid.errors()[:10])
        raise malformed(f"contract_content heeft niet de vorm van FSC Core: {faults}.") from invalid
