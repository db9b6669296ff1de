"""Texts in files for a spreadsheet, in which none may be taken for a formula."""

from __future__ import annotations

from typing import TypeVar

_FORMULE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a text begins with that a spreadsheet calculates; the wide forms too, as OWASP (CSV Injection) has them."""
Waarde = TypeVar("Waarde")


def veilig(waarde: Waarde) -> Waarde | str:
    """A value for a CSV file: a text that would be a formula gets an apostrophe before it."""
    return f"'{waarde}" if isinstance(waarde, str) and waarde.startswith(_FORMULE) else waarde
