"""A POST that makes something: 201 with its Location, and what else such a route has in common."""

from __future__ import annotations

from typing import Any

from fastapi import Response

from gemeengoed_kit.conditional import ETAG, etag
from gemeengoed_kit.route import TRIED

_LOCATION = {"Location": {"description": "Pad van wat is gemaakt.", "schema": {"type": "string", "format": "uri-reference"}}}


def creating(
    summary: str,
    made: str,
    access: Any,
    *,
    versioned: bool = False,
    later: bool = False,
    tried: type | None = None,
    again: tuple[type, str] | None = None,
    waits: tuple[type, str] | None = None,
) -> dict[str, Any]:
    """The options of a route that makes something; the route itself calls `located`.

    Args:
        summary: what it does, in Dutch: "Pilot plannen".
        made: what it answers, in Dutch: "De pilot."
        access: `roles(...)`.
        versioned: whether the answer has an ETag.
        later: whether a job does the work: 202 instead of 201.
        tried: the model of the answer, when it may be only tried (`route.Tried`): 200.
        again: the model of the answer, and what it means in Dutch, when the same was made before and nothing changes: 200.
        waits: the same for what is not made yet, since something else must happen first: 202.
    """
    headers = {**_LOCATION, **(ETAG if versioned else {})}
    status = 202 if later else 201
    known: dict[int, dict[str, Any]] = {200: {"model": again[0], "description": again[1], "headers": headers}} if again else {}
    if tried:
        known[200] = {"model": tried, "description": TRIED}
    if waits:
        known[202] = {"model": waits[0], "description": waits[1], "headers": headers}
    return {
        "status_code": status,
        "summary": summary,
        "response_description": made,
        "dependencies": [access],
        "responses": {**known, status: {"headers": headers}},
    }


def located(response: Response, path: str, *, version: int | None = None, new: bool = True, tried: bool = False) -> None:
    """Say where it is, and its version; 200 when it was there already, or was only tried and is nowhere."""
    if tried:
        response.status_code = 200
        return
    response.headers["Location"] = path
    if version is not None:
        response.headers["ETag"] = etag(version)
    if not new:
        response.status_code = 200
