"""Refusals: exceptions that carry their HTTP status, problem type and (Dutch) title."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar


@dataclass(frozen=True)
class InvalidParam:
    """One fault in the input: where (`name`, a dotted path), a machine-readable code, and why."""

    name: str
    code: str
    reason: str


class Refusal(Exception):
    """The request is understood and refused. Nothing has changed.

    Subclasses set `status` (HTTP), `type` (last part of the problem's URI) and, in Dutch, `title`, `meaning` (what is wrong
    whenever this is answered) and `remedy` (what to do about it). `/v1/problemen/{type}` shows these texts.
    `detail` says in Dutch what is wrong in this case.
    """

    status: int = 409
    type: str = "geweigerd"
    title: str = "Niet uitgevoerd"
    meaning: str = "De aanvraag is begrepen en niet uitgevoerd."
    remedy: str = "Lees in `detail` wat eraan mankeert."

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


F = TypeVar("F", bound=Callable[..., Any])


def refuses(*kinds: type[Refusal]) -> Callable[[F], F]:
    """Declare, for the specification, the refusals of one operation besides the general ones. Goes below the route decorator."""

    def mark(endpoint: F) -> F:
        endpoint.refuses = kinds  # type: ignore[attr-defined]
        return endpoint

    return mark


class Invalid(Refusal):
    """400: the input is malformed; `invalid_params` lists everything that is wrong at once."""

    status, type, title = 400, "ongeldige-invoer", "Ongeldige invoer"
    meaning = "De aanvraag is ongeldig."
    remedy = "Verbeter wat `invalidParams` en `detail` noemen; ongewijzigd herhalen geeft hetzelfde antwoord."


class Unauthenticated(Refusal):
    """401: no valid FSC token."""

    status, type, title = 401, "niet-geauthenticeerd", "Geen geldig token"
    meaning = "Een geldig token ontbreekt."
    remedy = "Roep aan via uw eigen Outway; die zet het token. Staan de klokken gelijk en is het contract nog geldig?"


class Forbidden(Refusal):
    """403: the caller is known, but may not do this."""

    status, type, title = 403, "niet-toegestaan", "Niet toegestaan"
    meaning = "Dit is niet toegestaan."
    remedy = "Vraag de aanbieder om een contract met de eigenschappen die `detail` noemt."


class NotFound(Refusal):
    """404: it does not exist, or this caller may not see it."""

    status, type, title = 404, "niet-gevonden", "Niet gevonden"
    meaning = "Deze resource bestaat niet."
    remedy = "Vergelijk pad en methode met de specificatie."


class MethodNotAllowed(Refusal):
    """405: the path exists, but not with this method."""

    status, type, title = 405, "methode-niet-toegestaan", "Methode niet toegestaan"
    meaning = "Deze methode is hier niet toegestaan."
    remedy = "Gebruik een methode uit de kopregel `Allow`."


class NotAcceptable(Refusal):
    """406: the client accepts none of the forms of the answer."""

    status, type, title = 406, "geen-passende-weergave", "Geen passende weergave"
    meaning = "Van dit antwoord is er geen weergave die `Accept` toestaat."
    remedy = "Laat `Accept` weg, of noem er een mediatype in dat de specificatie bij deze bewerking geeft."


class TooSlow(Refusal):
    """408: the body of the request did not arrive in time."""

    status, type, title = 408, "te-traag", "Te traag"
    meaning = "De inhoud van de aanvraag kwam niet op tijd binnen; er is niets gewijzigd."
    remedy = "Herhaal de aanvraag met dezelfde `Idempotency-Key`."


class Conflict(Refusal):
    """409: well-formed, but a business rule forbids it."""

    status, type, title = 409, "conflict", "In strijd met een regel"
    meaning = "Dit is in strijd met een regel."
    remedy = "Lees in `detail` welke regel; ongewijzigd herhalen helpt niet."


class TooLarge(Refusal):
    """413: the body is larger than this API accepts."""

    status, type, title = 413, "te-groot", "Te groot"
    meaning = "De aanvraag is te groot."
    remedy = "Verdeel de inhoud over meer aanvragen."


class TargetTooLong(Refusal):
    """414: path and query together are too long."""

    status, type, title = 414, "adres-te-lang", "Adres te lang"
    meaning = "Het adres is te lang."
    remedy = "Kort pad en zoekvraag in."


class UnknownMediaType(Refusal):
    """415: the body has a media type that is not accepted here."""

    status, type, title = 415, "mediatype-niet-ondersteund", "Mediatype niet ondersteund"
    meaning = "Dit mediatype wordt hier niet ondersteund."
    remedy = "Gebruik het mediatype dat de specificatie bij deze bewerking noemt, zonder Content-Encoding."


class HeadTooLarge(Refusal):
    """431: the request line and headers together are too large."""

    status, type, title = 431, "kopregels-te-groot", "Kopregels te groot"
    meaning = "Adres en kopregels zijn samen te groot."
    remedy = "Stuur minder of kortere kopregels."


class Crashed(Refusal):
    """500: an error in this service; the log has it."""

    status, type, title = 500, "interne-fout", "Interne fout"
    meaning = "Er ging iets mis; probeer het later opnieuw."
    remedy = "Herhaal de aanvraag, een POST met dezelfde `Idempotency-Key`; meld het als het blijft."


class MethodUnknown(Refusal):
    """501: HTTP has no such method."""

    status, type, title = 501, "methode-bestaat-niet", "Methode bestaat niet"
    meaning = "Deze methode bestaat niet."
    remedy = "Gebruik een methode uit de specificatie."


class Unavailable(Refusal):
    """503: something that this needs is not available now; a retry may succeed. Nothing has changed unless the text says so."""

    status, type, title = 503, "niet-beschikbaar", "Niet beschikbaar"
    meaning = "De dienst is nu niet beschikbaar; probeer het later opnieuw."
    remedy = "Wacht zo lang als `Retry-After` zegt en herhaal de aanvraag, een POST met dezelfde `Idempotency-Key`."


GENERAL: dict[int, type[Refusal]] = {
    kind.status: kind
    for kind in (
        Invalid,
        Unauthenticated,
        Forbidden,
        NotFound,
        MethodNotAllowed,
        NotAcceptable,
        TooSlow,
        Conflict,
        TooLarge,
        TargetTooLong,
        UnknownMediaType,
        HeadTooLarge,
        Crashed,
        MethodUnknown,
        Unavailable,
    )
}
"""The general refusal of each status, for when nothing more specific is known."""
