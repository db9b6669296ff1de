"""Refusals: exceptions that carry their HTTP status, problem type and (Dutch) title."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class InvalidParam:
    """One thing wrong with the input: where (`name`, a dotted path), a machine code, and why."""

    name: str
    code: str
    reason: str


class Refusal(Exception):
    """What the caller asked is understood and not done. Nothing has changed.

    Subclasses set `status` (HTTP), `type` (last part of the problem's URI) and `title` (Dutch);
    `detail` says in Dutch what is wrong here and, where it helps, what to do.
    """

    status: int = 409
    type: str = "geweigerd"
    title: str = "Niet uitgevoerd"

    def __init__(
        self,
        detail: str,
        *,
        invalid_params: list[InvalidParam] | None = None,
        headers: dict[str, str] | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.invalid_params = invalid_params
        self.headers = headers or {}
        self.extra = extra


class Invalid(Refusal):
    """400: the input is malformed; `invalid_params` lists everything that is wrong at once."""

    status, type, title = 400, "ongeldige-invoer", "Ongeldige invoer"


class Unauthenticated(Refusal):
    """401: no valid FSC token."""

    status, type, title = 401, "niet-geauthenticeerd", "Geen geldig token"


class Forbidden(Refusal):
    """403: known, but not allowed to do this."""

    status, type, title = 403, "niet-toegestaan", "Niet toegestaan"


class NotFound(Refusal):
    """404: does not exist, or not for this caller."""

    status, type, title = 404, "niet-gevonden", "Niet gevonden"


class Conflict(Refusal):
    """409: well-formed, but a business rule forbids it."""

    status, type, title = 409, "conflict", "In strijd met een regel"


class Unavailable(Refusal):
    """503: what this needs is not there now; the same request may succeed later. Nothing has changed unless it says so."""

    status, type, title = 503, "niet-beschikbaar", "Niet beschikbaar"


class TooSlow(Refusal):
    """408: the body of the request did not arrive in time."""

    status, type, title = 408, "te-traag", "Te traag"
