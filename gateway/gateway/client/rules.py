"""Which client calls an Outway, and what it may use: `Proxy-Authorization: Bearer <secret>`, since an Outway is a forward proxy
(RFC 9110, 11.7.2; the header is for this hop alone)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from gateway.errors import OutwayError


@dataclass(frozen=True)
class Client:
    """A client as the Outway sees it; `grants` and `default_grant` are hashes."""

    name: str
    blocked: bool
    grants: frozenset[str]
    default_grant: str | None


def recognise(peer_id: str, clients: dict[str, Client], *, required: bool, credential: str) -> Client | None:
    """The client with this Proxy-Authorization header (`credential`, perhaps empty); None where clients need not identify
    themselves. `clients`: by SHA-256 (hex) of their secret.

    Raises:
        OutwayError: 407, the header is missing where it is required, or the secret is unknown; 403, the client is blocked.
    """
    if not credential:
        if not required:
            return None
        raise _unknown(peer_id, "zegt niet wie er belt")
    scheme, _, secret = credential.partition(" ")
    client = clients.get(hashlib.sha256(secret.strip().encode("latin-1")).hexdigest()) if scheme.lower() == "bearer" else None
    if client is None:
        raise _unknown(peer_id, "noemt geen bekend geheim")
    if client.blocked:
        raise OutwayError(
            "ERROR_CODE_CLIENT_NOT_ALLOWED",
            f"Client {client.name} van de Outway van peer {peer_id} is geblokkeerd.",
            status=403,
            dated=True,
        )
    return client


def check_grant(peer_id: str, client: Client, grant_hash: str) -> None:
    """Check that a client may use a grant.

    Raises:
        OutwayError: 403.
    """
    if grant_hash not in client.grants:
        raise OutwayError(
            "ERROR_CODE_CLIENT_NOT_ALLOWED",
            f"Client {client.name} van de Outway van peer {peer_id} mag grant {grant_hash} niet gebruiken; "
            "de beheerder kan hem toevoegen (gateway client mag).",
            status=403,
            dated=True,
        )


def _unknown(peer_id: str, why: str) -> OutwayError:
    return OutwayError(
        "ERROR_CODE_CLIENT_UNKNOWN",
        f"De aanroep {why}. Stuur Proxy-Authorization: Bearer <geheim van deze client bij de Outway van peer {peer_id}>.",
        status=407,
        dated=True,
    )
