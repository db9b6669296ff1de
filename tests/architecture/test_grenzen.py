"""Whatever a client may send has an end: the specifications say where."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from fastapi import FastAPI
from fastapi.dependencies.utils import get_flat_params
from fastapi.routing import APIRoute, iter_route_contexts
from gemeengoed_kit.openapi import METHODS
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from tests.contract.apis import APIS

LONGEST = 100_000
_parse = re._parser.parse  # type: ignore[attr-defined]


def in_requests(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(where, schema) of every parameter and body, and of all inside."""
    for path, item in document["paths"].items():
        for method in METHODS:
            operation = item.get(method, {})
            for parameter in operation.get("parameters", []):
                yield from inside(f"{method} {path} {parameter['name']}", parameter["schema"], document, ())
            for kind, content in operation.get("requestBody", {}).get("content", {}).items():
                if kind == "application/json":
                    yield from inside(f"{method} {path}", content["schema"], document, ())


def inside(
    where: str, schema: dict[str, Any], document: dict[str, Any], above: tuple[str, ...]
) -> Iterator[tuple[str, dict[str, Any]]]:
    reference = schema.get("$ref")
    if reference:
        if reference not in above:
            yield from inside(
                where, document["components"]["schemas"][reference.rsplit("/", 1)[1]], document, (*above, reference)
            )
        return
    yield where, schema
    for part in (*schema.get("allOf", ()), *schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from inside(where, part, document, above)
    for name, part in schema.get("properties", {}).items():
        yield from inside(f"{where}.{name}", part, document, above)
    for word in ("items", "additionalProperties"):
        if isinstance(schema.get(word), dict) and schema[word]:
            yield from inside(f"{where}[]", schema[word], document, above)


def bounded(schema: dict[str, Any]) -> bool:
    kind = schema.get("type")
    if kind == "string":
        pattern = schema.get("pattern", "")
        anchored = pattern.startswith("^") and pattern.endswith("$")
        return bool(
            "enum" in schema
            or "allOf" in schema  # a nullable reference; what it refers to is judged by itself
            or schema.get("maxLength", LONGEST + 1) <= LONGEST
            or schema.get("format") == "uuid"
            or (anchored and _parse(pattern).getwidth()[1] <= LONGEST)
        )
    if kind == "array":
        return "maxItems" in schema
    if kind in ("integer", "number"):
        return "enum" in schema or ("minimum" in schema and "maximum" in schema)
    return True


@pytest.mark.parametrize("naam", APIS)
def test_alles_wat_een_aanvraag_mag_bevatten_heeft_een_grens(naam):
    found = list(in_requests(APIS[naam].openapi()))
    assert len(found) > 10
    assert [where for where, schema in found if not bounded(schema)] == []


@pytest.mark.parametrize("naam", APIS)
def test_elke_dag_en_elk_moment_in_een_aanvraag_heeft_een_venster(naam):
    """A day before 2000 or after 2100 is a mistake, whatever it is for: the type of an answer must not be used for a request."""
    for where, schema in in_requests(APIS[naam].openapi()):
        if schema.get("format") in ("date", "date-time"):
            assert "2100" in schema.get("pattern", ""), where


@pytest.mark.parametrize(
    ("schema", "is_bounded"),
    [
        ({"type": "string"}, False),
        ({"type": "string", "minLength": 1}, False),
        ({"type": "string", "pattern": "^[a-z]+$"}, False),
        ({"type": "string", "pattern": "[a-z]{3}"}, False),
        ({"type": "string", "pattern": "^[a-z]{3}$"}, True),
        ({"type": "string", "maxLength": 5}, True),
        ({"type": "string", "format": "uri"}, False),
        ({"type": "array"}, False),
        ({"type": "integer", "minimum": 1}, False),
        ({"type": "integer", "minimum": 1, "maximum": 2}, True),
    ],
)
def test_wat_een_grens_is(schema, is_bounded):
    assert bounded(schema) is is_bounded


UUID = "5f0d8f4e-1b1e-4c55-9d0a-6b8f4f1f2a90"


def parameters(api: FastAPI) -> Iterator[tuple[str, FieldInfo]]:
    """(where, field) of every parameter of a path, query or header; those that one model holds too."""
    for context in iter_route_contexts(api.routes):
        route = context.original_route
        for parameter in get_flat_params(route.dependant) if isinstance(route, APIRoute) else ():
            yield f"{context.path} {parameter.name}", parameter.field_info


def taken(field: FieldInfo, text: str) -> Any:
    """What a field makes of a text; None when it refuses it."""
    try:
        return TypeAdapter(Annotated[field.annotation, None, *field.metadata]).validate_python(text)
    except ValidationError:
        return None


@pytest.mark.parametrize("naam", APIS)
def test_een_uuid_als_parameter_heeft_een_notatie(naam):
    """`uuid.UUID` by itself takes braces, urn:uuid: and hexadecimal digits without hyphens; `GivenUuid` takes one notation."""
    gelezen = list(parameters(APIS[naam]))
    kaal = [
        where
        for where, field in gelezen
        if isinstance(taken(field, UUID), uuid.UUID)
        and any(taken(field, text) for text in (f"{{{UUID}}}", f"urn:uuid:{UUID}", UUID.replace("-", "")))
    ]
    assert len(gelezen) > 10 and kaal == []
