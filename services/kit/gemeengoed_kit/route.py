"""The edge of every request: who calls, may they, one transaction, idempotency, audit. In that order.

A router uses `route_class=EdgeRoute` and declares `Access` on every route; use cases get a `Work`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.routing import APIRoute
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from gemeengoed_kit import idempotency
from gemeengoed_kit.audit import Actor
from gemeengoed_kit.context import Context, Work
from gemeengoed_kit.errors import Forbidden
from gemeengoed_kit.identity import Caller, refusal
from gemeengoed_kit.reading import Query, StrictRequest

_STORED_HEADERS = ("content-type", "location", "etag")
_READ = {"GET", "HEAD"}
SECURITY_SCHEME = "fscToken"


class Access:
    """Who may use a route: callers with one of these roles, or everybody (`Access.public`)."""

    def __init__(self, *roles: str, public: bool = False) -> None:
        assert public != bool(roles), "name the roles, or say that the route is public"
        self.roles, self.public = frozenset(roles), public

    def __call__(self, request: Request) -> Caller | None:
        return request.state.caller

    def check(self, caller: Caller | None) -> None:
        """
        Raises:
            Unauthenticated: a token is needed and there is none.
            Forbidden: the caller's role is not among those allowed.
        """
        if self.public:
            return
        if caller is None:
            raise refusal("Roep deze dienst aan via uw Outway; een FSC-token (Fsc-Authorization) ontbreekt.")
        if caller.role not in self.roles:
            raise Forbidden(
                f"De rol {caller.role or '(geen)'} uit uw contract mag dit niet; nodig is {' of '.join(sorted(self.roles))}."
            )


def public() -> Any:
    """Route dependency: no token needed (a token that is sent must still be valid)."""
    return Depends(Access(public=True))


def roles(*names: str) -> Any:
    """Route dependency: only callers whose grant gives one of these roles."""
    return Depends(Access(*names))


def _work(request: Request) -> Work:
    return request.state.work


def _caller(request: Request) -> Caller:
    assert request.state.caller is not None, "a public route has no caller"
    return request.state.caller


InWork = Annotated[Work, Depends(_work)]
"""The request's unit of work; read-only on GET."""
ByCaller = Annotated[Caller, Depends(_caller)]
"""The verified caller; only on routes that need a role."""

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class EdgeRoute(APIRoute):
    """Runs a route in one transaction that commits before the answer leaves."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        access = self._access()
        self.openapi_extra = {**(self.openapi_extra or {}), "security": [] if access.public else [{SECURITY_SCHEME: []}]}
        if not access.public:
            self.description = f"{self.description}\n\nRollen: {', '.join(sorted(access.roles))}."

    def _access(self) -> Access:
        rules = [d.call for d in self.dependant.dependencies if isinstance(d.call, Access)]
        assert len(rules) == 1, f"{self.path}: declare access once, with public() or roles(...)"
        return rules[0]

    def get_route_handler(self) -> Handler:
        original = super().get_route_handler()
        access = self._access()
        reads = (self.methods or set()) <= _READ
        takes_json = self.body_field is not None
        query = Query.of(self.dependant)
        has_input = takes_json or bool(self.dependant.path_params or query.names)

        async def handle(request: Request) -> Response:
            context: Context = request.app.state.context
            caller = await run_in_threadpool(context.authenticate, request.headers)
            access.check(caller)
            if takes_json and _media_type(request) not in ("", "application/json"):
                raise HTTPException(415)
            if has_input:
                query.check(request.scope["query_string"])
            if takes_json:
                request = StrictRequest(request.scope, request.receive)
                if await request.body():
                    await request.json()
            request.state.caller = caller
            session = context.readers() if reads else context.sessions()
            request.state.work = Work(session, context.clock, caller.actor if caller else Actor(), context.jobs)
            try:
                if reads:
                    return await original(request)
                return await _write(request, session, caller, original)
            finally:
                await run_in_threadpool(session.close)

        return handle


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").split(";")[0].strip().lower()


async def _write(
    request: Request, session: Session, caller: Caller | None, original: Callable[[Request], Awaitable[Response]]
) -> Response:
    key = request.headers.get(idempotency.HEADER)
    sender = caller.sender if caller else "publiek"
    if key is not None:
        idempotency.check_key(key)
        mark = idempotency.fingerprint(request.method, request.url.path, request.url.query, await request.body())
        first = await run_in_threadpool(idempotency.claim, session, sender, key, mark)
        if first is not None:
            return Response(first.antwoord, first.status or 200, {**(first.kopregels or {}), idempotency.REPLAYED: "true"})
    response = await original(request)

    def finish() -> None:
        session.flush()
        assert session.info.get("audited") or response.status_code == 200, f"{request.url.path}: a write without audit row"
        if key is not None:
            headers = {k: v for k, v in response.headers.items() if k in _STORED_HEADERS}
            idempotency.complete(session, sender, key, status=response.status_code, headers=headers, body=bytes(response.body))
        session.commit()

    await run_in_threadpool(finish)
    return response


def router(prefix: str, tag: str) -> APIRouter:
    """A feature's router: edge route, prefix and OpenAPI tag."""
    return APIRouter(prefix=prefix, tags=[tag], route_class=EdgeRoute)
