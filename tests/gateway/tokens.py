"""Access tokens, looked into and made with independent code."""

from __future__ import annotations

import base64
import json
from typing import Any

from cryptography.hazmat.primitives import serialization

from tests.gateway.independent import Identity


def claims_in(token: str) -> dict[str, Any]:
    """The claims of a token, not verified."""
    return json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))


def manager_identity(lab, peer_id: str) -> tuple[Identity, str]:
    """The key of a hosted peer's Manager, taken from its file, and the thumbprint of its certificate."""
    path = lab.folder / "keys" / peer_id / "manager.key"
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    certificates = lab.get(f"/peers/{peer_id}")["certificaten"]
    thumbprint = next(c["vingerafdruk"] for c in certificates if c["onderdeel"] == "manager")
    return Identity(lab.folder, "kopie", peer_id, "x.nep.localhost", None, key=key), thumbprint


def manager_signs(lab, peer_id: str, claims: dict[str, Any]) -> str:
    """A token as that peer's Manager would sign it."""
    identity, thumbprint = manager_identity(lab, peer_id)
    return identity.jws(claims, header={"x5t#S256": thumbprint})
