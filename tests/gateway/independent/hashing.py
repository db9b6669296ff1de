"""Contracts and their hashes, from the text of FSC Core (profile 2025-10)."""

from __future__ import annotations

import base64
import hashlib
import os
import time
import uuid
from typing import Any

from tests.gateway.independent.jcs import canonical

HASH_TYPES = {
    "GRANT_TYPE_SERVICE_PUBLICATION": 2,
    "GRANT_TYPE_SERVICE_CONNECTION": 3,
    "GRANT_TYPE_DELEGATED_SERVICE_CONNECTION": 4,
    "GRANT_TYPE_DELEGATED_SERVICE_PUBLICATION": 5,
}


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def content_hash(content: dict[str, Any]) -> str:
    return "$1$1$" + b64(hashlib.sha3_512(canonical(content)).digest())


def grant_hash(content: dict[str, Any], position: int = 0) -> str:
    data = content["grants"][position]["data"]
    digest = hashlib.sha3_512(content_hash(content).encode() + canonical(data)).digest()
    return f"$1${HASH_TYPES[data['type']]}${b64(digest)}"


def make_content(*grants: dict[str, Any], **changes: Any) -> dict[str, Any]:
    now = int(time.time())
    return {
        "iv": str(uuid.uuid4()),
        "group_id": "lab",
        "validity": {"not_before": now - 60, "not_after": now + 86400},
        "grants": [{"data": grant} for grant in grants],
        "hash_algorithm": "HASH_ALGORITHM_SHA3_512",
        "created_at": now,
        **changes,
    }


def new_id() -> str:
    """A transaction id: a UUID of version 7, from the text of RFC 9562."""
    bits = (int(time.time() * 1000) << 80) | int.from_bytes(os.urandom(10), "big")
    return str(uuid.UUID(int=bits & ~(0xF << 76) & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62))
