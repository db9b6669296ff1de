"""Pure rules: the properties that a service requires of a connection, as its publication says, and which of them a grant
lacks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

WANTED_PROPERTY = "gemeengoed.eigenschappen"
"""Property of a publication grant: a list of alternatives, of which a connection must match one. Each alternative is an object.
Its keys are property names; a value is a list of allowed texts, or one text as an example where any text is allowed."""

Wanted = dict[str, list[str] | str]
_MOST_WAYS, _LONGEST = 10, 100


def wanted(published: Mapping[str, Any]) -> list[Wanted]:
    """The alternatives that a publication's properties describe; a connection needs to match one. Content in another form than
    above requires nothing: another peer wrote it."""
    ways = published.get(WANTED_PROPERTY)
    if not isinstance(ways, list) or len(ways) > _MOST_WAYS or not all(map(_is_way, ways)):
        return []
    return ways


def fits(ways: list[Wanted], properties: Any) -> bool:
    """Whether a connection with these properties meets the service's requirements."""
    given = properties if isinstance(properties, Mapping) else {}
    return not ways or any(all(_will_do(given.get(name), want) for name, want in way.items()) for way in ways)


def explain(ways: list[Wanted]) -> str:
    """The alternatives in words (Dutch)."""
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
    """Whether it is short and printable: it is shown in a terminal."""
    return isinstance(value, str) and 0 < len(value) <= _LONGEST and value.isprintable()


def _will_do(given: Any, want: list[str] | str) -> bool:
    return given in want if isinstance(want, list) else isinstance(given, str) and given != ""


def _property(name: str, want: list[str] | str) -> str:
    return f"{name} ({' of '.join(want)})" if isinstance(want, list) else f"{name} (bijvoorbeeld {want})"
