"""The operator's listener of a command: /live, /ready and /metrics, for all its processes together."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette

from gemeengoed_kit.observe import page
from gemeengoed_kit.observe.catalogue import Catalogue
from gemeengoed_kit.observe.exposition import Value, exposition
from gemeengoed_kit.observe.told import ask_all
from gemeengoed_kit.operation.health import Health
from gemeengoed_kit.operation.state import State


def pages(
    service: str,
    health: Health,
    state: State | None,
    *,
    catalogue: Catalogue,
    run_dir: Path,
    workers: bool,
    metrics_token: str | None,
) -> Starlette:
    """The three pages. With `workers`, readiness requires a live worker; `metrics_token` is the token for /metrics, if any."""

    def metrics() -> bytes:
        parts = health.parts_now(workers=workers)
        values: list[Value] = [("service_up", (one.name,), float(one.works)) for one in parts]
        if state is not None and all(one.works for one in parts if one.name == "database"):
            values += state.values()
        return exposition(catalogue, ask_all(run_dir), values, service=service)

    routes = [page.live(), page.ready(lambda: health.parts(workers=workers))]
    return Starlette(routes=[*routes, page.metrics(metrics, [metrics_token] if metrics_token else [])])
