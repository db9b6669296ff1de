"""The edge of every request, in this order: caller, access, one transaction, idempotency, audit.

A router uses `route_class=EdgeRoute` and declares `Access` on every route; use cases get a `Work`. The event loop finds the
caller and reads the body. Everything that may wait for the database then runs in one thread (see `lanes`).
"""

from __future__ import annotations

import asyncio
import functools
import inspect
from collections.abc import Callable, Coroutine, Hashable, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic.alias_generators import to_camel
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from starlette.requests import ClientDisconnect

from gemeengoed_kit import idempotency
from gemeengoed_kit.arguments import Found, Handler
from gemeengoed_kit.audit import Actor
from gemeengoed_kit.context import Context, Work
from gemeengoed_kit.errors import Forbidden, TooSlow, Unavailable
from gemeengoed_kit.identity import Caller, KeysNeeded, refusal
from gemeengoed_kit.kept import Keeps
from gemeengoed_kit.observe.logs import also
from gemeengoed_kit.problem import ROLLED_BACK, passes
from gemeengoed_kit.reading import Query as GivenQuery
from gemeengoed_kit.reading import StrictRequest
from gemeengoed_kit.schema import YesNo
from gemeengoed_kit.upload import File, Upload

MAX_BODY_BYTES = 2_000_000
BODY_SECONDS = 30.0
"""Timeout for receiving the body of a request."""

_STORED_HEADERS = ("content-type", "location", "etag")
_READ = {"GET", "HEAD"}
_CLIENT_GONE = 499  # nobody reads it; nginx's status for a client that left, for the metrics
_IN_THREAD = "in_thread"
SECURITY_SCHEME = "fscToken"
_TRY = "proef"
_CHECK_NOW = text("SET CONSTRAINTS ALL IMMEDIATE")
TRIED = (
    "Een proef: het antwoord dat zonder `proef` zou volgen. Niets is vastgelegd: wat erin een identificatie heeft, bestaat niet."
)
"""For the specification: a 200 of an operation that may be tried."""
Tried = Annotated[
    YesNo,
    Query(
        alias=_TRY,
        description="`true`: alleen proberen. Het antwoord (200) en de weigeringen zijn dezelfde; er wordt niets vastgelegd, en "
        "de Idempotency-Key telt niet mee.",
    ),
]
"""Parameter of a write that may be tried. The edge then rolls back what the endpoint did, after every check of the database;
the endpoint only answers 200."""


