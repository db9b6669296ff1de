"""Build a service: the API under /v1, its specification, its health check, and the layers around it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import ConfigDict, Field
from starlette.routing import BaseRoute, Match, compile_path
from starlette.types import ASGIApp, Receive, Scope, Send

from gemeengoed_kit import VERSION
from gemeengoed_kit.asgi import JSON, EdgeMiddleware
from gemeengoed_kit.context import Context
from gemeengoed_kit.errors import Refusal, Unavailable
from gemeengoed_kit.openapi import build_openapi, dump
from gemeengoed_kit.operation.requests import noting_route
from gemeengoed_kit.problem import DETAILS, install_problem, problem
from gemeengoed_kit.problems import problems_router
from gemeengoed_kit.route import MAX_BODY_BYTES, public, router
from gemeengoed_kit.schema import Output

FSC_TOKEN = {
    "type": "apiKey",
    "in": "header",
    "name": "Fsc-Authorization",
    "description": "FSC-toegangstoken; de Outway van de aanroeper zet het, de dienst controleert het zelf.",
}
V1 = "/v1"
"""/core/uri-version: the major version is in the server's URL, not in every path."""


class Health(Output):
    """De dienst antwoordt en kan bij zijn database."""

    model_config = ConfigDict(title="Gezondheid")
    status: str = Field(description="Altijd `ok`; anders volgt een foutmelding.", examples=["ok"])
    versie: str = Field(description="Versie van Gemeengoed, en dus van deze API.", examples=[VERSION])


def create_api(
    *,
    title: str,
    version: str,
    description: str,
    server: str,
    tags: Sequence[dict[str, str]],
    routers: Sequence[APIRouter],
    security_scheme: dict[str, Any] | None = None,
    health: APIRouter | None = None,
    failures: Sequence[type[Refusal]] = (),
) -> FastAPI:
    """Build the API without a context; this is enough to write its specification.

    Args:
        security_scheme: for an API that is not called through the FSC gateway; every caller then has the same rights.
        health: replaces the usual GET /health.
        failures: refusals that may end work in the background.
    """
    api = FastAPI(
        title=title,
        version=version,
        description=description,
        contact={"name": "Gemeengoed", "url": "https://gemeengoed.example/contact", "email": "api@gemeengoed.example"},
        license_info={"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/nl/"},
        servers=[{"url": server, "description": "Adres achter de Inway; roep het aan via uw eigen Outway."}],
        openapi_tags=[*tags, {"name": "dienst", "description": "De dienst zelf: specificatie, soorten problemen en gezondheid."}],
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        root_path_in_servers=False,
        separate_input_output_schemas=False,
        max_body_size=MAX_BODY_BYTES,
    )
    api.state.failures = tuple(failures)
    install_problem(api)
    for part in (*routers, _specification_router(api), problems_router(api), health or _health_router(api)):
        api.router.routes.extend(part.routes)  # `include_router` would match each route twice
    api.router.middleware_stack = _by_first_segment(api.router)  # type: ignore[assignment]

    def document() -> dict[str, Any]:
        if api.openapi_schema is None:
            api.openapi_schema = build_openapi(api, security_scheme=security_scheme or FSC_TOKEN, fsc=security_scheme is None)
        return api.openapi_schema

    api.openapi = document  # type: ignore[method-assign]
    return api


def application(api: FastAPI, context: Context, *, media_types: tuple[str, ...] = JSON) -> ASGIApp:
    """The ASGI application to serve: `api` with its context under /v1, inside the edge layer."""
    api.state.context = context
    answers = tuple(_other_answers(api))
    return EdgeMiddleware(_under(V1, noting_route(api, V1)), version=api.version, media_types=media_types, answers=answers)


def _other_answers(api: FastAPI) -> Iterator[tuple[re.Pattern[str], tuple[str, ...]]]:
    """The paths that answer something else than JSON, and what, as their routes declare it to the specification: by
    `response_class`, and by the content of `responses[200]` where the client chooses."""
    for found in iter_route_contexts(api.routes):
        route = found.original_route
        if isinstance(route, APIRoute) and found.path is not None and "GET" in (route.methods or ()):
            usual = getattr(route.response_class, "media_type", None) or JSON[0]
            kinds = (usual, *route.responses.get(200, {}).get("content", {}))
            if kinds != JSON:
                yield compile_path(V1 + found.path)[0], tuple(dict.fromkeys(kinds))


def _under(prefix: str, api: ASGIApp) -> ASGIApp:
    """Mount the API under a prefix. A second router around it would add a tenth to the cost of a small answer."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(f"{prefix}/"):
            await api({**scope, "root_path": scope.get("root_path", "") + prefix}, receive, send)
        else:
            await problem(404, DETAILS[404], instance=scope["path"])(scope, receive, send)

    return answer


def _by_first_segment(router: APIRouter) -> ASGIApp:
    """The router, which tries the routes that begin as the path does before it looks through all of them."""
    routes: dict[str, list[BaseRoute]] = {}
    for route in router.routes:
        if isinstance(route, APIRoute):
            routes.setdefault(route.path.split("/")[1], []).append(route)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            first = scope["path"].removeprefix(scope["root_path"]).lstrip("/").partition("/")[0]
            for route in routes.get(first, ()):
                match, found = route.matches(scope)
                if match is Match.FULL:
                    scope.update(found)
                    await route.handle(scope, receive, send)
                    return
        await router.app(scope, receive, send)

    return answer


def _specification_router(api: FastAPI) -> APIRouter:
    routes = router("", "dienst")

    @cache
    def written() -> bytes:
        return dump(api.openapi())

    @routes.get(
        "/openapi.json",
        summary="Specificatie opvragen",
        response_description="Het OpenAPI-document.",
        response_model=dict[str, Any],
        dependencies=[public()],
        responses={
            200: {
                "headers": {
                    "access-control-allow-origin": {
                        "description": "Iedere website mag de specificatie lezen.",
                        "schema": {"type": "string", "enum": ["*"]},
                    }
                }
            }
        },
    )
    async def get_openapi() -> Response:
        """Geeft deze specificatie als OpenAPI 3.0.3, voor iedereen leesbaar."""
        return Response(
            await asyncio.to_thread(written),  # the first time it takes a second
            media_type="application/json",
            headers={"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=300"},
        )

    return routes


def _health_router(api: FastAPI) -> APIRouter:
    """Runs on the event loop without a session or a request thread, so it still answers when those are all in use."""
    routes = router("", "dienst")

    @routes.get(
        "/health",
        summary="Gezondheid opvragen",
        response_description="De dienst werkt.",
        dependencies=[public()],
    )
    async def get_health(request: Request) -> Health:
        """Controleert of de dienst werkt en bij zijn database kan."""
        context: Context = request.app.state.context
        if context.health is None:
            raise RuntimeError("this process has no way to look at its database")
        database = await context.health.database()
        if not database.works:
            raise Unavailable(database.explanation, headers={"Retry-After": "5"})
        return Health.make(status="ok", versie=api.version)

    return routes
