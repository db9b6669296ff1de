"""FSC Core 2.0 (working draft of April 2026): like October 2025, plus a version in the content and more ways to identify an
Outway.

The draft's own example says version "1.0.0" in a document called 2.0.0. We accept both and send the first (fsc.md 0).
"""

from __future__ import annotations

from typing import Any

from gateway.contract.profile import october_2025
from gateway.contract.shape import outways, refuse, shape_faults
from gateway.errors import ManagerError

_VERSIONS = ("1.0.0", "2.0.0")
_BY_KEY = "OUTWAY_IDENTIFICATION_TYPE_PUBLIC_KEY_THUMBPRINT"

has_properties = october_2025.has_properties
hash_content, hash_grant, outsider = october_2025.hash_content, october_2025.hash_grant, october_2025.outsider


def check_shape(content: Any) -> None:
    """See `Profile`."""
    faults = shape_faults(content)
    if isinstance(content, dict):
        _check_version(content.get("fsc_version"), faults)
    refuse(faults or [fault for place, outway in outways(content) for fault in _faults(place, outway)])


def _check_version(version: Any, faults: list[str]) -> None:
    if not isinstance(version, str):
        faults.append("fsc_version: ontbreekt of is geen tekst")
    elif version not in _VERSIONS:
        raise ManagerError(
            "ERROR_CODE_UNKNOWN_FSC_VERSION", f"Versie {version[:40]!r} is onbekend; deze Manager kent {', '.join(_VERSIONS)}."
        )


def _faults(place: str, outway: dict[str, Any]) -> list[str]:
    if "public_key_thumbprint" in outway:
        return [f"{place}.public_key_thumbprint: hoort in FSC Core 2.0 in identification"]
    return [] if outway.get("identification") else [f"{place}.identification: ontbreekt"]


def complete(content: dict[str, Any]) -> dict[str, Any]:
    """See `Profile`."""
    return {"fsc_version": _VERSIONS[0], **content}


def identify(outway: dict[str, Any], public_key_thumbprint: str) -> None:
    """See `Profile`. A key in the place of October 2025 moves to its place in this line."""
    if "identification" not in outway:
        key = outway.pop("public_key_thumbprint", public_key_thumbprint)
        outway["identification"] = {"type": _BY_KEY, "public_key_thumbprint": key}
