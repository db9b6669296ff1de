"""Wire models: camelCase outside, snake_case inside, strict notations (NLGov API Design Rules 2.2)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Self

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
    field_validator,
)
from pydantic.alias_generators import to_camel


class Input(BaseModel):
    """What a client sends: unknown members are refused.

    No `populate_by_name`: it would accept snake_case on the wire too, unseen in the specification.
    In Python, build with `Model.make(snake_case=...)`.
    """

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid")

    @field_validator("*")
    @classmethod
    def _storable(cls, value: Any) -> Any:
        """PostgreSQL stores no NUL in text."""
        if isinstance(value, str) and "\0" in value:
            raise ValueError("tekst mag geen NUL-teken bevatten")
        return value

    @classmethod
    def make(cls, **values: Any) -> Self:
        return cls.model_validate(values, by_alias=False, by_name=True)


def _all_required(schema: dict[str, Any]) -> None:
    schema["required"] = list(schema["properties"])


class Output(Input):
    """What the API sends: every field always present (if need be null), open for new fields later."""

    model_config = ConfigDict(extra="ignore", json_schema_extra=_all_required)


def _notation(pattern: str, example: str) -> BeforeValidator:
    """pydantic takes 0, "1699920000" and "2026-01-01T00:00:00" for a date; the standard does not."""

    def check(value: Any) -> Any:
        if isinstance(value, (dt.date, dt.datetime)):
            return value
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise ValueError(f"geen geldige notatie; verwacht bijvoorbeeld {example}")
        return value

    return BeforeValidator(check)


def _utc(value: dt.datetime) -> str:
    return value.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _whole_number(value: Any) -> Any:
    """JSON Schema calls 1.0 an integer; "1" and true are none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value % 1 != 0:  # infinity % 1 is no number
        raise ValueError("geen geheel getal")
    return int(value)


_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_OFFSET = r"(Z|\+[0-9]{2}:[0-9]{2}|-(?!00:00)[0-9]{2}:[0-9]{2})"

Day = Annotated[dt.date, _notation(_DATE, "2018-01-01")]
"""A calendar day, ISO 8601 (/core/date-time/date-omit-time-portion)."""

Moment = Annotated[
    AwareDatetime,
    _notation(_DATE + r"T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?" + _OFFSET, "2018-01-01T09:00:00Z"),
    PlainSerializer(_utc, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time", "pattern": "(Z|[+][0-9:]{5}|-(?!00:00)[0-9:]{5})$"}),
]
"""A moment: any offset in (not -00:00), UTC with Z out (/core/date-time/timezone)."""

Whole = Annotated[int, BeforeValidator(_whole_number)]
"""A whole number, as JSON Schema means it."""

Cent = Annotated[Whole, Field(ge=-(10**15), le=10**15)]
"""An amount in euro cents."""


class Reference(Output):
    """A resource of another source; a client resolves it at its own outway."""

    model_config = ConfigDict(title="Verwijzing")
    bron: str = Field(description="De bron die de resource beheert.", examples=["catalogus"])
    pad: str = Field(description="Pad van de resource bij die bron.", examples=["/v1/voorzieningen/kindertelefoon"])
