"""The October 2025 snapshot of FSC Core, which the official test suite describes: hashes over JCS (RFC 8785).

Decided here, where the text is unclear (fsc.md 1.4): the grant hash uses the content hash as a string, with its prefix.
"""

from __future__ import annotations

from typing import Any

from gateway.contract import hashes
from gateway.contract.shape import outways, refuse, shape_faults
from gateway.names import GrantType

has_properties = True


def check_shape(content: Any) -> None:
    """See `Profile`."""
    faults = shape_faults(content)
    refuse(faults or [fault for place, outway in outways(content) for fault in key_faults(place, outway)])


def key_faults(place: str, outway: dict[str, Any]) -> list[str]:
    """Faults in how grants name an Outway: by its key, directly in the grant."""
    if "identification" in outway:
        return [f"{place}.identification: bestaat pas in FSC Core 2.0"]
    return [] if outway.get("public_key_thumbprint") else [f"{place}.public_key_thumbprint: ontbreekt"]


def hash_content(content: dict[str, Any]) -> str:
    """See `Profile`."""
    return hashes.content_hash(hashes.canonical(content))


def hash_grant(content: dict[str, Any], of_content: str, grant: dict[str, Any]) -> str:
    """See `Profile`."""
    return hashes.grant_hash(GrantType(grant["type"]), of_content.encode() + hashes.canonical(grant))


def outsider(role: str) -> str:
    """See `Profile`."""
    return f"ERROR_CODE_{role}_PEER_NOT_PART_OF_CONTRACT"


def complete(content: dict[str, Any]) -> dict[str, Any]:
    """See `Profile`."""
    return content


def identify(outway: dict[str, Any], public_key_thumbprint: str) -> None:
    """See `Profile`."""
    outway.setdefault("public_key_thumbprint", public_key_thumbprint)