class Access:
    """Who may use a route: callers with one of these roles, or everybody (`Access.public`)."""

    def __init__(self, *roles: str, public: bool = False) -> None:
        if public == bool(roles):
            raise TypeError("name the roles, or say that the route is public")
        self.roles, self.public = frozenset(roles), public

    async def __call__(self) -> None:
        """A dependency only so that a route can declare it. `EdgeRoute` does the check, before it reads the body."""

    def check(self, caller: Caller | None) -> None:
        """Refuse a caller without the right role.

        Raises:
            Unauthenticated: a token is needed, but there is none.
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


class EdgeRoute(APIRoute):
    """Runs a route in one thread and one transaction, which commits before the answer is sent."""

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
        original = Found.of(self.dependant).handler(self)
        access = self._access()
        reads = (self.methods or set()) <= _READ
        in_thread = getattr(self.endpoint, _IN_THREAD, False)
        takes_json = self.body_field is not None
        upload = next((call for call in _dependencies(self.dependant) if isinstance(call, Upload)), None)
        query = GivenQuery.of(self.dependant)
        has_input = takes_json or bool(self.dependant.path_params or query.names)
        keeps: Keeps | None = getattr(self.endpoint, "keeps", None)
        has_input = has_input or keeps is not None
        carry_out = _write if not reads else _read if keeps is None else functools.partial(_read_or_kept, keeps)

        async def handle(request: Request) -> Response:
            context: Context = request.app.state.context
            caller = await _authenticate(context, request)
            if caller is not None:
                also(peer=caller.peer_id)
            access.check(caller)
            if takes_json and _media_type(request) not in ("", "application/json"):
                raise HTTPException(415)
            if has_input:
                request.state.query = query.read(request.scope["query_string"])
            if takes_json:
                request = StrictRequest(request.scope, request.receive)
            request.state.caller = caller
            try:
                if upload is not None:
                    async with upload.received(request) as request.state.file:
                        request.state.upload = upload
                        return await answer(context, request)
                if not reads:
                    await _body(request)
                return await answer(context, request)
            except ClientDisconnect:
                return Response(status_code=_CLIENT_GONE)

        async def answer(context: Context, request: Request) -> Response:
            if not in_thread:
                return await original(request)
            lane = context.lanes.reading if reads else context.lanes.writing
            return await lane.run(functools.partial(carry_out, context, request, original))

        return handle


def _dependencies(dependant: Dependant) -> Iterator[Any]:
    for part in dependant.dependencies:
        yield part.call
        yield from _dependencies(part)


def _without_hop(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    """The endpoint as a coroutine function, so that FastAPI calls it in the current thread: the one that `handle` chose.

    An endpoint that already is a coroutine function needs no database, and runs on the event loop.
    """
    if inspect.iscoroutinefunction(endpoint):  # also when `include_router` makes each route again
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
        except KeysNeeded as needed:  # raised again only while another fetch is running
            await needed.wait(context.lanes.reading.wait_seconds)


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").split(";")[0].strip().lower()


def _begin(context: Context, request: Request, session: Session) -> None:
    caller: Caller | None = request.state.caller
    request.state.work = context.work_in(session, caller.actor if caller else Actor())


def _read(context: Context, request: Request, original: Handler, keeps: Keeps | None = None, key: Hashable = None) -> Response:
    with context.readers() as session:
        _begin(context, request, session)
        merk = keeps.seen(session.connection()) if keeps is not None else ""
        response = _finished(original(request))
        session.commit()  # nothing was written, but a ROLLBACK would make psycopg forget its prepared statements
    if keeps is not None:
        context.kept.keep(key, merk, response)
    return response


def _read_or_kept(keeps: Keeps, context: Context, request: Request, original: Handler) -> Response:
    key = keeps.key(request, context.clock) if context.kept.most_bytes else None
    if key is None:
        return _read(context, request, original)
    known = context.kept.find(key, keeps.now(context.reading))
    if known is None:
        with context.kept.turn(key) as waited:
            known = context.kept.find(key, keeps.now(context.reading)) if waited else None
            if known is None:
                known = _read(context, request, original, keeps, key)
    return known


def _write(context: Context, request: Request, original: Handler) -> Response:
    if isinstance(request, StrictRequest) and _finished(request.body()):
        _finished(request.json())  # a malformed body is refused before anything else is done
    file: File | None = getattr(request.state, "file", None)
    if file is not None:
        request.state.uploaded = request.state.upload.read(file)
    caller: Caller | None = request.state.caller
    tried = _tries(request)
    keyed = request.method in idempotency.METHODS and not tried
    key, sender = request.headers.get(idempotency.HEADER) if keyed else None, caller.sender if caller else "publiek"
    with context.sessions() as session:
        _begin(context, request, session)
        if key is not None:
            idempotency.check_key(key)
            content = file.digest if file else _finished(request.body())
            mark = idempotency.fingerprint(request.method, request.url.path, request.url.query, content)
            first = idempotency.claim(session, sender, key, mark)
            if first is not None:
                return Response(first.antwoord, first.status or 200, {**(first.kopregels or {}), idempotency.REPLAYED: "true"})
        response = _finished(original(request))
        session.flush()
        if tried:
            session.execute(_CHECK_NOW)
            session.rollback()
            return response
        if not session.info.get("audited") and response.status_code != 200:
            raise RuntimeError(f"{request.url.path}: a write without audit row")
        if key is not None:
            headers = {k: v for k, v in response.headers.items() if k in _STORED_HEADERS}
            idempotency.complete(session, sender, key, status=response.status_code, headers=headers, body=bytes(response.body))
        _commit(session)
        return response


def _tries(request: Request) -> bool:
    """Whether this is a try. Only a route that declares the parameter lets it through."""
    query = getattr(request.state, "query", None)
    return isinstance(query, dict) and query.get(_TRY) == "true"


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
    """The result of a coroutine that never has to wait: its body has been read, and its dependencies do not wait."""
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value
    coroutine.close()
    raise RuntimeError("an endpoint or dependency waits for the event loop; it runs in a thread")


def router(prefix: str, tag: str) -> APIRouter:
    """A feature's router, with the edge route class, a prefix and an OpenAPI tag."""
    return APIRouter(
        prefix=prefix,
        tags=[tag],
        route_class=EdgeRoute,
        generate_unique_id_function=lambda route: to_camel(route.name),
        max_body_size=MAX_BODY_BYTES,
    )
