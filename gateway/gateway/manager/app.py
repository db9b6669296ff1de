"""The Manager as an ASGI app; only nginx reaches it, over a unix socket."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from gateway.deployment import Deployment
from gateway.errors import ManagerError
from gateway.manager.router import TOKEN_PATH, error_response, router, token_refusal

log = logging.getLogger("gateway.manager")


def build(deployment: Deployment) -> FastAPI:
    """Build the app; every error leaves in FSC form."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.deployment = deployment
    app.include_router(router)

    @app.exception_handler(ManagerError)
    async def refused(request: Request, error: ManagerError) -> Response:
        if request.url.path == TOKEN_PATH and error.status == 400:
            return token_refusal("invalid_client", error.message)
        return error_response(error)

    @app.exception_handler(HTTPException)
    async def http_error(request: Request, error: HTTPException) -> Response:
        code = {404: "ERROR_CODE_NOT_FOUND", 405: "ERROR_CODE_METHOD_UNSUPPORTED"}.get(
            error.status_code, "ERROR_CODE_MALFORMED_REQUEST"
        )
        answer = error_response(
            ManagerError(code, f"{request.method} {request.url.path} bestaat niet in de Manager-API.", status=error.status_code)
        )
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(Exception)
    async def crash(request: Request, error: Exception) -> Response:
        log.error("unhandled error on %s %s", request.method, request.url.path, exc_info=error)
        return error_response(
            ManagerError("ERROR_CODE_INTERNAL", "Er ging iets mis in deze Manager; probeer het later opnieuw.", status=500)
        )

    return app
