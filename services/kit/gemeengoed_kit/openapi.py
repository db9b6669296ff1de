"""Change FastAPI's OpenAPI document so that it follows the NLGov API Design Rules 2.1 and 2.2."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from gemeengoed_kit import gateway_answers, problems
from gemeengoed_kit.errors import Refusal
from gemeengoed_kit.idempotency import HEADER as IDEMPOTENCY_KEY
from gemeengoed_kit.idempotency import KEPT
from gemeengoed_kit.idempotency import METHODS as KEYED
from gemeengoed_kit.openapi30 import to_30
from gemeengoed_kit.problem import DETAILS
from gemeengoed_kit.route import SECURITY_SCHEME

RETRY_AFTER = "Retry-After"
_VERSION = {"$ref": "#/components/headers/ApiVersion"}
_PROBLEMS = (
    "**Fouten.** Wat de dienst weigert, komt als `application/problem+json` (RFC 9457). Het `type` daarin is een pad bij deze "
    "dienst: daar staat wat het betekent en wat eraan te doen is; `GET /problemen` geeft ze alle.\n\n"
    "**Herhalen.** GET, PUT en DELETE mag u altijd herhalen, een POST of PATCH met dezelfde `Idempotency-Key`. Zin heeft het na "
    "408, 429, 500, 502, 503 en 504, niet eerder dan `Retry-After` zegt; na een andere 4xx moet eerst de aanvraag anders. " + KEPT
)
_ON_THE_WAY = (
    "\n\n**Onderweg.** Ook de FSC-gateway (uw Outway, of de Inway van de aanbieder) kan antwoorden: dan is er de kopregel "
    "`Fsc-Error-Code` en is de inhoud een `FscFout` in `application/json`. Na 502 en 504 is niet altijd bekend of de dienst de "
    "aanroep heeft uitgevoerd; herhaal een POST of PATCH dus met dezelfde sleutel."
)

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
        "description": "Foutmelding volgens RFC 9457; van de dienst zelf heeft zij altijd type, status, title en detail.",
        "properties": {
            "type": {
                "type": "string",
                "format": "uri-reference",
                "description": "Soort probleem: een pad bij deze dienst dat zegt wat het betekent en wat eraan te doen is.",
                "example": "/v1/problemen/ongeldige-invoer",
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


def build_openapi(app: FastAPI, *, security_scheme: dict[str, Any], fsc: bool) -> dict[str, Any]:
    """The document as it is served and committed.

    Args:
        security_scheme: the OpenAPI security scheme behind `fscToken`.
        fsc: the API is called through the FSC gateway, which may also answer itself.
    """
    doc = get_openapi(
        title=app.title,
        version=app.version,
        description=f"{app.description}\n\n{_PROBLEMS}{_ON_THE_WAY if fsc else ''}",
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
    schemas.update(copy.deepcopy({**_PROBLEM_SCHEMAS, **(gateway_answers.SCHEMAS if fsc else {})}))
    parts["headers"] = {
        "ApiVersion": {
            "description": "Het volledige versienummer van de API.",
            "schema": {"type": "string", "example": app.version},
        },
        RETRY_AFTER: {
            "description": "Na hoeveel seconden herhalen zin heeft.",
            "schema": {"type": "integer", "minimum": 0, "maximum": 86400, "example": 5},
        },
        **(copy.deepcopy(gateway_answers.HEADERS) if fsc else {}),
    }
    parts["responses"] = {}
    parts["securitySchemes"] = {SECURITY_SCHEME: security_scheme}
    declared = problems.declared_by_operation(app)
    for path, item in doc["paths"].items():
        for method in METHODS:
            if method in item:
                edge = problems.of_edge(method, item[method], fsc=fsc)
                _operation(method, item[method], edge, declared.get((method, path), ()), parts["responses"], fsc=fsc)
    parts["responses"] = dict(sorted(parts["responses"].items()))
    doc = to_30(doc)
    for path, item in doc["paths"].items():
        if "get" in item:
            _page_examples(path, item["get"], doc["components"]["schemas"])
    return doc


def _operation(
    method: str,
    operation: dict[str, Any],
    edge: list[type[Refusal]],
    declared: problems.Kinds,
    shared: dict[str, Any],
    *,
    fsc: bool,
) -> None:
    """Complete an operation: its operation id, the version header of its answers, and its refusals (of service and gateway)."""
    responses = {code: content for code, content in operation["responses"].items() if code[0] in "23"}
    for content in responses.values():
        content.setdefault("headers", {})["API-Version"] = _VERSION
    if method.upper() in KEYED and all(p["name"] != IDEMPOTENCY_KEY for p in operation.get("parameters", [])):
        operation.setdefault("parameters", []).append(copy.deepcopy(_IDEMPOTENCY_PARAMETER))
    own, usual = (_by_status(kinds) for kinds in ((*edge, *declared), edge))
    on_the_way = {status for status in gateway_answers.CODES if status != 413 or "requestBody" in operation} if fsc else set()
    for status in own.keys() | on_the_way:
        kinds = own.get(status, [])
        answer = _refusal(status, kinds, fsc=fsc)
        if kinds == usual.get(status, []):
            name = f"{'Probleem' if kinds else 'Gateway'}{status}"
            shared[name] = answer
            answer = {"$ref": f"#/components/responses/{name}"}
        responses[str(status)] = answer
    operation["responses"] = dict(sorted(responses.items()))


def _by_status(kinds: Iterable[type[Refusal]]) -> dict[int, list[type[Refusal]]]:
    found: dict[int, list[type[Refusal]]] = {}
    for kind in kinds:
        found.setdefault(kind.status, []).append(kind)
    return found


def _refusal(status: int, kinds: list[type[Refusal]], *, fsc: bool) -> dict[str, Any]:
    """The response for a status with which the service, the gateway, or both may refuse."""
    if not kinds:  # no content: the Design Rules allow problem+json only, and the gateway does not send that
        return {"description": gateway_answers.told(status), "headers": {**gateway_answers.headers(status), **_retry(status)}}
    return {
        "description": kinds[0].meaning if len(kinds) == 1 else DETAILS[status],
        "headers": {"API-Version": _VERSION, **_retry(status), **(gateway_answers.headers(status) if fsc else {})},
        "content": {**problems.content(kinds), **(gateway_answers.content(status) if fsc else {})},
    }


def _retry(status: int) -> dict[str, Any]:
    return {RETRY_AFTER: {"$ref": f"#/components/headers/{RETRY_AFTER}"}} if status in (429, 503) else {}


def _page_examples(path: str, operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Set examples of `next` and `previous` that fit this operation."""
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
