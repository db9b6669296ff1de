"""FastAPI's OpenAPI document, made to follow the NLGov API Design Rules 2.1 and 2.2, as OpenAPI 3.0.3."""

from __future__ import annotations

import copy
import json
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from gemeengoed_kit.idempotency import HEADER as IDEMPOTENCY_KEY
from gemeengoed_kit.idempotency import KEPT
from gemeengoed_kit.problem import DETAILS, MEDIA_TYPE
from gemeengoed_kit.route import SECURITY_SCHEME

METHODS = ("get", "put", "post", "delete", "patch")

_PROBLEM_SCHEMAS: dict[str, Any] = {
    "InvalidParam": {
        "type": "object",
        "description": "Eén ongeldig gegeven.",
        "required": ["name", "code", "reason"],
        "properties": {
            "name": {"type": "string", "description": "Pad naar het ongeldige gegeven.", "example": "regels.0.bedragCent"},
            "code": {"type": "string", "description": "Machineleesbare code van de fout.", "example": "missing"},
            "reason": {"type": "string", "description": "Uitleg voor mensen.", "example": "verplicht gegeven ontbreekt"},
        },
    },
    "Problem": {
        "type": "object",
        "description": "Foutmelding volgens RFC 9457.",
        "required": ["type", "status", "title", "detail"],
        "properties": {
            "type": {
                "type": "string",
                "format": "uri-reference",
                "description": "URI van het soort fout.",
                "example": "about:blank",
            },
            "status": {"type": "integer", "minimum": 400, "maximum": 599, "description": "De HTTP-statuscode.", "example": 400},
            "title": {"type": "string", "description": "Korte naam van het soort fout.", "example": "Ongeldige invoer"},
            "detail": {"type": "string", "description": "Uitleg bij dit voorval.", "example": "De aanvraag is ongeldig."},
            "instance": {
                "type": "string",
                "format": "uri-reference",
                "description": "Pad van de aanvraag.",
                "example": "/v1/boekingen",
            },
            "invalidParams": {
                "type": "array",
                "description": "Alle ongeldige gegevens, in één keer.",
                "items": {"$ref": "#/components/schemas/InvalidParam"},
            },
        },
    },
}

_IDEMPOTENCY_PARAMETER = {
    "name": IDEMPOTENCY_KEY,
    "in": "header",
    "required": False,
    "description": "Sleutel die de aanvraag herhaalbaar maakt: dezelfde sleutel met dezelfde inhoud geeft hetzelfde "
    f"antwoord zonder tweede gevolg; met andere inhoud volgt 409. {KEPT}",
    "schema": {
        "type": "string",
        "minLength": 1,
        "maxLength": 255,
        "pattern": "^[!-~]+$",
        "example": "0190f5fe-6bd2-7d3a-9f0e-3f1c5d0a7b11",
    },
}


def build_openapi(app: FastAPI, *, security_scheme: dict[str, Any]) -> dict[str, Any]:
    """The document as served and committed.

    Args:
        security_scheme: the OpenAPI security scheme behind `fscToken`.
    """
    doc = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        tags=app.openapi_tags,
        servers=app.servers,
        contact=app.contact,
        license_info=app.license_info,
        separate_input_output_schemas=False,
    )
    parts = doc.setdefault("components", {})
    schemas = parts.setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas.update(copy.deepcopy(_PROBLEM_SCHEMAS))
    parts["headers"] = {
        "ApiVersion": {
            "description": "Het volledige versienummer van de API.",
            "schema": {"type": "string", "example": app.version},
        }
    }
    parts["responses"] = {}
    parts["securitySchemes"] = {SECURITY_SCHEME: security_scheme}
    for item in doc["paths"].values():
        for method in METHODS:
            if method in item:
                _operation(method, item[method], parts["responses"])
    parts["responses"] = dict(sorted(parts["responses"].items()))
    _tidy(doc)
    doc["openapi"] = "3.0.3"
    _to_30(doc, schemas)
    return doc


