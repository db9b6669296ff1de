"""Beside the management API, on its listener: /metrics for Prometheus, /live for whoever keeps the process alive."""

from __future__ import annotations

import hmac

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from gateway.deployment import Deployment
from gateway.observe import state
from gateway.observe.exposition import CONTENT_TYPE, exposition
from gateway.observe.told import ask_all


def beside(deployment: Deployment, beheer: ASGIApp) -> ASGIApp:
    """The management API with the two pages in front of it; both stand outside its specification."""

    def metrics(request: Request) -> Response:
        """All metrics of this machine; needs GATEWAY_METRICS_TOKEN, or the token of the management API."""
        given = request.headers.get("authorization", "").encode()
        tokens = [token for token in (deployment.settings.metrics_token, deployment.settings.beheer_token) if token]
        if not any(hmac.compare_digest(given, f"Bearer {token}".encode()) for token in tokens):
            return PlainTextResponse("een token ontbreekt of klopt niet\n", 401, {"WWW-Authenticate": "Bearer"})
        page = exposition(ask_all(deployment.settings.run_dir), state.values(deployment))
        return Response(page, media_type=CONTENT_TYPE)

    async def live(_: Request) -> Response:
        """This process turns; whether calls pass is what /v1/health says."""
        return PlainTextResponse("ok\n")

    return Starlette(routes=[Route("/metrics", metrics), Route("/live", live), Mount("/", beheer)])
