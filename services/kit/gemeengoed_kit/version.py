"""Versions of a resource over HTTP: `ETag` in its answer, and `If-Match` in the request that changes it (RFC 9110, 13.1.1)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Header
from pydantic import StringConstraints

from gemeengoed_kit.errors import OtherVersion, VersionMissing

IfMatch = Annotated[
    Annotated[str, StringConstraints(pattern=r'^"[!#-~]{1,60}"$')] | None,
    Header(
        alias="If-Match",
        description="De `ETag` van de versie die u wijzigt; zonder deze kopregel volgt 428.",
        examples=['"3"'],
    ),
]
"""The header of a route that changes something; `require_version` judges it."""
ETAG: dict[str, Any] = {"ETag": {"description": "Versie van de resource, voor `If-Match`.", "schema": {"type": "string"}}}
"""The header of an answer, for the specification."""


def etag(version: int) -> str:
    """The entity tag of a version."""
    return f'"{version}"'


def require_version(given: str | None, version: int) -> None:
    """Let pass a change of the version that the caller has seen.

    Args:
        given: the header If-Match.
        version: of the resource as it is now, locked.

    Raises:
        VersionMissing: the caller does not say which version it changes.
        OtherVersion: it is another now.
    """
    if given is None:
        raise VersionMissing("Noem in de kopregel If-Match de ETag van de versie die u wijzigt.")
    if given != etag(version):
        raise OtherVersion(f"U wijzigt versie {given}, maar nu geldt {etag(version)}.")
