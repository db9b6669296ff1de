"""FastAPI's OpenAPI document, made to follow the NLGov API Design Rules 2.1 and 2.2."""

from __future__ import annotations

import copy
import json
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from gemeengoed_kit.idempotency import HEADER as IDEMPOTENCY_KEY
from gemeengoed_kit.idempotency import KEPT
from gemeengoed_kit.openapi30 import to_30
from gemeengoed_kit.problem import DETAILS, MEDIA_TYPE
from gemeengoed_kit.route import SECURITY_SCHEME

METHODS = ("get", "put", "post", "delete", "patch")

_PROBLEM_SCHEMAS: dict[str, Any] = {
    "InvalidParam": {
        "title": "OngeldigGegeven",
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
        "title": "Probleem",
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
    doc = to_30(doc)
    for path, item in doc["paths"].items():
        if "get" in item:
            _page_examples(path, item["get"], doc["components"]["schemas"])
    return doc


def _operation(method: str, operation: dict[str, Any], shared: dict[str, Any]) -> None:
    version = {"$ref": "#/components/headers/ApiVersion"}
    responses = operation["responses"]
    responses.pop("422", None)
    if method == "post" and all(p["name"] != IDEMPOTENCY_KEY for p in operation.get("parameters", [])):
        operation.setdefault("parameters", []).append(copy.deepcopy(_IDEMPOTENCY_PARAMETER))
    for code in _errors(method, operation):
        shared["Probleem" + code] = {
            "description": DETAILS[int(code)],
            "headers": {"API-Version": version},
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        responses[code] = {"$ref": "#/components/responses/Probleem" + code}
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


def _page_examples(path: str, operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """`next` and `previous` of a page, as this operation gives them."""
    content = operation["responses"]["200"].get("content", {}).get("application/json", {})
    page = schemas.get(content.get("schema", {}).get("$ref", "").rpartition("/")[2], {}).get("properties", {})
    if {"next", "previous"} <= set(page):
        for parameter in operation["parameters"]:
            if parameter["in"] == "path":
                path = path.replace("{" + parameter["name"] + "}", str(parameter["schema"]["example"]))
        for name, number in (("next", 3), ("previous", 1)):
            page[name]["example"] = f"/v1{path}?page={number}&pageSize=100"


def dump(doc: dict[str, Any]) -> bytes:
    """The bytes that are served and committed."""
    return json.dumps(doc, ensure_ascii=False, indent=2).encode() + b"\n"
