"""Requests that every operation must refuse in the same way: no token, wrong role, wrong media, too large."""

from __future__ import annotations

import re
from typing import Any

from gemeengoed_kit.openapi import METHODS
from starlette.testclient import TestClient

TE_GROOT = b'{"a": "' + b"x" * 2_000_001 + b'"}'


def bezoek_alle(client: TestClient, document: dict[str, Any], zonder_rol: dict[str, str], met_rol: dict[str, str]) -> None:
    """Visit every operation once for each generic refusal that it documents.

    Args:
        zonder_rol: headers of a caller whose grant gives no role.
        met_rol: headers of a caller that may do most.
    """
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                _bezoek(client, method, "/v1" + _ingevuld(path, item[method]), item[method], zonder_rol, met_rol)


def _bezoek(client: TestClient, method: str, path: str, operation: dict[str, Any], zonder_rol: dict[str, str],
            met_rol: dict[str, str]) -> None:
    statuses, body = operation["responses"], operation.get("requestBody")
    if "401" in statuses:
        assert client.request(method, path).status_code == 401, path
        assert client.request(method, path, headers={"Fsc-Authorization": "Bearer onzin"}).status_code == 401, path
    if "403" in statuses:
        assert client.request(method, path, headers=zonder_rol).status_code == 403, path
    assert client.request(method, path, headers={**met_rol, "Accept": "text/html"}).status_code == 406, path
    if body:
        media = next(iter(body["content"]))
        assert client.request(method, path, headers={**met_rol, "Content-Type": "text/plain"}, content=b"x").status_code == 415, path
        groot = {**met_rol, "Content-Type": media, "Idempotency-Key": "groot"}
        assert client.request(method, path, headers=groot, content=TE_GROOT).status_code == 413, path
        assert client.request(method, path, headers={**groot, "Idempotency-Key": "leeg"}, content=b"{").status_code == 400, path
    elif "400" in statuses and method == "get":
        assert client.request(method, path + "?onbekendeVraag=1", headers=met_rol).status_code in (200, 400, 404), path
        assert client.request(method, path, params={"page": "x", "datum": "x", "peildatum": "x"}, headers=met_rol).status_code in (
            200, 400, 404), path


def _ingevuld(path: str, operation: dict[str, Any]) -> str:
    examples = {p["name"]: str(p["schema"].get("example", "x")) for p in operation.get("parameters", []) if p["in"] == "path"}
    return re.sub(r"\{([^/]+?)\}", lambda found: examples.get(found.group(1), "x"), path)
