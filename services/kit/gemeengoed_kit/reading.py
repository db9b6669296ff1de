"""Strict reading of a request before anything uses it: its path, query and JSON have one meaning, or it is refused."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import unquote_to_bytes

from fastapi import Request
from fastapi._compat import ModelField
from fastapi.dependencies.models import Dependant
from pydantic import BaseModel

from gemeengoed_kit.errors import Invalid, InvalidParam

DEEPEST = 32
"""Maximum nesting of objects and arrays in JSON."""
_DIGITS = 310
"""Maximum digits of an integer, as many as a float may stand for; the bounds of the fields are far lower."""
_LARGEST = 10**18
"""From here on a number with a decimal point or exponent stays a float, which no integer field accepts."""
_NAMED = 100
"""Maximum number of faults that one answer names."""
_ESCAPES = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_ELSEWHERE = re.compile(rb"[\x00-\x1f\x7f/\\]")


class StrictRequest(Request):
    """A request whose JSON is the result of `read_json`, for FastAPI too."""

    async def json(self) -> Any:
        if not hasattr(self, "_read"):
            self._read = read_json(await self.body())
        return self._read


def path_fault(raw: bytes) -> str | None:
    """Why a path, as sent, is ambiguous; None when it is not.

    A component that unescapes early would take an escaped slash for the end of a segment, and so find another resource.
    """
    if b"%" not in raw:
        return None
    if _ESCAPES.search(raw):
        return "na % horen twee hexadecimale cijfers"
    try:
        unquote_to_bytes(raw).decode()
    except UnicodeDecodeError:
        return "de procenttekens zijn geen UTF-8"
    if any(_ELSEWHERE.search(unquote_to_bytes(segment)) for segment in raw.split(b"/")):
        return "een schuine streep of stuurteken hoort niet in een deel van het pad"
    return None


@dataclass(frozen=True)
class Query:
    """The parameters that a route's query may have.

    Attributes:
        names: names of all parameters.
        lists: those that may occur more than once.
        told: whether a model reports unknown names, together with all other faults.
    """

    names: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    told: bool = False

    @classmethod
    def of(cls, dependant: Dependant) -> Query:
        """The query parameters of a route."""
        found = [cls.of(inner) for inner in dependant.dependencies]
        for parameter in dependant.query_params:
            model = query_model(parameter)
            if model is not None:
                fields = {field.alias or name: field for name, field in model.model_fields.items()}
                told = model.model_config.get("extra") == "forbid"
            else:
                fields, told = {parameter.alias: parameter.field_info}, False
            lists = {name for name, field in fields.items() if "list[" in str(field.annotation)}
            found.append(cls(frozenset(fields), frozenset(lists), told))
        return cls(
            frozenset().union(*(part.names for part in found)),
            frozenset().union(*(part.lists for part in found)),
            any(part.told for part in found),
        )

    def read(self, raw: bytes) -> dict[str, Any]:
        """By name what a query says; a list for those that may occur more than once.

        Raises:
            Invalid: unknown names, a name that occurs twice, or not UTF-8; names every fault.
        """
        found: dict[str, Any] = {}
        wrong: list[InvalidParam] = []
        for piece in raw.split(b"&"):
            if not piece:
                continue
            before, _, after = piece.partition(b"=")
            name, text = _text(before), _text(after)
            if name is None or (name not in self.names and not self.told):
                wrong.append(InvalidParam((name or "query")[:100], "extra_forbidden", "onbekend gegeven"))
                continue
            if text is None:
                wrong.append(InvalidParam(name[:100], "tekst", "geen UTF-8 met procenttekens, of met een NUL-teken"))
            if name in self.lists:
                found.setdefault(name, []).append(text)
                continue
            if name in found:
                wrong.append(InvalidParam(name[:100], "dubbel", "mag maar één keer voorkomen"))
            found[name] = text
        if wrong:
            raise _invalid(wrong[:_NAMED])
        return found


def query_model(parameter: ModelField) -> type[BaseModel] | None:
    """The model that holds all parameters of a query, when the argument is one."""
    model = parameter.field_info.annotation
    return model if isinstance(model, type) and issubclass(model, BaseModel) else None


def _text(part: bytes) -> str | None:
    if _ESCAPES.search(part):
        return None
    try:
        text = unquote_to_bytes(part.replace(b"+", b" ")).decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def read_json(body: bytes) -> Any:
    """Parse JSON (RFC 8259) without loss or guessing; a number with an integer value, such as 1.0 or 1e2, becomes an int.

    Raises:
        Invalid: it is not JSON in UTF-8, is nested too deeply, or has a duplicate name in an object, NaN, text that cannot be
            stored, or a number that would silently be rounded to an integer. Names every fault.
    """
    try:
        text = body.decode()
    except UnicodeDecodeError as fault:
        raise _not_json(f"geen UTF-8 (byte {fault.start})") from fault
    try:
        found = _DECODER.decode(text)
    except json.JSONDecodeError as fault:
        raise _not_json(f"geen geldige JSON op regel {fault.lineno}, teken {fault.colno}") from fault
    except RecursionError as fault:
        raise _not_json(f"meer dan {DEEPEST} niveaus diep") from fault
    wrong: list[InvalidParam] = []
    _walk(found, (), wrong)
    if wrong:
        raise _invalid(wrong[:_NAMED])
    return found


class _Wrong:
    """Placeholder for a refused value, until its path is known."""

    def __init__(self, code: str, reason: str) -> None:
        self.code, self.reason = code, reason


def _whole(text: str) -> int | _Wrong:
    return int(text) if len(text) <= _DIGITS else _Wrong("getal", f"hoogstens {_DIGITS} cijfers")


def _number(text: str) -> int | float | _Wrong:
    near = float(text)
    if math.isinf(near):
        return _Wrong("getal", "te groot")
    if near == 0:
        return _Wrong("getal", "te klein") if text.lower().partition("e")[0].strip("-.0") else 0
    exact = Decimal(text)
    if exact == exact.to_integral_value():
        return int(exact) if abs(exact) < _LARGEST else near
    return _Wrong("getal", "meer decimalen dan te bewaren zijn") if near.is_integer() else near


def _constant(text: str) -> _Wrong:
    return _Wrong("json_invalid", f"{text} is geen JSON")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        for name, times in Counter(name for name, _ in pairs).items():
            if times > 1:
                found[name] = _Wrong("dubbel", "staat er meer dan één keer")
    return found


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=_number, parse_int=_whole, parse_constant=_constant)


def _walk(value: Any, path: tuple[str, ...], wrong: list[InvalidParam]) -> None:
    if isinstance(value, str):
        _keepable(value, path, wrong)
    elif isinstance(value, (dict, list)):
        if len(path) >= DEEPEST:
            wrong.append(InvalidParam(".".join(path)[:200], "diepte", f"meer dan {DEEPEST} niveaus diep"))
            return
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(name, str):
                _keepable(name, path, wrong)
            _walk(inner, (*path, str(name)), wrong)
    elif isinstance(value, _Wrong):
        wrong.append(InvalidParam(_named(path), value.code, value.reason))


def _keepable(text: str, path: tuple[str, ...], wrong: list[InvalidParam]) -> None:
    """Check that text can be stored: PostgreSQL stores no NUL, and a lone surrogate is not a character."""
    if "\0" in text:
        wrong.append(InvalidParam(_named(path), "tekst", "tekst mag geen NUL-teken bevatten"))
    if not text.isascii() and text.encode(errors="ignore").decode() != text:
        wrong.append(InvalidParam(_named(path), "string_unicode", "geen geldige Unicode-tekst"))


def _named(path: tuple[str, ...]) -> str:
    return ".".join(path).encode(errors="replace").decode()[:200] or "body"


def _not_json(reason: str) -> Invalid:
    return _invalid([InvalidParam("body", "json_invalid", reason)])


def _invalid(wrong: list[InvalidParam]) -> Invalid:
    return Invalid(f"De aanvraag bevat {len(wrong)} ongeldig(e) gegeven(s); zie invalidParams.", invalid_params=wrong)
