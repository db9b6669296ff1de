"""Strict reading of what another source answers: models without conversions, and JSON without duplicate names."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Strict, field_validator
from pydantic.alias_generators import to_camel

from gemeengoed_kit.schema import DayIn

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
_LONGEST_SHOWN = 300

SourceDay = Annotated[date, Strict(False), DayIn("[0-9]{4}", "de kalender")]
"""A date as another source writes it."""


class Source(BaseModel):
    """Base of the parts that a service uses of another source's answer: no conversions, unknown members ignored.

    `true`, "12" and 1.0 are no integers here; text is one line. A subclass sets the length, the bounds and the form.
    """

    model_config = ConfigDict(alias_generator=to_camel, strict=True, extra="ignore", frozen=True, str_max_length=10_000)

    @field_validator("*")
    @classmethod
    def _one_line(cls, value: Any) -> Any:
        if isinstance(value, str) and _CONTROL.search(value):
            raise ValueError("tekst mag geen regeleinden of andere besturingstekens bevatten")
        return value


def parse_json(body: bytes) -> Any:
    """The value of a JSON text in UTF-8.

    Raises:
        ValueError: it is not JSON, has a duplicate name, NaN, an infinite number, or text that PostgreSQL cannot store.
    """
    try:
        text = body.decode()
        value = json.loads(text, object_pairs_hook=_members, parse_constant=_constant, parse_float=_finite)
        fits = "\\u" not in text or _storable(value)  # without an escape, UTF-8 and JSON guarantee it
    except RecursionError:
        raise ValueError("geen bruikbare JSON: te diep genest") from None
    except ValueError as error:
        raise ValueError(f"geen geldige JSON: {error}") from None
    if not fits:
        raise ValueError("geen bruikbare JSON: tekst met een NUL-teken of een half teken")
    return value


def shown(text: str) -> str:
    """Text of another source in a form that may be stored and shown: one line, at most 300 characters."""
    line = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
    return line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}…"


def _storable(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(_storable, value)) and all(map(_storable, value.values()))
    if isinstance(value, list):
        return all(map(_storable, value))
    return not (isinstance(value, str) and _UNSTORABLE.search(value))


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"{shown(name)!r} staat er meer dan eens")
        found[name] = value
    return found


def _constant(name: str) -> Any:
    raise ValueError(f"{name} is geen getal")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"{text} is te groot")
    return number
