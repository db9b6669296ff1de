"""The pages for an operator: /metrics for Prometheus, /live for the process manager, /ready for the load balancer.

They must not be reachable for clients of the API: the Inway passes every path on.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from gemeengoed_kit.observe.exposition import CONTENT_TYPE
from gemeengoed_kit.observe.health import Part

_WRITERS = 2


def live() -> Route:
    """Answers when this process runs; whether it can do its work is for readiness."""

    async def answer(_: Request) -> Response:
        return PlainTextResponse("ok\n")

    return Route("/live", answer)


def metrics(page: Callable[[], bytes], tokens: Sequence[str]) -> Route:
    """All metrics. The caller needs one of the tokens; without tokens, everyone who can reach the listener may read. `page` runs
    in its own threads, so it may wait for sockets and the database."""
    writers = ThreadPoolExecutor(_WRITERS, thread_name_prefix="metrics")

    async def answer(request: Request) -> Response:
        given = request.headers.get("authorization", "").encode()
        if tokens and not any(hmac.compare_digest(given, f"Bearer {token}".encode()) for token in tokens):
            return PlainTextResponse("een token ontbreekt of klopt niet\n", 401, {"WWW-Authenticate": "Bearer"})
        return Response(await asyncio.get_running_loop().run_in_executor(writers, page), media_type=CONTENT_TYPE)

    return Route("/metrics", answer)


def ready(parts: Callable[[], Awaitable[Sequence[Part]]]) -> Route:
    """Whether work may be sent here: 200 when every part works, else 503. The body gives the state of each part."""

    async def answer(_: Request) -> Response:
        seen = await parts()
        rows = [{"naam": part.name, "werkt": part.works, "uitleg": part.explanation} for part in seen]
        return JSONResponse({"onderdelen": rows}, 200 if all(part.works for part in seen) else 503)

    return Route("/ready", answer)