def _operation(method: str, operation: dict[str, Any], shared: dict[str, Any]) -> None:
    version = {"$ref": "#/components/headers/ApiVersion"}
    responses = operation["responses"]
    responses.pop("422", None)
    if method == "post" and all(p["name"] != IDEMPOTENCY_KEY for p in operation.get("parameters", [])):
        operation.setdefault("parameters", []).append(copy.deepcopy(_IDEMPOTENCY_PARAMETER))
    for code in _errors(method, operation):
        shared["Fout" + code] = {
            "description": DETAILS[int(code)],
            "headers": {"API-Version": version},
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        responses[code] = {"$ref": "#/components/responses/Fout" + code}
    for code, response in responses.items():
        if code[0] in "23":
            response.setdefault("headers", {})["API-Version"] = version
    operation["responses"] = dict(sorted(responses.items()))


def _errors(method: str, operation: dict[str, Any]) -> list[str]:
    wanted = {"500", "503", "406"} | {code for code in operation["responses"] if code[0] in "45"}
    if operation.get("parameters") or method in ("post", "put", "patch"):
        wanted.add("400")
    if "requestBody" in operation:
        wanted |= {"413", "415"}
    if operation.get("security"):
        wanted |= {"401", "403"}
    if method == "post":
        wanted.add("409")
    return sorted(wanted)


def _tidy(node: Any, name: str = "") -> None:
    """What pydantic writes and linters stumble over: anyOf [X, null], and titles that repeat a name."""
    if isinstance(node, list):
        for child in node:
            _tidy(child)
        return
    if not isinstance(node, dict):
        return
    options = node.get("anyOf")
    if isinstance(options, list) and {"type": "null"} in options:
        rest = [o for o in options if o != {"type": "null"}]
        if len(rest) == 1 and isinstance(rest[0].get("type"), str):
            del node["anyOf"]
            node.update({**rest[0], "type": [rest[0]["type"], "null"]})
    if isinstance(node.get("title"), str) and ("type" in node or "anyOf" in node or "$ref" in node) and name:
        node.pop("title")
    for key, child in list(node.items()):
        if key == "properties" and isinstance(child, dict):
            for prop, schema in child.items():
                _tidy(schema, prop)
        elif key not in ("example", "examples", "default", "enum", "const"):
            _tidy(child, "schema" if key == "schema" else "")


def _to_30(node: Any, schemas: dict[str, Any]) -> None:
    """OpenAPI 3.1 to 3.0.3: nullable, example, enum, boolean exclusive bounds, no siblings of $ref."""
    if isinstance(node, list):
        for child in node:
            _to_30(child, schemas)
        return
    if not isinstance(node, dict):
        return
    _nullable(node, schemas)
    if "const" in node and "properties" not in node:
        node["enum"] = [node.pop("const")]
    if isinstance(node.get("examples"), list):  # a schema's examples; a media type's is a dict
        examples = node.pop("examples")
        if examples:
            node.setdefault("example", examples[0])
    for word, plain in (("ge", "minimum"), ("le", "maximum")):  # pydantic's own names, behind a BeforeValidator
        if isinstance(node.get(word), (int, float)):
            node[plain] = node.pop(word)
    for word, plain in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(node.get(word), (int, float)) and not isinstance(node[word], bool):
            node[plain], node[word] = node[word], True
    for word in ("minimum", "maximum"):  # FastAPI writes those of a nested schema as floats
        if isinstance(node.get(word), float) and node[word].is_integer():
            node[word] = int(node[word])
    if isinstance(node.get("$ref"), str) and set(node) - {"$ref"} and node["$ref"].startswith("#/components/schemas"):
        node["allOf"] = [{"$ref": node.pop("$ref")}]
    for word in ("propertyNames", "contentMediaType", "contentEncoding", "$schema", "$id", "unevaluatedProperties"):
        node.pop(word, None)
    for key, child in list(node.items()):
        if key == "properties" and isinstance(child, dict):
            for schema in child.values():
                _to_30(schema, schemas)
        elif key not in ("example", "default", "enum"):
            _to_30(child, schemas)
    if node.get("in") in ("query", "header") and "schema" in node:  # a parameter is absent, never null
        node["schema"].pop("nullable", None)


def _nullable(node: dict[str, Any], schemas: dict[str, Any]) -> None:
    kind = node.get("type")
    if isinstance(kind, list):
        node["type"] = next(k for k in kind if k != "null")
        if "null" in kind:
            node["nullable"] = True
    for word in ("anyOf", "oneOf"):
        options = node.get(word)
        if not (isinstance(options, list) and {"type": "null"} in options):
            continue
        rest = [o for o in options if o != {"type": "null"}]
        node["nullable"] = True
        if len(rest) == 1:
            del node[word]
            node["allOf"] = rest
            target = schemas.get(rest[0].get("$ref", "").rpartition("/")[2], {})
            node["type"] = target.get("type", "object")  # 3.0: 'nullable' has no effect without 'type'
        else:
            node[word] = rest


def dump(doc: dict[str, Any]) -> bytes:
    """The bytes that are served and committed."""
    return json.dumps(doc, ensure_ascii=False, indent=2).encode() + b"\n"
