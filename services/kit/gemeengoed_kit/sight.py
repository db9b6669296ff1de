"""What a caller may see: the limits that its contract sets, applied to every query."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select

from gemeengoed_kit.errors import Forbidden, NotFound
from gemeengoed_kit.identity import Caller

Thing = TypeVar("Thing")
Limit = Collection[str] | Select[Any]
"""The allowed values, or a query for them."""


@dataclass(frozen=True)
class Sight:
    """What a caller may see: everything, or only the rows that have one of the allowed values.

    Attributes:
        limits: by name, the allowed values; a row must have one of them. Without limits everything is visible.
    """

    limits: Mapping[str, Limit] = field(default_factory=dict)

    def on(self, **columns: Any) -> list[ColumnElement[bool]]:
        """The conditions for a query for rows, a count or a sum; every such query must use them.

        Args:
            columns: by name of the limit, the column that it applies to.

        Raises:
            LookupError: no column was given for a limit, so it is unknown whose rows these are.
        """
        if unknown := self.limits.keys() - columns.keys():
            raise LookupError(f"nothing says how {', '.join(sorted(unknown))} limits {', '.join(sorted(columns))}")
        return [columns[name].in_(values) for name, values in self.limits.items()]


EVERYTHING = Sight()


def found(thing: Thing | None, refusal: type[NotFound], detail: str) -> Thing:
    """Return the thing that was looked for.

    Raises:
        refusal: it does not exist, or this caller may not see it; the caller cannot tell the difference.
    """
    if thing is None:
        raise refusal(detail)
    return thing


def grant_text(caller: Caller, name: str, pattern: str, example: str, refusal: type[Forbidden] = Forbidden) -> str:
    """The text of the grant property `gemeengoed.<name>`.

    Raises:
        refusal: the contract does not have this property, or its value does not fully match the pattern.
    """
    value = caller.grant_property(name)
    if isinstance(value, str) and re.fullmatch(pattern, value, re.ASCII):
        return value
    state = "noemt geen" if value is None or value == "" else "geeft een ongeldige"
    raise refusal(
        f"Uw contract {state} {name} (eigenschap gemeengoed.{name}, bijvoorbeeld {example}); "
        "daardoor is niet te bepalen wat van u is."
    )
