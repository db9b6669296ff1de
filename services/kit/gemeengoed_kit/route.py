"""The edge of every request: who calls, may they, one transaction, idempotency, audit. In that order.

A router uses `route_class=EdgeRoute` and declares `Access` on every route; use cases get a `Work`. The event loop checks
who calls and reads the body; all that may wait for the database then happens in one thread (see `lanes`).
"""

from __future__ import annotations

import asyncio
import functools
import inspect
from collections.abc import Callable, Coroutine, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from starlette.requests import ClientDisconnect

from gemeengoed_kit import idempotency
from gemeengoed_kit.audit import Actor
from gemeengoed_kit.context import Context, Work
from gemeengoed_kit.errors import Forbidden, TooSlow, Unavailable
from gemeengoed_kit.identity import Caller, KeysNeeded, refusal
from gemeengoed_kit.observe.logs import also
from gemeengoed_kit.problem import ROLLED_BACK, passes
from gemeengoed_kit.reading import Query, StrictRequest
from gemeengoed_kit.upload import File, Upload

BODY_SECONDS = 30.0
"""How long the body of a request may take to arrive."""

_STORED_HEADERS = ("content-type", "location", "etag")
_READ = {"GET", "HEAD"}
_CLIENT_GONE = 499  # nobody reads it; nginx's word for a client that left, for those who count answers
_IN_THREAD = "in_thread"
SECURITY_SCHEME = "fscToken"


class Access:
    """Who may use a route: callers with one of these roles, or everybody (`Access.public`)."""

    def __init__(self, *roles: str, public: bool = False) -> None:
        if public == bool(roles):
            raise TypeError("name the roles, or say that the route is public")
        self.roles, self.public = frozenset(roles), public

    async def __call__(self) -> None:
        """A dependency only so that a route can declare it; `EdgeRoute` does the checking, before the body is read."""

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


async def _work(request: Request) -> Work:
    return request.state.work


async def _caller(request: Request) -> Caller:
    if request.state.caller is None:
        raise RuntimeError(f"{request.url.path}: a public route asks who calls")
    return request.state.caller


