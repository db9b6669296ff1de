"""Middleware for the Manager and the management API: counts each request, logs refusals, and makes a span."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from gemeengoed_kit.observe.refusals import Refusals
from gemeengoed_kit.observe.requests import Answer, Watched, method_of
from starlette.types import ASGIApp, Scope

from gateway.deployment import Deployment
from gateway.observe.traces import sampled


class Requests(Watched):
    """ASGI middleware for one component: manager or beheer."""

    def __init__(self, app: ASGIApp, deployment: Deployment, component: str) -> None:
        super().__init__(app)
        self._deployment, self._component = deployment, component
        self._refusals = Refusals()

    def around(self, scope: Scope, headers: dict[bytes, bytes]) -> Any:
        """A span, if we started the trace ourselves or the client's trace is sampled."""
        tracer, parent = self._deployment.tracer, headers.get(b"traceparent", b"")
        if tracer is None or not sampled(parent):
            return nullcontext()
        return tracer.span(f"{self._component} {scope['method']}", {"component": self._component}, parent=parent, kind="SERVER")

    def keep(self, scope: Scope, headers: dict[bytes, bytes], answer: Answer, around: Any) -> None:
        """Record metrics, the status in the span, and a log line for a refusal."""
        meter = self._deployment.meter
        meter.count("gateway_requests", self._component, method_of(scope), str(answer.status))
        meter.observe("gateway_request_seconds", answer.seconds, self._component)
        if around is not None:
            around.set_attribute("http.response.status_code", answer.status)
        if answer.status >= 400:
            code = dict(answer.headers).get(b"fsc-error-code", str(answer.status).encode()).decode("latin-1")
            peer = headers.get(b"x-gateway-peer", b"").decode("latin-1") or None
            self._refusals.note(code, component=self._component, peer=peer, status=answer.status)
