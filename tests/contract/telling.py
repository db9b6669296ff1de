"""An outcome census: which operation answered with which status. A green fuzzer proves the generator, not the API,
unless we count what it reached."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from gemeengoed_kit.openapi import METHODS
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Telling:
    """ASGI layer around an application that counts (method, path template, status)."""

    def __init__(self, app: ASGIApp, document: dict[str, Any]) -> None:
        self.app, self.document = app, document
        self.bereikt: Counter[tuple[str, str, str]] = Counter()
        self.sjablonen = [(re.compile("/v1" + re.sub(r"\{[^/]+?\}", "[^/]+", path)), path) for path in document["paths"]]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def tel(message: Message) -> None:
            if message["type"] == "http.response.start" and scope["type"] == "http":
                path = next((name for pattern, name in self.sjablonen if pattern.fullmatch(scope["path"])), None)
                if path:
                    self.bereikt[scope["method"].lower(), path, str(message["status"])] += 1
            await send(message)

        await self.app(scope, receive, tel)

    def gedocumenteerd(self) -> set[tuple[str, str, str]]:
        """Every documented outcome that a caller can bring about: all but the 5xx."""
        return {
            (method, path, status)
            for path, item in self.document["paths"].items()
            for method in METHODS
            if method in item
            for status in item[method]["responses"]
            if status[0] != "5"
        }

    def ontbreekt(self) -> list[str]:
        """Documented outcomes that never happened."""
        return sorted(" ".join(outcome) for outcome in self.gedocumenteerd() - set(self.bereikt))

    def ongedocumenteerd(self) -> list[str]:
        """Outcomes that happened and are not in the specification."""
        all_documented = {
            (method, path, status)
            for path, item in self.document["paths"].items()
            for method in METHODS
            if method in item
            for status in item[method]["responses"]
        }
        methods = {(method, path) for method, path, _ in all_documented}
        return sorted(" ".join(o) for o in self.bereikt if (o[0], o[1]) in methods and o not in all_documented)
