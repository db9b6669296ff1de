"""Refusals of the management API about aliases."""

from __future__ import annotations

from gemeengoed_kit.errors import NotFound


class AliasNotFound(NotFound):
    """404: this peer has no such alias."""

    type, title = "alias-niet-gevonden", "Alias niet gevonden"
    meaning = "Deze peer heeft geen alias met deze naam."
    remedy = "Zoek de aliassen op met `GET /v1/peers/{peer_id}/aliases`."
