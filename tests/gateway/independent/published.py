"""Hashes of FSC Core 1.1, step by step as its text has them (section "The content hash" and "Grant hash")."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

from tests.gateway.independent.hashing import HASH_TYPES, b64

GRANT_TYPES = {
    "GRANT_TYPE_SERVICE_PUBLICATION": 1,
    "GRANT_TYPE_SERVICE_CONNECTION": 2,
    "GRANT_TYPE_DELEGATED_SERVICE_CONNECTION": 3,
    "GRANT_TYPE_DELEGATED_SERVICE_PUBLICATION": 4,
}
SERVICE_TYPES = {"SERVICE_TYPE_SERVICE": 1, "SERVICE_TYPE_DELEGATED_SERVICE": 2}


def int32(value: int) -> bytes:
    return value.to_bytes(4, "little", signed=True)


def int64(value: int) -> bytes:
    return value.to_bytes(8, "little", signed=True)


def grant_hash(content: dict[str, Any], position: int = 0) -> str:
    grant = content["grants"][position]["data"]
    grant_bytes = bytearray()
    grant_bytes += content["group_id"].encode("utf-8")
    grant_bytes += uuid.UUID(content["iv"]).bytes
    grant_bytes += int32(GRANT_TYPES[grant["type"]])
    if "outway" in grant:
        grant_bytes += grant["outway"]["peer_id"].encode("utf-8")
        grant_bytes += grant["outway"]["public_key_thumbprint"].encode("utf-8")
        grant_bytes += int32(SERVICE_TYPES[grant["service"].get("type", "SERVICE_TYPE_SERVICE")])
    else:
        grant_bytes += grant["directory"]["peer_id"].encode("utf-8")
    grant_bytes += grant["service"]["peer_id"].encode("utf-8")
    grant_bytes += grant["service"]["name"].encode("utf-8")
    if "directory" in grant:
        grant_bytes += grant["service"]["protocol"].encode("utf-8")
    if "delegator" in grant["service"]:
        grant_bytes += grant["service"]["delegator"]["peer_id"].encode("utf-8")
    if "delegator" in grant:
        grant_bytes += grant["delegator"]["peer_id"].encode("utf-8")
    return f"$1${HASH_TYPES[grant['type']]}${b64(hashlib.sha3_512(grant_bytes).digest())}"


def content_hash(content: dict[str, Any]) -> str:
    content_bytes = bytearray()
    content_bytes += content["group_id"].encode("utf-8")
    content_bytes += uuid.UUID(content["iv"]).bytes
    content_bytes += int64(content["validity"]["not_before"])
    content_bytes += int64(content["validity"]["not_after"])
    content_bytes += int64(content["created_at"])
    for grant in sorted(grant_hash(content, position).encode("utf-8") for position in range(len(content["grants"]))):
        content_bytes += grant
    return "$1$1$" + b64(hashlib.sha3_512(content_bytes).digest())
