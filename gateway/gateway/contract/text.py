"""Reads I-JSON and keeps its text: a contract is hashed and stored as it was received (fsc.md 6.1)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from gateway.errors import malformed

_MAX_INTEGER = 2**53 - 1
_SPACE = " \t\n\r"


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise malformed("JSON-object met een dubbele sleutel; dat is geen I-JSON (RFC 7493).")
    return found


def _integer(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > _MAX_INTEGER:
        raise malformed(f"Getal {text[:20]} is te groot voor I-JSON (RFC 7493).")
    return int(text)


def _float(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise malformed(f"Getal {text[:20]} is te groot voor I-JSON (RFC 7493).")
    return value


def _constant(text: str) -> Any:
    raise malformed(f"{text} is geen JSON.")


_DECODER = json.JSONDecoder(object_pairs_hook=_members, parse_int=_integer, parse_float=_float, parse_constant=_constant)


@dataclass(frozen=True)
class Member:
    """A member of an object: its parsed value and the text it was parsed from."""

    value: Any
    text: str


def parse(text: str) -> Any:
    """I-JSON text as Python values.

    Raises:
        ManagerError: 400, not I-JSON (duplicate keys, large integers, lone surrogates, NaN).
    """
    try:
        value = _DECODER.decode(text)
        text.encode()
        json.dumps(value, ensure_ascii=False).encode()
    except (json.JSONDecodeError, UnicodeEncodeError, RecursionError) as problem:
        raise malformed(f"Geen geldige JSON: {problem}.") from problem
    return value


def parse_bytes(body: bytes) -> str:
    """The body as text.

    Raises:
        ManagerError: 400, not UTF-8.
    """
    try:
        return body.decode()
    except UnicodeDecodeError as problem:
        raise malformed("De body is geen UTF-8.") from problem


def split_object(text: str) -> dict[str, Member]:
    """The members of a JSON object, each with the exact text of its value.

    Raises:
        ManagerError: 400, not a JSON object or not I-JSON.
    """
    if not isinstance(parse(text), dict):
        raise malformed("De body is geen JSON-object.")
    found: dict[str, Member] = {}
    at = _skip(text, _skip(text, 0) + 1)
    while text[at] != "}":
        key, at = _DECODER.raw_decode(text, at)
        start = _skip(text, _skip(text, at) + 1)
        value, at = _DECODER.raw_decode(text, start)
        found[key] = Member(value, text[start:at])
        at = _skip(text, at)
        if text[at] == ",":
            at = _skip(text, at + 1)
    return found


def _skip(text: str, at: int) -> int:
    while text[at] in _SPACE:
        at += 1
    return at
