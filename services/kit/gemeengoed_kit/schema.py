"""Wire models: camelCase outside, snake_case inside, strict notations (NLGov API Design Rules 2.2).

Input is read strictly, with its own types (`GivenDay`, `Line`, …). Output was checked before it was stored, so answers have
plain types and run no Python per field.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    Strict,
    WithJsonSchema,
)
from pydantic.alias_generators import to_camel
from pydantic_core import core_schema


class Wire(BaseModel):
    """Base of both directions.

    No `populate_by_name`: it would accept snake_case on the wire too, without any sign of it in the specification.
    In Python, build with `Model.make(snake_case=...)`.
    """

    model_config = ConfigDict(alias_generator=to_camel)

    @classmethod
    def make(cls, **values: Any) -> Self:
        return cls.model_validate(values, by_alias=False, by_name=True)

    @classmethod
    def from_row(cls, row: Any, **more: Any) -> Self:
        """Build from a database object: the fields that it has, by name, and `more` for the others."""
        return cls.make(**{name: getattr(row, name) for name in cls.model_fields if name not in more}, **more)

    @classmethod
    def from_rows(cls, rows: Sequence[Any], more: Callable[[Any], dict[str, Any]] = lambda row: {}) -> list[Self]:
        """Build from the rows of one query (`values_of`): their columns by name; `more` adds or overrides values of a row."""
        names = rows[0]._fields if rows else ()
        return [
            cls.model_validate({**dict(zip(names, row, strict=True)), **more(row)}, by_alias=False, by_name=True) for row in rows
        ]


class Input(Wire):
    """Base of what a client sends: unknown members are refused. `reading.py` has refused text that cannot be stored."""

    model_config = ConfigDict(extra="forbid")


def all_required(schema: dict[str, Any]) -> None:
    """The `json_schema_extra` of an answer that is always whole."""
    schema["required"] = list(schema["properties"])


class Output(Wire):
    """Base of what the API sends: every field is always present (null if need be); fields may be added later."""

    model_config = ConfigDict(extra="ignore", json_schema_extra=all_required)


def only_required(*names: str) -> Callable[[dict[str, Any]], None]:
    """For the `json_schema_extra` of an answer of which the client may ask a part: only these members are always present."""

    def require(schema: dict[str, Any]) -> None:
        schema.pop("required", None)
        if names:
            schema["required"] = list(names)

    return require


@dataclass(frozen=True)
class Names:
    """Makes the type of a parameter with names between commas: `Annotated[str, Names(...)]`. The names that are not known are
    refused all at once.

    Source: API-09 of the old Kennisplatform extensions of the API Design Rules (`fields`); ZGW (`expand`).
    """

    known: tuple[str, ...]
    longest: int = 1000

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        def check(value: str) -> str:
            if len(value) > self.longest:
                raise ValueError(f"hoogstens {self.longest} tekens")
            if unknown := [name for name in value.split(",") if name not in self.known]:
                raise ValueError(f"onbekend: {', '.join(unknown)[:500]}; kies uit {', '.join(self.known)}")
            return value

        return core_schema.no_info_after_validator_function(check, handler(source))

    def __get_pydantic_json_schema__(self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        one = f"({'|'.join(self.known)})"
        return {"type": "string", "pattern": f"^{one}(,{one})*$", "maxLength": self.longest, "example": ",".join(self.known[:2])}


def _utc(value: dt.datetime) -> str:
    return value.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


_OFFSET = r"(Z|[+][0-9]{2}:[0-9]{2}|-(?!00:00)[0-9]{2}:[0-9]{2})"
_MONTH_DAY = r"-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_YEARS = "(20[0-9]{2}|2100)"
_TIME = r"T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?"
_PLAIN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?" + _OFFSET + ")?")

Day = dt.date
"""A calendar day in an answer, ISO 8601 (/core/date-time/date-omit-time-portion)."""

Moment = Annotated[
    AwareDatetime,
    PlainSerializer(_utc, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time", "pattern": "(Z|[+][0-9:]{5}|-(?!00:00)[0-9:]{5})$"}),
]
"""A moment in an answer: UTC, with Z (/core/date-time/timezone)."""


def _given(kind: type[dt.date], pattern: str, example: str, window: str) -> Callable[[Any], Any]:
    """pydantic accepts 0, "1699920000" and "2026-01-01T00:00:00" for a date; the standard does not."""
    within = re.compile(pattern)
    long = kind is dt.datetime

    def check(value: Any) -> Any:
        if isinstance(value, kind):
            return value
        plain = _PLAIN.fullmatch(value) if isinstance(value, str) else None
        if plain is None or (plain[1] is not None) != long:
            raise ValueError(f"geen geldige notatie; verwacht bijvoorbeeld {example}")
        if not within.fullmatch(value):
            raise ValueError(f"geen bestaande dag of tijd, of buiten {window}")
        return value

    return check


@dataclass(frozen=True)
class DayIn:
    """Makes the type of a date that a client gives: `Annotated[date, DayIn(...)]`.

    Attributes:
        years: pattern of the years that are accepted.
        window: the same in Dutch words.
    """

    years: str
    window: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        check = _given(dt.date, self.years + _MONTH_DAY, "2018-01-01", self.window)
        return core_schema.no_info_before_validator_function(check, handler(source))

    def __get_pydantic_json_schema__(self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "format": "date", "pattern": f"^{self.years}{_MONTH_DAY}$"}


WINDOW = "2000-01-01 tot en met 2100-12-31"
GivenDay = Annotated[dt.date, DayIn(_YEARS, WINDOW)]
"""A date that a client gives, 2000-01-01 to 2100-12-31: any other date must be a mistake."""

GivenMoment = Annotated[
    AwareDatetime,
    BeforeValidator(_given(dt.datetime, _YEARS + _MONTH_DAY + _TIME + _OFFSET, "2018-01-01T09:00:00Z", WINDOW)),
    PlainSerializer(_utc, return_type=str, when_used="json"),
    WithJsonSchema(
        {"type": "string", "format": "date-time", "pattern": f"^{_YEARS}-.{{14,24}}(Z|[+][0-9:]{{5}}|-(?!00:00)[0-9:]{{5}})$"}
    ),
]
"""A moment that a client gives, within the same years: any offset (but not -00:00)."""

Whole = Annotated[int, Strict()]
"""An integer as JSON Schema defines it: `reading.read_json` makes 1.0 an int; "1" and true are refused."""

Flag = Annotated[bool, Strict()]
"""true or false in JSON."""

Cent = Annotated[Whole, Field(ge=-(10**15), le=10**15)]
"""An amount in euro cents."""


def _digits(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch("-?(0|[1-9][0-9]{0,17})", value):
        raise ValueError("geen geheel getal")
    return value


def _yes_no(value: Any) -> Any:
    if isinstance(value, str) and value not in ("true", "false"):
        raise ValueError("moet true of false zijn")
    return value


def _uuid(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", value):
        raise ValueError("geen geldig UUID")
    return value


Digits = Annotated[int, BeforeValidator(_digits)]
"""An integer in a path or query: ASCII digits only (Python's int() also accepts 1_0, +1, a space and ١)."""

YesNo = Annotated[bool, BeforeValidator(_yes_no)]
"""`true` or `false` in a query (pydantic also accepts 1, on, yes, T)."""

GivenUuid = Annotated[uuid.UUID, BeforeValidator(_uuid)]
"""A UUID in its usual notation (pydantic also accepts braces, urn:uuid: and one without hyphens)."""

_BLANK = r"\u0000-\u0020\u007f-\u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
_CONTROL = r"\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069"
LINE = f"^[^{_BLANK}]([^{_CONTROL}]*[^{_BLANK}])?$"
_LINE = re.compile(LINE.strip("^$"))


def _line(value: str) -> str:
    if not _LINE.fullmatch(value):
        raise ValueError("geen regel tekst: leeg, met wit aan begin of eind, of met stuurtekens")
    return value


Line = Annotated[str, AfterValidator(_line), Field(json_schema_extra={"pattern": LINE})]
"""One line of text for people: not blank, no white space around it (not even invisible white space), no control characters.
Other text is refused, not changed. Give it a max_length."""

Term = Annotated[Line, AfterValidator(lambda value: unicodedata.normalize("NFC", value))]
"""A search term of one line. It is compared in NFC, the form that our sources use, so that é equals é however it was typed."""


class Reference(Output):
    """Een resource van een andere bron; vraag hem op bij die bron, via de eigen Outway."""

    model_config = ConfigDict(title="Verwijzing")
    bron: str = Field(description="De bron die de resource beheert.", examples=["catalogus"])
    pad: str = Field(description="Pad van de resource bij die bron.", examples=["/v1/voorzieningen/kindertelefoon"])
