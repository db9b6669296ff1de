"""Middleware around the API of a service: it counts each request by route, and logs a line for each refusal."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from gemeengoed_kit.observe import logs
from gemeengoed_kit.observe.meter import Meter
from gemeengoed_kit.observe.refusals import Refusals
from gemeengoed_kit.observe.requests import Answer, Watched, method_of

_TRANSACTION = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_ROUTE = "route"
OTHER = "other"


class Requests(Watched):
    """The outermost ASGI middleware. Lines logged inside have the transaction id of the call; the edge adds the peer."""

    def __init__(self, app: ASGIApp, meter: Meter) -> None:
        super().__init__(app)
        self._meter, self._refusals = meter, Refusals()

    def around(self, scope: Scope, headers: dict[bytes, bytes]) -> AbstractContextManager[None]:
        """Log with the transaction id as the Inway sent it; a value that does not look like one is not logged."""
        scope.setdefault("state", {})
        given = headers.get(b"fsc-transaction-id", b"").decode("latin-1")
        return logs.about(transaction=given) if _TRANSACTION.fullmatch(given) else logs.about()

    def keep(self, scope: Scope, headers: dict[bytes, bytes], answer: Answer, around: Any) -> None:
        """Count the request, and log a line for a refusal."""
        route, method, status = scope["state"].get(_ROUTE, OTHER), method_of(scope), str(answer.status)
        self._meter.count("service_requests", route, method, status)
        self._meter.observe("service_request_seconds", answer.seconds, route, method)
        if answer.status >= 400:
            self._refusals.note(status, method=method, route=route, status=answer.status)


def noting_route(api: ASGIApp, prefix: str) -> ASGIApp:
    """Mount the API under `prefix`, and note the route's path (as in the specification) for `Requests`."""

    async def noting(scope: Scope, receive: Receive, send: Send) -> None:
        mount = scope.get("route")
        try:
            await api(scope, receive, send)
        finally:
            found = scope.get("route")
            if found is not None and found is not mount and "state" in scope:
                scope["state"][_ROUTE] = prefix + found.path

    return noting
