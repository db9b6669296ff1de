"""FSC Core 1.1, the published line that peers in production use: binary hashes over named fields, no properties.

A field that is not hashed is not signed, so a contract may not have other fields. Decided here, where the text is silent: a
field without a number in its tables (protocol) is hashed as UTF-8 text, and a service without a type is a SERVICE_TYPE_SERVICE.
"""

from __future__ import annotations

import struct
import uuid
from collections.abc import Iterator
from typing import Any

from gateway.contract import hashes
from gateway.contract.profile import october_2025
from gateway.contract.shape import is_uuid, outways, refuse, shape_faults
from gateway.names import DELEGATED_SERVICE, SERVICE, GrantType

_Path = tuple[str, ...]


def _paths(*written: str) -> tuple[_Path, ...]:
    return tuple(tuple(path.split(".")) for path in written)


_CONTENT = _paths("iv", "group_id", "validity.not_before", "validity.not_after", "grants", "hash_algorithm", "created_at")
_DIRECTORY, _DELEGATOR = _paths("directory.peer_id"), _paths("delegator.peer_id")
_PUBLISHED = _paths("service.peer_id", "service.name", "service.protocol")
_OUTWAY = _paths("outway.peer_id", "outway.public_key_thumbprint")
_SERVICE_TYPE = ("service", "type")
_SERVICE = (_SERVICE_TYPE, *_paths("service.peer_id", "service.name", "service.delegator.peer_id"))
_FIELDS = {
    GrantType.PUBLICATION: _DIRECTORY + _PUBLISHED,
    GrantType.CONNECTION: _OUTWAY + _SERVICE,
    GrantType.DELEGATED_CONNECTION: _OUTWAY + _SERVICE + _DELEGATOR,
    GrantType.DELEGATED_PUBLICATION: _DIRECTORY + _PUBLISHED + _DELEGATOR,
}
"""The fields of each grant in the order of manager.yaml. They are hashed in this order; `type` goes first."""
_GRANT_NUMBERS = {kind: number for number, kind in enumerate(_FIELDS, 1)}
_SERVICE_NUMBERS = {SERVICE: 1, DELEGATED_SERVICE: 2}

has_properties = False
complete, identify = october_2025.complete, october_2025.identify


def check_shape(content: Any) -> None:
    """See `Profile`."""
    refuse(shape_faults(content) or _faults(content))


def _faults(content: dict[str, Any]) -> list[str]:
    faults = [] if is_uuid(content["iv"]) else ["iv: is geen UUID"]
    unknown = sorted(dict(_flat(content)).keys() - set(_CONTENT))
    for position, envelope in enumerate(content["grants"]):
        known = {("data", *path) for path in (("type",), *_FIELDS[GrantType(envelope["data"]["type"])])}
        unknown += [("grants", str(position), *path) for path in sorted(dict(_flat(envelope)).keys() - known)]
    faults += [f"{'.'.join(path)}: bestaat niet in FSC Core 1.1" for path in unknown]
    return faults + [fault for place, outway in outways(content) for fault in october_2025.key_faults(place, outway)]


def hash_content(content: dict[str, Any]) -> str:
    """See `Profile`."""
    validity = content["validity"]
    moments = struct.pack("<3q", validity["not_before"], validity["not_after"], content["created_at"])
    grants = sorted(hash_grant(content, "", grant["data"]).encode() for grant in content["grants"])
    return hashes.content_hash(_start(content) + moments + b"".join(grants))


def hash_grant(content: dict[str, Any], of_content: str, grant: dict[str, Any]) -> str:
    """See `Profile`; the content's hash is not part of it."""
    kind = GrantType(grant["type"])
    values = dict(_flat(grant))
    parts = [_start(content), struct.pack("<i", _GRANT_NUMBERS[kind])]
    for path in _FIELDS[kind]:
        if path == _SERVICE_TYPE:
            parts.append(struct.pack("<i", _SERVICE_NUMBERS[values.get(path, SERVICE)]))
        else:
            parts.append(values.get(path, "").encode())
    return hashes.grant_hash(kind, b"".join(parts))


def outsider(role: str) -> str:
    """See `Profile`; this line has one code for both roles."""
    return "ERROR_CODE_PEER_NOT_PART_OF_CONTRACT"


def _start(content: dict[str, Any]) -> bytes:
    return content["group_id"].encode() + uuid.UUID(content["iv"]).bytes


def _flat(value: dict[str, Any], above: _Path = ()) -> Iterator[tuple[_Path, Any]]:
    """Every value that is not an object, with its path of names. A path is a tuple, so a name with a separator in it cannot
    look like two names. An empty object counts as a value."""
    for name, inner in value.items():
        if isinstance(inner, dict) and inner:
            yield from _flat(inner, (*above, name))
        else:
            yield (*above, name), inner
