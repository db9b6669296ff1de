"""Pure: the properties that a service wants in a connection, as its publication says, and what a grant lacks of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

WANTED_PROPERTY = "gemeengoed.eigenschappen"
"""Property of a publication grant: a list of ways in which a connection can fit, of which one is enough. Each is an object of
property names with the texts that will do (a list), or with an example where any text will do (a text)."""

Wanted = dict[str, list[str] | str]
_MOST_WAYS, _LONGEST = 10, 100


def wanted(published: Mapping[str, Any]) -> list[Wanted]:
    """The ways in which a connection fits, from a publication's properties. What is not written as above wants nothing:
    another peer wrote it."""
    ways = published.get(WANTED_PROPERTY)
    if not isinstance(ways, list) or len(ways) > _MOST_WAYS or not all(map(_is_way, ways)):
        return []
    return ways


def fits(ways: list[Wanted], properties: Any) -> bool:
    """Whether a connection with these properties is one that the service wants."""
    given = properties if isinstance(properties, Mapping) else {}
    return not ways or any(all(_will_do(given.get(name), want) for name, want in way.items()) for way in ways)


def explain(ways: list[Wanted]) -> str:
    """The ways in words (Dutch)."""
    return ", of ".join(" en ".join(_property(name, want) for name, want in way.items()) for way in ways)


def _is_way(way: Any) -> bool:
    return (
        isinstance(way, dict)
        and 0 < len(way) <= _MOST_WAYS
        and all(_is_text(name) for name in way)
        and all(
            _is_text(want) or (isinstance(want, list) and 0 < len(want) <= _MOST_WAYS and all(map(_is_text, want)))
            for want in way.values()
        )
    )


def _is_text(value: Any) -> bool:
    """Short and printable: it is shown at a terminal."""
    return isinstance(value, str) and 0 < len(value) <= _LONGEST and value.isprintable()


def _will_do(given: Any, want: list[str] | str) -> bool:
    return given in want if isinstance(want, list) else isinstance(given, str) and given != ""


def _property(name: str, want: list[str] | str) -> str:
    return f"{name} ({' of '.join(want)})" if isinstance(want, list) else f"{name} (bijvoorbeeld {want})"
