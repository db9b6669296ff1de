"""Problem details (RFC 9457) for every error; 400 where FastAPI would say 422."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from gemeengoed_kit.errors import GENERAL, Invalid, InvalidParam, Refusal

log = logging.getLogger("gemeengoed.problem")
MEDIA_TYPE = "application/problem+json"
TYPE_BASE = "/v1/problemen/"
"""Where a service explains a type of problem. It is a path, so it works through whichever Outway the answer came."""

DETAILS = {status: kind.meaning for status, kind in GENERAL.items()}

ROLLED_BACK = {"40001", "40P01", "55P03", "57014", "25P03"}
"""SQLSTATE of errors that a retry may solve: serialization failure, deadlock, lock not available, query cancelled, idle in
transaction for too long."""
_AWAY = ("08", "53", "57P")
"""First characters of SQLSTATE when the database is not available: connection lost, no room, shutting down or starting."""

# pydantic's error types in Dutch; {names} come from the error's context.
_REASONS = {
    "missing": "verplicht gegeven ontbreekt",
    "extra_forbidden": "onbekend gegeven",
    "json_invalid": "geen geldige JSON",
    "string_type": "moet tekst zijn",
    "string_unicode": "geen geldige Unicode-tekst",
    "int_type": "moet een geheel getal zijn",
    "int_parsing": "moet een geheel getal zijn",
    "bool_parsing": "moet true of false zijn",
    "bool_type": "moet true of false zijn",
    "list_type": "moet een lijst zijn",
    "dict_type": "moet een object zijn",
    "model_type": "moet een object zijn",
    "model_attributes_type": "moet een object zijn",
    "decimal_parsing": "moet een decimaal getal zijn",
    "date_parsing": "geen bestaande datum",
    "date_from_datetime_parsing": "geen bestaande datum",
    "datetime_parsing": "geen bestaand moment",
    "datetime_from_date_parsing": "geen bestaand moment",
    "timezone_aware": "noem de tijdzone, bijvoorbeeld Z",
    "uuid_parsing": "geen geldig UUID",
    "uuid_type": "geen geldig UUID",
    "literal_error": "kies uit {expected}",
    "enum": "kies uit {expected}",
    "string_pattern_mismatch": "voldoet niet aan het patroon {pattern}",
    "string_too_short": "minstens {min_length} tekens",
    "string_too_long": "hoogstens {max_length} tekens",
    "too_short": "minstens {min_length} waarden",
    "too_long": "hoogstens {max_length} waarden",
    "greater_than_equal": "minstens {ge}",
    "less_than_equal": "hoogstens {le}",
    "greater_than": "meer dan {gt}",
    "less_than": "minder dan {lt}",
}


def problem(
    status: int,
    detail: str,
    *,
    instance: str | None = None,
    type: str | None = None,
    title: str | None = None,
    headers: dict[str, str] | None = None,
    invalid_params: list[InvalidParam] | None = None,
    **extra: Any,
) -> JSONResponse:
    """An application/problem+json response. Without `type` it has the general type of its status. `extra` become extension
    members."""
    kind = GENERAL.get(status, Refusal)
    body: dict[str, Any] = {
        "type": TYPE_BASE + (type or kind.type),
        "status": status,
        "title": title or kind.title,
        "detail": detail,
    }
    if instance is not None:
        body["instance"] = instance
    if invalid_params:
        body["invalidParams"] = [{"name": p.name, "code": p.code, "reason": p.reason} for p in invalid_params]
    return JSONResponse({**body, **extra}, status, headers, MEDIA_TYPE)


def refusal_response(request: Request, refusal: Refusal) -> JSONResponse:
    return problem(
        refusal.status,
        refusal.detail,
        instance=request.url.path,
        type=refusal.type,
        title=refusal.title,
        headers=refusal.headers,
        invalid_params=refusal.invalid_params,
        **refusal.extra,
    )


def _reason(error: dict[str, Any]) -> str:
    context = {name: str(value).replace(" or ", " of ") for name, value in error.get("ctx", {}).items()}
    template = _REASONS.get(error["type"])
    return template.format(**context) if template else error["msg"].removeprefix("Value error, ")


def invalid_input(errors: list[Any]) -> Invalid:
    """One refusal that names all of pydantic's errors."""
    params = [InvalidParam(".".join(str(p) for p in e["loc"][1:]) or str(e["loc"][0]), e["type"], _reason(e)) for e in errors]
    return Invalid(f"De aanvraag bevat {len(params)} ongeldig(e) gegeven(s); zie invalidParams.", invalid_params=params)


def passes(error: Exception) -> bool:
    """Whether a database error may go away with a retry: a conflict with others, or the database was not available."""
    if isinstance(error, PoolTimeout):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", None)
    if state is None:  # from psycopg itself: no connection, or it was lost
        return isinstance(error, OperationalError) or error.connection_invalidated
    return state in ROLLED_BACK or state.startswith(_AWAY)


def install_problem(app: FastAPI) -> None:
    """Register the handlers that turn every exception into a problem."""

    @app.exception_handler(Refusal)
    async def refused(request: Request, exc: Refusal) -> JSONResponse:
        return refusal_response(request, exc)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, exc: RequestValidationError) -> JSONResponse:
        return refusal_response(request, invalid_input(list(exc.errors())))

    @app.exception_handler(HTTPException)  # Starlette's class: the router's own 404 and 405 too
    async def http_error(request: Request, exc: HTTPException) -> JSONResponse:
        headers = dict(exc.headers or {})
        if exc.status_code == 405:  # the router names the methods of one route only; RFC 9110 requires them all
            headers["Allow"] = ", ".join(sorted(allowed_methods(request)))
        return problem(
            exc.status_code,
            DETAILS.get(exc.status_code, "De aanvraag is niet uitgevoerd."),
            instance=request.url.path,
            headers=headers,
        )

    @app.exception_handler(DBAPIError)
    @app.exception_handler(PoolTimeout)
    async def busy(request: Request, exc: SQLAlchemyError) -> JSONResponse:
        if not passes(exc):
            raise exc
        log.warning("given up: %s", str(getattr(exc, "orig", exc)).strip())
        return problem(503, DETAILS[503], instance=request.url.path, headers={"Retry-After": "5"})

    @app.exception_handler(Exception)
    async def crash(request: Request, exc: Exception) -> JSONResponse:
        log.error("unhandled error", exc_info=exc)
        return problem(500, DETAILS[500], instance=request.url.path)


def allowed_methods(request: Request) -> set[str]:
    """The methods of a path, of all routes that have it: the router knows those of one route only."""
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    routes = [route for route in request.app.routes if isinstance(route, APIRoute) and route.path_regex.fullmatch(path)]
    found = {method for route in routes for method in route.methods or ()}
    return found | ({"HEAD"} if "GET" in found else set())
