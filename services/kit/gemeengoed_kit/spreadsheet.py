"""Texts in files for a spreadsheet, in which none may be taken for a formula."""

from __future__ import annotations

from typing import TypeVar

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a text begins with that a spreadsheet calculates; the wide forms too, as OWASP (CSV Injection) has them."""
Value = TypeVar("Value")


def safe(value: Value) -> Value | str:
    """A value for a CSV file: a text that would be a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
