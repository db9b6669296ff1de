"""Conditional requests (RFC 9110, 13): an ETag is the number of a version; who changes says which version it has seen.

@dingen.get("/{code}", ..., responses=NOT_MODIFIED)
def get_ding(work: InWork, code: Code, known: IfNoneMatch = None) -> Any:
    ding = service.get_ding(work, code)
    return unmodified(known, ding.versie) or tagged(response, ding.versie, ding)
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import Header, Response

from gemeengoed_kit.errors import Refusal

_TAG = re.compile(r'(W/)?"([!#-~\x80-\xff]*)"')
_PATTERN = r"^[ -~]{0,500}$"

ETAG = {"ETag": {"description": "Nummer van deze versie, tussen aanhalingstekens.", "schema": {"type": "string"}}}
WITH_ETAG: dict[int | str, dict[str, Any]] = {200: {"headers": ETAG}}
NOT_MODIFIED: dict[int | str, dict[str, Any]] = {
    200: {"headers": ETAG},
    304: {"description": "Ongewijzigd; de bekende versie is nog de laatste.", "headers": ETAG},
}


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
    str | None,
    Header(
        alias="If-Match", pattern=_PATTERN, description="ETag van de versie waarin is gewijzigd; verplicht.", examples=['"3"']
    ),
]
IfNoneMatch = Annotated[
    str | None,
    Header(
        alias="If-None-Match",
        pattern=_PATTERN,
        description="ETag van wat al bekend is; 304 als het dat nog is.",
        examples=['"3"'],
    ),
]


def etag(version: int | str) -> str:
    """The ETag of a version, or of a digest of what has no version; strong, since neither ever means something else."""
    return f'"{version}"'


def require_match(given: str | None, version: int | None) -> None:
    """Let pass a change that is made in the current version.

    Args:
        given: the header If-Match; `*` is whatever version there is.
        version: None where there is nothing yet; then nothing is to be given.

    Raises:
        VersionNeeded: there is none.
        Changed: it names other versions, or weak tags, which do not count here.
    """
    if version is None:
        if given is not None:
            raise Changed(f"If-Match noemt {given[:100]}, maar er is nog geen versie.")
        return
    if given is None:
        raise VersionNeeded("Stuur in If-Match de ETag mee van de versie die u wijzigt.")
    if given.strip() != "*" and ("", str(version)) not in _TAG.findall(given):
        raise Changed(f"If-Match noemt {given[:100]}, maar de laatste versie is {etag(version)}.")


def unmodified(given: str | None, version: int | str) -> Response | None:
    """304 when the client has this version already (weak tags count), else None.

    Args:
        given: the header If-None-Match.
    """
    if given is None:
        return None
    if given.strip() == "*" or any(tag == str(version) for _, tag in _TAG.findall(given)):
        return Response(status_code=304, headers={"ETag": etag(version)})
    return None
