"""An outcome census: which operation answered with which status and which problem. A green fuzzer proves the generator, not
the API, unless we count what it reached."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from gemeengoed_kit.openapi import METHODS
from gemeengoed_kit.problem import MEDIA_TYPE, TYPE_BASE
from gemeengoed_kit.problems import EVERYWHERE
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BUITEN_BEREIK = {"408"}
"""Statuses that no request here brings about, besides the 5xx; tests/kit does."""
ELDERS = {
    "patch /peers/{peer_id} 409 naam-niet-in-certificaat": "tests/gateway/test_beheer_certificaten.py",
    "post /peers 409 ander-certificaat": "gateway/gateway/peer/service.py",
    "post /peers 409 tegen-groepsregels": "gateway/gateway/peer/hosting.py",
    "post /peers/{peer_id}/certificates/{onderdeel}/renewals 409 geen-ontwikkel-pki": "tests/gateway/test_beheer_certificaten.py",
    "post /peers/{peer_id}/certificates/{onderdeel}/requests 409 certificaat-geweigerd": "gateway/gateway/peer/certificates.py",
    "post /peers/{peer_id}/contracts/{content_hash}/accept 409 contract-beeindigd": "tests/gateway/test_distribution.py",
    "post /peers/{peer_id}/contracts/{content_hash}/accept 409 reden-verplicht": "tests/gateway/test_external_contract.py",
    "post /peers/{peer_id}/contracts/{content_hash}/reject 409 reden-verplicht": "tests/gateway/test_external_contract.py",
    "post /peers/{peer_id}/services 409 protocol-niet-mogelijk": "tests/gateway/test_dataplane_http2.py",
    "put /peers/{peer_id}/clients/{naam} 409 geheim-bestaat-al": "tests/gateway/test_clients.py",
}
"""Problems that need another set-up than this one, and where they come about: a test or, where there is none, the code."""
OVERAL = {kind.type for kind in EVERYWHERE}
"""Problems of the edge; that they come about, tests/kit shows for all operations at once."""


def antwoord(document: dict[str, Any], operation: dict[str, Any], status: str) -> dict[str, Any]:
    """What the specification says of a status of an operation."""
    response: dict[str, Any] = operation["responses"][status]
    return document["components"]["responses"][response["$ref"].rpartition("/")[2]] if "$ref" in response else response


def van_dienst(document: dict[str, Any], operation: dict[str, Any], status: str) -> bool:
    """Whether the service itself answers so, and not only the gateway before it."""
    return status[0] in "23" or MEDIA_TYPE in antwoord(document, operation, status).get("content", {})


def problemen(document: dict[str, Any], operation: dict[str, Any]) -> set[tuple[str, str]]:
    """(status, type) of the problems that the specification names for an operation."""
    return {
        (status, soort)
        for status in operation["responses"]
        if status[0] in "45"
        for soort in antwoord(document, operation, status).get("content", {}).get(MEDIA_TYPE, {}).get("examples", {})
    }


class Telling:
    """ASGI layer around an application that counts (method, path template, status) and (…, status, problem)."""

    def __init__(self, app: ASGIApp, document: dict[str, Any]) -> None:
        self.app, self.document = app, document
        self.bereikt: Counter[tuple[str, str, str]] = Counter()
        self.problemen: Counter[tuple[str, str, str, str]] = Counter()
        self.sjablonen = [(re.compile("/v1" + re.sub(r"\{[^/]+?\}", "[^/]+", path)), path) for path in document["paths"]]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = next((name for pattern, name in self.sjablonen if pattern.fullmatch(scope["path"])), None)
        status, body = "", b""

        async def tel(message: Message) -> None:
            nonlocal status, body
            if message["type"] == "http.response.start":
                status = str(message["status"])
                if path:
                    self.bereikt[scope["method"].lower(), path, status] += 1
            elif status[0] in "45":
                body += message.get("body", b"")
            await send(message)

        await self.app(scope, receive, tel)
        if path and body:
            self.problemen[scope["method"].lower(), path, status, json.loads(body)["type"].removeprefix(TYPE_BASE)] += 1

    def _bewerkingen(self) -> dict[tuple[str, str], dict[str, Any]]:
        return {(m, path): item[m] for path, item in self.document["paths"].items() for m in METHODS if m in item}

    def gedocumenteerd(self) -> set[tuple[str, str, str]]:
        """Every documented outcome that a caller can bring about here: none of the 5xx or of the gateway alone."""
        return {
            (method, path, status)
            for (method, path), operation in self._bewerkingen().items()
            for status in operation["responses"]
            if status[0] != "5" and status not in BUITEN_BEREIK and van_dienst(self.document, operation, status)
        }

    def ontbreekt(self) -> list[str]:
        """Documented outcomes that never happened, and problems of an operation's own that it never answered."""
        eigen = {
            (method, path, status, soort)
            for (method, path), operation in self._bewerkingen().items()
            for status, soort in problemen(self.document, operation)
            if soort not in OVERAL and f"{method} {path} {status} {soort}" not in ELDERS
        }
        return sorted(" ".join(o) for o in (self.gedocumenteerd() - set(self.bereikt)) | (eigen - set(self.problemen)))

    def ongedocumenteerd(self) -> list[str]:
        """Outcomes and problems that happened and are not in the specification."""
        bewerkingen = self._bewerkingen()
        statuses = {(m, p, status) for (m, p), operation in bewerkingen.items() for status in operation["responses"]}
        soorten = {
            (m, p, status, soort)
            for (m, p), operation in bewerkingen.items()
            for status, soort in problemen(self.document, operation)
        }
        vreemd = (set(self.bereikt) - statuses) | (set(self.problemen) - soorten)
        return sorted(" ".join(outcome) for outcome in vreemd if outcome[:2] in bewerkingen)
