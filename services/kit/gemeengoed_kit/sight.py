"""What a caller may see: the limits that its contract sets, applied to everything it is shown."""

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
"""Values, or a query for them."""


@dataclass(frozen=True)
class Sight:
    """What a caller may see: rows with one of some values, or everything.

    Attributes:
        limits: by name, the values that a row must have one of. Without limits all is seen.
    """

    limits: Mapping[str, Limit] = field(default_factory=dict)

    def on(self, **columns: Any) -> list[ColumnElement[bool]]:
        """The conditions that a query for rows, a count or a sum must have.

        Args:
            columns: by the name of the limit, the column that it is about.

        Raises:
            LookupError: a limit is about no column of these rows, so that it cannot be said whose they are.
        """
        if unknown := self.limits.keys() - columns.keys():
            raise LookupError(f"nothing says how {', '.join(sorted(unknown))} limits {', '.join(sorted(columns))}")
        return [columns[name].in_(values) for name, values in self.limits.items()]


EVERYTHING = Sight()


def found(thing: Thing | None, refusal: type[NotFound], detail: str) -> Thing:
    """The thing that was looked for.

    Raises:
        refusal: it is not there, or not for this caller, which is the same to it.
    """
    if thing is None:
        raise refusal(detail)
    return thing


def grant_text(caller: Caller, name: str, pattern: str, example: str, refusal: type[Forbidden] = Forbidden) -> str:
    """The text of the grant property `gemeengoed.<name>`.

    Raises:
        refusal: the contract has no such property, or in another form than the (whole) pattern.
    """
    value = caller.grant_property(name)
    if isinstance(value, str) and re.fullmatch(pattern, value, re.ASCII):
        return value
    state = "noemt geen" if value is None or value == "" else "geeft een ongeldige"
    raise refusal(
        f"Uw contract {state} {name} (eigenschap gemeengoed.{name}, bijvoorbeeld {example}); "
        "daardoor is niet te bepalen wat van u is."
    )
