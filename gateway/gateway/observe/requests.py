"""Around the Manager and the management API: each request is counted, refusals are logged, and a span is made."""

from __future__ import annotations

import time
from contextlib import nullcontext
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.deployment import Deployment
from gateway.observe.refusals import Refusals
from gateway.observe.traces import sampled

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Requests:
    """ASGI middleware for one component: manager or beheer."""

    def __init__(self, app: ASGIApp, deployment: Deployment, component: str) -> None:
        self._app, self._deployment, self._component = app, deployment, component
        self._refusals = Refusals()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, answer = time.perf_counter(), {"status": 500, "headers": []}

        async def watch(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.update(status=message["status"], headers=message["headers"])
            await send(message)

        headers = dict(scope["headers"])
        with self._span(scope, headers) as span:
            try:
                await self._app(scope, receive, watch)
            finally:
                self._keep(scope, headers, answer, time.perf_counter() - started, span)

    def _span(self, scope: Scope, headers: dict[bytes, bytes]) -> Any:
        tracer, parent = self._deployment.tracer, headers.get(b"traceparent", b"")
        if tracer is None or not sampled(parent):
            return nullcontext()
        return tracer.span(f"{self._component} {scope['method']}", {"component": self._component}, parent=parent, kind="SERVER")

    def _keep(self, scope: Scope, headers: dict[bytes, bytes], answer: dict[str, Any], seconds: float, span: Any) -> None:
        status, method = answer["status"], scope["method"] if scope["method"] in _METHODS else "other"
        self._deployment.meter.count("gateway_requests", self._component, method, str(status))
        self._deployment.meter.observe("gateway_request_seconds", seconds, self._component)
        if span is not None:
            span.set_attribute("http.response.status_code", status)
        if status >= 400:
            code = dict(answer["headers"]).get(b"fsc-error-code", str(status).encode()).decode("latin-1")
            peer = headers.get(b"x-gateway-peer", b"").decode("latin-1") or None
            self._refusals.note(code, component=self._component, peer=peer, status=status)
