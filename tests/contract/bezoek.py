"""Requests that every operation must refuse in the same way: no token, wrong role, wrong media, too large."""

from __future__ import annotations

import re
from typing import Any

from gemeengoed_kit.openapi import METHODS
from gemeengoed_kit.problem import TYPE_BASE
from gemeengoed_kit.upload import MAX_UPLOAD_BYTES

from tests.contract.proef import Proef
from tests.contract.telling import problemen, van_dienst

TE_GROOT = b'{"a": "' + b"x" * 2_000_001 + b'"}'
TE_GROOT_BESTAND = b" " * (MAX_UPLOAD_BYTES + 1)


def bezoek_alle(proef: Proef) -> None:
    """Visit every operation once for each generic refusal that it documents."""
    document = proef.telling.document
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                _bezoek(proef, method, "/v1" + _ingevuld(path, item[method]), item[method])
    _bezoek_problemen(proef)


def _bezoek_problemen(proef: Proef) -> None:
    """Every type that the specification names leads to what it means, for everybody."""
    document = proef.telling.document
    soorten = {
        soort
        for item in document["paths"].values()
        for method in METHODS
        if method in item
        for _, soort in problemen(document, item[method])
    }
    bekend = {soort["type"]: soort for soort in proef.client.get("/v1/problemen").json()["results"]}
    assert {TYPE_BASE + soort for soort in soorten} <= set(bekend)
    for pad, soort in bekend.items():
        assert proef.client.get(pad).json() == soort and soort["betekenis"] and soort["oplossing"], pad
    assert proef.client.get("/v1/problemen/geen").status_code == 404
    assert proef.client.get("/v1/problemen/GEEN").status_code == 400


def _bezoek(proef: Proef, method: str, path: str, operation: dict[str, Any]) -> None:
    client, met_rol = proef.client, proef.kop_voor(operation)
    statuses = {status for status in operation["responses"] if van_dienst(proef.telling.document, operation, status)}
    body = operation.get("requestBody")
    if "401" in statuses:
        if operation["security"]:
            assert client.request(method, path).status_code == 401, path
        onzin = {name: "Bearer onzin" for name in met_rol if name.endswith("uthorization")}
        assert client.request(method, path, headers=onzin).status_code == 401, path
    if "403" in statuses and proef.zonder_rol:
        assert client.request(method, path, headers=proef.zonder_rol).status_code == 403, path
    geeft = operation["responses"].get("200", {}).get("content", {})
    anders = "image/png" if "text/html" in geeft else "text/html"
    assert client.request(method, path, headers={**met_rol, "Accept": anders}).status_code == 406, path
    assert client.request(method, path + "?" + "x" * 9_000, headers=met_rol).status_code == 414, path
    if body:
        media = next(iter(body["content"]))
        assert client.request(method, path, headers={**met_rol, "Content-Type": "text/plain"}, content=b"x").status_code == 415, (
            path
        )
        te_groot = TE_GROOT if media == "application/json" and not path.endswith("/bulk") else TE_GROOT_BESTAND
        groot = {**met_rol, "Content-Type": media, "Idempotency-Key": "groot"}
        assert client.request(method, path, headers=groot, content=te_groot).status_code == 413, path
        assert client.request(method, path, headers={**groot, "Idempotency-Key": "leeg"}, content=b"{").status_code == 400, path
    elif "400" in statuses and method == "get":
        assert client.request(method, path + "?onbekendeVraag=1", headers=met_rol).status_code in (200, 400, 404), path
        assert client.request(
            method, path, params={"page": "x", "datum": "x", "peildatum": "x"}, headers=met_rol
        ).status_code in (200, 400, 404), path


def _ingevuld(path: str, operation: dict[str, Any]) -> str:
    examples = {p["name"]: str(p["schema"].get("example", "x")) for p in operation.get("parameters", []) if p["in"] == "path"}
    return re.sub(r"\{([^/]+?)\}", lambda found: examples.get(found.group(1), "x"), path)
