"""/metrics and /live, on the listener of the management API."""

from __future__ import annotations

from gemeengoed_kit.observe import page
from gemeengoed_kit.observe.exposition import exposition
from gemeengoed_kit.observe.told import ask_all
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp

from gateway.deployment import Deployment
from gateway.observe import state
from gateway.observe.catalogue import CATALOGUE


def beside(deployment: Deployment, beheer: ASGIApp) -> ASGIApp:
    """The management API with these two paths in front of it; neither is in its specification. /metrics needs
    GATEWAY_METRICS_TOKEN or the token of the management API. Whether calls pass is reported by /v1/health."""
    settings = deployment.settings

    def metrics() -> bytes:
        return exposition(CATALOGUE, ask_all(settings.run_dir), state.values(deployment))

    tokens = [token for token in (settings.metrics_token, settings.beheer_token) if token]
    return Starlette(routes=[page.metrics(metrics, tokens), page.live(), Mount("/", beheer)])
