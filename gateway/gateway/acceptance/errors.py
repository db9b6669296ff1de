"""Refusals of the management API about acceptance rules."""

from __future__ import annotations

from gemeengoed_kit.errors import NotFound


class RuleUnknown(NotFound):
    """404: this peer has no such rule."""

    type, title = "onbekende-regel", "Regel niet gevonden"
