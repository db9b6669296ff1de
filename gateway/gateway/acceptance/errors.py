"""Refusals of the management API about acceptance rules."""

from __future__ import annotations

from gemeengoed_kit.errors import Conflict, NotFound


class RuleNotFound(NotFound):
    """404: this peer has no such rule."""

    type, title = "regel-niet-gevonden", "Regel niet gevonden"
    meaning = "Deze peer heeft geen regel met deze naam."
    remedy = "Zoek de regels op met `GET /v1/peers/{peer_id}/rules`."


class RuleRefused(Conflict):
    """409: patterns that cannot form a rule; `invalid_params` lists all faults."""

    type, title = "regel-geweigerd", "Regel geweigerd"
    meaning = "Deze patronen kunnen geen regel zijn; `invalidParams` noemt alles."
    remedy = "Verbeter de grants van de regel."
