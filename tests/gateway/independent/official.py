"""The official OpenAPI documents of FSC (manager.yaml, logging.yaml) as judge of what is said on the wire.

They lie in the folder `shared` beside the project; where that is absent, nothing is judged. Where the documents
contradict themselves or the text of the standard (fsc.md 1.9), `DEVIATIONS` says what is allowed instead.

They are those of October 2025. The manager.yaml of the published line 1.1 (branch master of Logius-standaarden/fsc-core) is the
same but for `properties`, which its grants lack. For the draft 2.0 there is none yet; what its text changes is put in.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx
import jsonschema_rs
import yaml

FOLDER = Path(__file__).parents[4] / "shared" / "standards" / "fsc-openapi"
DEVIATIONS = {
    "codes of the text that the enum of manager.yaml lacks (1.6)": [
        "ERROR_CODE_SUBMITTING_PEER_NOT_PART_OF_CONTRACT",
        "ERROR_CODE_RECEIVING_PEER_NOT_PART_OF_CONTRACT",
    ],
    "codes of our own, where FSC names none (1.9, 8)": [
        "ERROR_CODE_MALFORMED_REQUEST",
        "ERROR_CODE_CONTRACT_VALIDATION_FAILED",
        "ERROR_CODE_NOT_FOUND",
        "ERROR_CODE_PEER_NOT_HOSTED",
        "ERROR_CODE_INTERNAL",
        "ERROR_CODE_METHOD_UNSUPPORTED",
        "ERROR_CODE_BODY_TOO_LARGE",
    ],
}
SCHEMAS = "#/components/schemas/"
GRANTS = (
    "grantServiceConnection",
    "grantServicePublication",
    "grantDelegatedServiceConnection",
    "grantDelegatedServicePublication",
)
UNDOCUMENTED = {400, 404, 405, 413, 500, 503}
"""Statuses that no operation or not every operation documents (1.9, 8 and 13); the body is then the FSC error."""

faults: list[str] = []
"""What the gateway said as a client and should not have; the fixture `officially_spoken` looks here."""


Document = tuple[str, str]
"""Line of FSC Core, and name of the document."""


def check_answer(line: str, method: str, path: str, answer: httpx.Response) -> None:
    """An answer of a Manager that speaks `line` of FSC Core ("1.1", "2025-10", "2.0").

    Raises:
        AssertionError: not documented, or of another form.
    """
    if not FOLDER.is_dir():
        return
    documented = _operation(line, method, path)
    about = f"{method} {path[:200]} gave {answer.status_code}: {answer.text[:500]}"
    responses = documented[1]["responses"] if documented else {}
    if answer.status_code in responses:
        response = responses[answer.status_code]
        for name in response.get("headers", {}):
            assert name in answer.headers, f"{about}: no header {name}"
        _check_body(documented[0], response, answer, about)
    else:
        assert answer.status_code in UNDOCUMENTED, about
        _judge((line, "manager"), {"$ref": f"{SCHEMAS}error"}, _json(answer, about), about)
        assert answer.headers.get("Fsc-Error-Code") == answer.json()["code"], about


def check_request(line: str, method: str, path: str, headers: dict[str, str], body: bytes) -> None:
    """What the gateway sends to another Manager; what is wrong goes into `faults`, since it must not change the answer."""
    if not FOLDER.is_dir():
        return
    about = f"the gateway sent {method} {path}: {body[:500]!r}"
    try:
        found = _operation(line, method, path)
        assert found is not None, about
        name, operation = found
        _check_parameters(name, operation, path, headers, about)
        for kind, media in _resolved(name, operation.get("requestBody", {})).get("content", {}).items():
            assert headers.get("Content-Type", "").split(";")[0] == kind, about
            data = json.loads(body) if kind == "application/json" else dict(parse_qsl(body.decode()))
            _judge(name, media["schema"], data, about)
        assert "requestBody" in operation or not body, about
    except (AssertionError, ValueError) as problem:
        faults.append(f"{about}: {problem}")


def _check_parameters(name: Document, operation: dict[str, Any], path: str, headers: dict[str, str], about: str) -> None:
    query = dict(parse_qsl(urlsplit(path).query))
    allowed = [_resolved(name, parameter) for parameter in operation.get("parameters", [])]
    assert set(query) <= {parameter["name"] for parameter in allowed if parameter["in"] == "query"}, about
    for parameter in allowed:
        if parameter["in"] == "header":
            given = {key.lower(): value for key, value in headers.items()}.get(parameter["name"])
            assert given and re.fullmatch(r"https://[a-z0-9.-]+:(443|8443)", given), f"{about}: {parameter['name']} {given!r}"


def _check_body(name: Document, response: dict[str, Any], answer: httpx.Response, about: str) -> None:
    media = response.get("content", {}).get("application/json")
    if media is None:
        assert not answer.content, f"{about}: a body where none is documented"
        return
    _judge(name, media["schema"], _json(answer, about), about)


def _json(answer: httpx.Response, about: str) -> Any:
    assert answer.headers.get("Content-Type", "").split(";")[0] == "application/json", f"{about}: {answer.headers}"
    return json.loads(answer.content)


def _judge(name: Document, schema: dict[str, Any], data: Any, about: str) -> None:
    wrong = [f"{error.instance_path}: {error.message}"[:300] for error in _validator(name, json.dumps(schema)).iter_errors(data)]
    assert not wrong, f"{about}: {wrong}"


@cache
def _validator(name: Document, schema: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator({**json.loads(schema), "components": _document(name)["components"]})


@cache
def _document(name: Document) -> dict[str, Any]:
    line, kind = name
    document = _read_discriminators(yaml.safe_load((FOLDER / f"{kind}.yaml").read_text()))
    schemas = document["components"]["schemas"]
    if kind == "manager":
        {"1.1": _without_properties, "2025-10": lambda schemas: None, "2.0": _with_identification}[line](schemas)
    if "errorCode" in schemas:
        extra = [code for codes in DEVIATIONS.values() for code in codes]
        schemas["errorCode"] = {"anyOf": [{"oneOf": schemas["errorCode"]["oneOf"]}, {"enum": extra}]}
        # Every RSA key fits both ecPublicKey and rsaPublicKey, and no P-256 key the first (1.9, 15): RFC 7517 is stricter.
        schemas["jwk"]["oneOf"] = [{"required": ["crv", "x", "y"]}, {"required": ["n", "e"]}]
    # The text of FSC Core allows one character (1.9, 2).
    schemas["serviceName"]["minLength"] = 1
    return document


def _without_properties(schemas: dict[str, Any]) -> None:
    for grant in GRANTS:
        del schemas[grant]["properties"]["properties"]
        schemas[grant]["not"] = {"required": ["properties"]}


def _with_identification(schemas: dict[str, Any]) -> None:
    """What the text of 2.0 adds (fsc.md 0): a version in the content, two ways to know an Outway, an error code."""
    schemas["contractContent"]["properties"]["fsc_version"] = {"type": "string"}
    schemas["contractContent"]["required"].append("fsc_version")
    way = "OUTWAY_IDENTIFICATION_TYPE_"
    by_key = {
        "type": {"const": f"{way}PUBLIC_KEY_THUMBPRINT"},
        "public_key_thumbprint": {"$ref": f"{SCHEMAS}publicKeyThumbprint"},
    }
    by_name = {"type": {"const": f"{way}DOMAIN_NAME"}, "domain_name": {"type": "string", "minLength": 1}}
    schemas["outway"] = {
        "type": "object",
        "properties": {
            "peer_id": {"$ref": f"{SCHEMAS}peerID"},
            "identification": {"oneOf": [{"properties": one, "required": list(one)} for one in (by_key, by_name)]},
        },
        "required": ["peer_id", "identification"],
        "not": {"required": ["public_key_thumbprint"]},
    }
    schemas["managerErrorCode"]["enum"].append("ERROR_CODE_UNKNOWN_FSC_VERSION")


def _read_discriminators(value: Any) -> Any:
    """`oneOf` with a discriminator as JSON Schema can say it: the named type decides which schema counts."""
    if isinstance(value, list):
        return [_read_discriminators(item) for item in value]
    if not isinstance(value, dict):
        return value
    read = {key: _read_discriminators(item) for key, item in value.items()}
    if "discriminator" not in value:
        return read
    mapping = value["discriminator"]["mapping"]
    return {
        "required": ["type"],
        "properties": {"type": {"enum": list(mapping)}},
        "allOf": [
            {"if": {"properties": {"type": {"const": kind}}}, "then": {"$ref": schema}} for kind, schema in mapping.items()
        ],
    }


def _operation(line: str, method: str, path: str) -> tuple[Document, dict[str, Any]] | None:
    asked = unquote(urlsplit(path).path).removeprefix("/v1")
    for name in ((line, "manager"), (line, "logging")):
        for template, item in _document(name)["paths"].items():
            pattern = re.escape(template).replace(r"\{hash\}", "[^/]+")
            if re.fullmatch(pattern, asked) and method.lower() in item:
                return name, item[method.lower()]
    return None


def _resolved(name: Document, part: dict[str, Any]) -> dict[str, Any]:
    found: Any = part
    while "$ref" in found:
        target: Any = _document(name)
        for step in found["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        found = target
    return found
