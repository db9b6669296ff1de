"""Conditional requests (RFC 9110, 13): an ETag is the number of a version; who changes says which version it has seen."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Header
from pydantic import StringConstraints

from gemeengoed_kit.errors import Refusal

ETAG: dict[str, Any] = {"ETag": {"description": "Nummer van deze versie, tussen aanhalingstekens.", "schema": {"type": "string"}}}
"""The header of an answer, for the specification."""


class Changed(Refusal):
    """412: somebody else has changed it meanwhile."""

    status, type, title = 412, "intussen-gewijzigd", "Intussen gewijzigd"
    meaning = "De versie in `If-Match` is niet (meer) de laatste; er is niets gewijzigd."
    remedy = "Vraag de resource opnieuw op, breng uw wijziging daarin aan en stuur de nieuwe `ETag` mee."


class VersionNeeded(Refusal):
    """428: a change must say which version it is made in."""

    status, type, title = 428, "versie-verplicht", "Versie verplicht"
    meaning = "Een wijziging moet met `If-Match` zeggen in welke versie zij is aangebracht."
    remedy = "Vraag de resource op en stuur haar `ETag` mee als `If-Match`."


IfMatch = Annotated[
    Annotated[str, StringConstraints(pattern=r'^"[!#-~]{1,60}"$')] | None,
    Header(alias="If-Match", description="ETag van de versie waarin is gewijzigd; verplicht.", examples=['"3"']),
]


def etag(version: int) -> str:
    """The ETag of a version; strong, since a version never changes."""
    return f'"{version}"'


def require_match(given: str | None, version: int) -> None:
    """Let pass a change that is made in the current version.

    Args:
        given: the header If-Match.
        version: of the resource as it is now, locked.

    Raises:
        VersionNeeded: there is none.
        Changed: it names another version.
    """
    if given is None:
        raise VersionNeeded("Stuur in If-Match de ETag mee van de versie die u wijzigt.")
    if given != etag(version):
        raise Changed(f"If-Match noemt {given}, maar de laatste versie is {etag(version)}.")
