"""Errors about limits: refused calls (FSC), and refusals of the management API."""

from __future__ import annotations

from gemeengoed_kit.errors import NotFound

from gateway.errors import InwayError


class LimitNotFound(NotFound):
    """404: this service or caller has no limits."""

    type, title = "grens-niet-gevonden", "Grens niet gevonden"
    meaning = "Voor deze service of peer zijn geen grenzen gezet."
    remedy = "Zoek ze op met `GET /v1/peers/{peer_id}/limits`."


class TooManyCalls(InwayError):
    """429: more calls than agreed; `retry_after` in whole seconds."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__("ERROR_CODE_TOO_MANY_REQUESTS", message, status=429)
        self.retry_after = retry_after


def body_too_large(peer_id: str, most: int) -> InwayError:
    """413: the Content-Length already exceeds the limit."""
    return InwayError(
        "ERROR_CODE_BODY_TOO_LARGE", f"De Inway van peer {peer_id} neemt hier hoogstens {most} bytes aan.", status=413
    )