InWork = Annotated[Work, Depends(_work)]
"""The request's unit of work; read-only on GET."""
ByCaller = Annotated[Caller, Depends(_caller)]
"""The verified caller; only on routes that need a role."""

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class EdgeRoute(APIRoute):
    """Runs a route in one thread and one transaction that commits before the answer leaves."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        super().__init__(path, _without_hop(endpoint), **options)
        for call in _dependencies(self.dependant):
            if not inspect.iscoroutinefunction(call) and not inspect.iscoroutinefunction(type(call).__call__):
                raise TypeError(f"{self.path}: dependency {call} must be a coroutine function that waits for nothing")
        access = self._access()
        self.openapi_extra = {**(self.openapi_extra or {}), "security": [] if access.public else [{SECURITY_SCHEME: []}]}
        if not access.public:
            self.description = f"{self.description}\n\nRollen: {', '.join(sorted(access.roles))}."

    def _access(self) -> Access:
        rules = [d.call for d in self.dependant.dependencies if isinstance(d.call, Access)]
        if len(rules) != 1:
            raise TypeError(f"{self.path}: declare access once, with public() or roles(...)")
        return rules[0]

    def get_route_handler(self) -> Handler:
        original = super().get_route_handler()
        access = self._access()
        reads = (self.methods or set()) <= _READ
        in_thread = getattr(self.endpoint, _IN_THREAD, False)
        takes_json = self.body_field is not None
        upload = next((call for call in _dependencies(self.dependant) if isinstance(call, Upload)), None)
        query = Query.of(self.dependant)
        has_input = takes_json or bool(self.dependant.path_params or query.names)
        carry_out = _read if reads else _write

        async def handle(request: Request) -> Response:
            context: Context = request.app.state.context
            caller = await _authenticate(context, request)
            if caller is not None:
                also(peer=caller.peer_id)
            access.check(caller)
            if takes_json and _media_type(request) not in ("", "application/json"):
                raise HTTPException(415)
            if has_input:
                query.check(request.scope["query_string"])
            if takes_json:
                request = StrictRequest(request.scope, request.receive)
            request.state.caller = caller
            file: File | None = None
            try:
                if upload is not None:
                    file = request.state.file = await upload.receive(request)
                elif not reads:
                    await _body(request)
                if not in_thread:
                    return await original(request)
                lane = context.lanes.reading if reads else context.lanes.writing
                return await lane.run(functools.partial(carry_out, context, request, original))
            except ClientDisconnect:
                return Response(status_code=_CLIENT_GONE)
            finally:
                if file is not None:
                    file.content.close()

        return handle


def _dependencies(dependant: Dependant) -> Iterator[Any]:
    for part in dependant.dependencies:
        yield part.call
        yield from _dependencies(part)


def _without_hop(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    """The endpoint as a coroutine function, so that FastAPI calls it where it is: in the thread that `handle` chose.

    One that is a coroutine function itself needs no database, and runs on the event loop.
    """
    if inspect.iscoroutinefunction(endpoint):  # also when `include_router` makes each route a second time
        return endpoint

    @functools.wraps(endpoint)
    async def call(**arguments: Any) -> Any:
        return endpoint(**arguments)

    setattr(call, _IN_THREAD, True)
    return call


async def _body(request: Request) -> None:
    try:
        async with asyncio.timeout(BODY_SECONDS):
            await request.body()
    except TimeoutError:
        raise TooSlow(f"De inhoud kwam niet binnen {BODY_SECONDS:g} s.", headers={"Connection": "close"}) from None


async def _authenticate(context: Context, request: Request) -> Caller | None:
    while True:
        try:
            return context.authenticate(request.headers)
        except KeysNeeded as needed:  # raised again only while another fetch goes on
            await needed.wait(context.lanes.reading.wait_seconds)


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").split(";")[0].strip().lower()


def _begin(context: Context, request: Request, session: Session) -> None:
    caller: Caller | None = request.state.caller
    request.state.work = Work(session, context.clock, caller.actor if caller else Actor(), context.jobs)


def _read(context: Context, request: Request, original: Handler) -> Response:
    with context.readers() as session:
        _begin(context, request, session)
        response = _finished(original(request))
        session.commit()  # nothing was written, but after a ROLLBACK psycopg forgets which statements it has prepared
        return response


def _write(context: Context, request: Request, original: Handler) -> Response:
    if isinstance(request, StrictRequest) and _finished(request.body()):
        _finished(request.json())  # what is malformed is refused before anything is begun
    caller: Caller | None = request.state.caller
    key, sender = request.headers.get(idempotency.HEADER), caller.sender if caller else "publiek"
    with context.sessions() as session:
        _begin(context, request, session)
        if key is not None:
            idempotency.check_key(key)
            file: File | None = getattr(request.state, "file", None)
            content = file.digest if file else _finished(request.body())
            mark = idempotency.fingerprint(request.method, request.url.path, request.url.query, content)
            first = idempotency.claim(session, sender, key, mark)
            if first is not None:
                return Response(first.antwoord, first.status or 200, {**(first.kopregels or {}), idempotency.REPLAYED: "true"})
        response = _finished(original(request))
        session.flush()
        if not session.info.get("audited") and response.status_code != 200:
            raise RuntimeError(f"{request.url.path}: a write without audit row")
        if key is not None:
            headers = {k: v for k, v in response.headers.items() if k in _STORED_HEADERS}
            idempotency.complete(session, sender, key, status=response.status_code, headers=headers, body=bytes(response.body))
        _commit(session)
        return response


def _commit(session: Session) -> None:
    try:
        session.commit()
    except DBAPIError as error:
        if not passes(error) or getattr(error.orig, "sqlstate", None) in ROLLED_BACK:
            raise
        raise Unavailable(
            "De verbinding met de database viel weg bij het vastleggen; het is niet bekend of dat is gelukt. Herhaal de aanvraag "
            "met dezelfde Idempotency-Key, of vraag eerst op wat er is.",
            headers={"Retry-After": "5"},
        ) from error


def _finished(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """The outcome of a coroutine that has nothing to wait for: its body has been read and its dependencies do not wait."""
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value
    coroutine.close()
    raise RuntimeError("an endpoint or dependency waits for the event loop; it runs in a thread")


def router(prefix: str, tag: str) -> APIRouter:
    """A feature's router: edge route, prefix and OpenAPI tag."""
    return APIRouter(prefix=prefix, tags=[tag], route_class=EdgeRoute)
