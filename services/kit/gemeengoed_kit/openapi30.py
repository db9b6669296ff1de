"""Convert the OpenAPI 3.1 that pydantic and FastAPI write to OpenAPI 3.0.3, in the forms that client generators accept.

- An integer that may be larger than 2^31 has `format: int64`.
- A nullable value is a type with `nullable`, or a reference to a separate nullable component: `Verwijzing` has
  `VerwijzingOfLeeg` beside it.
- A schema is named by its title, when its class has one.
- A property of a component has no `default`, which some generators take for "always present"; its description says it.
"""

from __future__ import annotations

import copy
import json
from typing import Any

OR_NULL = "OfLeeg"
"""Suffix of a component's name that means: another component, or null."""
_REF = "#/components/schemas/"
_NULL = {"type": "null"}
_LITERAL = ("example", "examples", "default", "enum", "const")
"""Keywords whose content is data, not a schema."""
_UNKNOWN = ("propertyNames", "contentMediaType", "contentEncoding", "$schema", "$id", "unevaluatedProperties")


def to_30(doc: dict[str, Any]) -> dict[str, Any]:
    """The document in OpenAPI 3.0.3. All references must be inside the document."""
    doc = _named_by_title(doc)
    schemas = doc["components"]["schemas"]
    for schema in schemas.values():
        schema.pop("title", None)
        if "enum" in schema:  # its description is for readers of the code
            schema.pop("description", None)
        _say_defaults(schema)
    _tidy(doc)
    wanted: set[str] = set()
    _name_nullables(doc, wanted)
    _convert(doc)
    for name in wanted:
        schemas[name + OR_NULL] = _or_null(schemas[name])
    text = json.dumps(doc)
    doc["components"]["schemas"] = {name: schemas[name] for name in sorted(schemas) if f'"{_REF}{name}"' in text}
    doc["openapi"] = "3.0.3"
    return doc


def _named_by_title(doc: dict[str, Any]) -> dict[str, Any]:
    titles = {name: schema.get("title", name) for name, schema in doc["components"]["schemas"].items()}
    if len(set(titles.values())) != len(titles):
        raise ValueError(f"schemas with one name: {sorted(titles.values())}")
    text = json.dumps(doc)
    for name, title in titles.items():
        text = text.replace(f'"{_REF}{name}"', f'"{_REF}{title}"')
    named: dict[str, Any] = json.loads(text)
    named["components"]["schemas"] = {titles[name]: schema for name, schema in named["components"]["schemas"].items()}
    return named


def _say_defaults(schema: dict[str, Any]) -> None:
    for content in schema.get("properties", {}).values():
        default = content.pop("default", None)
        if default not in (None, [], {}):
            content["description"] = f"{content['description']} Zonder dit gegeven: {json.dumps(default)}."


def _tidy(node: Any, name: str = "") -> None:
    """Remove what pydantic writes but linters reject: anyOf [X, null], and titles that repeat a name."""
    if isinstance(node, list):
        for child in node:
            _tidy(child)
        return
    if not isinstance(node, dict):
        return
    options = node.get("anyOf")
    if isinstance(options, list) and _NULL in options:
        rest = [o for o in options if o != _NULL]
        if len(rest) == 1 and isinstance(rest[0].get("type"), str):
            del node["anyOf"]
            node.update({**rest[0], "nullable": True})
    if isinstance(node.get("title"), str) and ("type" in node or "anyOf" in node or "$ref" in node) and name:
        node.pop("title")
    if node.get("in") in ("query", "header") and "schema" in node:  # a parameter is absent, never null
        _never_null(node["schema"])
    for key, child in list(node.items()):
        if key == "properties" and isinstance(child, dict):
            for prop, schema in child.items():
                _tidy(schema, prop)
        elif key not in _LITERAL:
            _tidy(child, "schema" if key == "schema" else "")


def _never_null(schema: dict[str, Any]) -> None:
    rest = [o for o in schema.get("anyOf", ()) if o != _NULL]
    if len(rest) == 1:
        del schema["anyOf"]
        schema.update(rest[0])
    schema.pop("nullable", None)


def _name_nullables(node: Any, wanted: set[str]) -> None:
    """Replace anyOf [X, null] of a component by a plain reference; a description beside it moves to the schema around it."""
    if isinstance(node, list):
        for child in node:
            _name_nullables(child, wanted)
        return
    if not isinstance(node, dict):
        return
    for prop, schema in node["properties"].items() if isinstance(node.get("properties"), dict) else ():
        options = schema.get("anyOf", ()) if isinstance(schema, dict) else ()
        if _NULL in options and "description" in schema:
            node["description"] = f"{node.get('description', '')}\n\n`{prop}`: {schema['description']}".strip()
    options = node.get("anyOf")
    if isinstance(options, list) and _NULL in options and len(options) == 2:
        name = next(o["$ref"] for o in options if o != _NULL).removeprefix(_REF)
        wanted.add(name)
        node.clear()
        node["$ref"] = _REF + name + OR_NULL
    for key, child in node.items():
        if key not in _LITERAL:
            _name_nullables(child, wanted)


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    made = {**copy.deepcopy(schema), "nullable": True}
    if "enum" in made:
        made["enum"] = [*made["enum"], None]
    return made


def _convert(node: Any) -> None:
    """Convert example, enum, exclusive bounds (boolean in 3.0), siblings of $ref, and the format of integers."""
    if isinstance(node, list):
        for child in node:
            _convert(child)
        return
    if not isinstance(node, dict):
        return
    if "const" in node and "properties" not in node:
        node["enum"] = [node.pop("const")]
    if isinstance(node.get("examples"), list):  # a schema's examples; a media type's is a dict
        examples = node.pop("examples")
        if examples:
            node.setdefault("example", examples[0])
    for word, plain in (("ge", "minimum"), ("le", "maximum")):  # pydantic's own keywords, left behind a BeforeValidator
        if isinstance(node.get(word), (int, float)):
            node[plain] = node.pop(word)
    for word, plain in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(node.get(word), (int, float)) and not isinstance(node[word], bool):
            node[plain], node[word] = node[word], True
    for word in ("minimum", "maximum"):  # FastAPI writes the bounds of a nested schema as floats
        if isinstance(node.get(word), float) and node[word].is_integer():
            node[word] = int(node[word])
    if node.get("type") == "integer" and not fits_int32(node):
        node.setdefault("format", "int64")
    if isinstance(node.get("$ref"), str) and set(node) - {"$ref"} and node["$ref"].startswith(_REF):
        node["allOf"] = [{"$ref": node.pop("$ref")}]
    for word in _UNKNOWN:
        node.pop(word, None)
    for key, child in list(node.items()):
        if key == "properties" and isinstance(child, dict):
            for schema in child.values():
                _convert(schema)
        elif key not in ("example", "default", "enum"):
            _convert(child)


def fits_int32(schema: dict[str, Any]) -> bool:
    """Whether the bounds of an integer keep it within 32 bits."""
    return schema.get("minimum", -(2**63)) >= -(2**31) and schema.get("maximum", 2**63) < 2**31
