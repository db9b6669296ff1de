"""The arguments of an endpoint that the edge finds itself, in place of FastAPI.

FastAPI handles every member of a query model in Python, and every dependency with all kinds of parameters that it might have:
for a list with twenty filters that costs more than the answer. So a query model is validated here in one go, and dependencies
that need the request or the response alone are called directly. As soon as anything is wrong with a request, FastAPI does all
of it after all, and its errors are the answer.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from inspect import iscoroutinefunction
from typing import Any

from fastapi import Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError

from gemeengoed_kit.reading import query_model

_REQUEST, _RESPONSE = "_request", "_response"
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


@dataclass(frozen=True)
class Found:
    """What the edge finds for an endpoint.

    Attributes:
        model: the model of its query, with the argument's name; None when it has no such model.
        absent: the defaults of its other query parameters, for requests without a query.
        direct: dependencies that need the request and the response alone.
    """

    model: tuple[str, type[BaseModel]] | None
    absent: Mapping[str, Any]
    direct: tuple[Dependant, ...]

    @classmethod
    def of(cls, dependant: Dependant) -> Found:
        models = [(field.name, model) for field in dependant.query_params if (model := query_model(field)) is not None]
        whole = models[0] if len(models) == len(dependant.query_params) == 1 else None
        optional = not models and not any(field.field_info.is_required() for field in dependant.query_params)
        absent = {field.name: field.default for field in dependant.query_params} if optional else {}
        if any(isinstance(value, list | dict | set) for value in absent.values()):
            absent = {}  # each request needs its own
        return cls(whole, absent, tuple(inner for inner in dependant.dependencies if _is_direct(inner)))

    def rest(self, dependant: Dependant) -> Dependant:
        """The endpoint's dependant as FastAPI is to handle it: without what is found here."""
        own_request, own_response = dependant.request_param_name, dependant.response_param_name
        call = dependant.call
        assert call is not None

        async def with_found(**arguments: Any) -> Any:
            request = arguments[own_request] if own_request else arguments.pop(_REQUEST)
            response = arguments[own_response] if own_response else arguments.pop(_RESPONSE)
            for inner in self.direct:
                given = {}
                if inner.request_param_name:
                    given[inner.request_param_name] = request
                if inner.response_param_name:
                    given[inner.response_param_name] = response
                assert inner.call is not None
                found = await inner.call(**given)
                if inner.name is not None:
                    arguments[inner.name] = found
            if self.model is not None:
                arguments[self.model[0]] = request.state.query
            arguments.update(self.absent)
            return await call(**arguments)

        return dataclasses.replace(
            dependant,
            call=with_found,
            dependencies=[inner for inner in dependant.dependencies if inner not in self.direct],
            query_params=[] if self.model is not None or self.absent else dependant.query_params,
            request_param_name=own_request or _REQUEST,
            response_param_name=own_response or _RESPONSE,
        )

    def handler(self, route: APIRoute) -> Handler:
        """The handler of a route: quick where nothing is wrong, else FastAPI's own."""
        complete = APIRoute.get_route_handler(route)
        other = copy.copy(route)
        other.dependant = self.rest(route.dependant)
        quick = APIRoute.get_route_handler(other)
        model = self.model[1] if self.model is not None else None

        async def handle(request: Request) -> Response:
            if self.absent and request.state.query:
                return await complete(request)
            try:
                if model is not None:
                    request.state.query = model.model_validate(request.state.query)
                return await quick(request)
            except (ValidationError, RequestValidationError):
                return await complete(request)

        return handle


def _is_direct(dependant: Dependant) -> bool:
    """Whether a dependency is a coroutine function of the request and the response alone."""
    other = (
        dependant.dependencies,
        dependant.path_params,
        dependant.query_params,
        dependant.header_params,
        dependant.cookie_params,
        dependant.body_params,
        dependant.websocket_param_name,
        dependant.http_connection_param_name,
        dependant.background_tasks_param_name,
        dependant.security_scopes_param_name,
    )
    call: Any = dependant.call
    return (iscoroutinefunction(call) or iscoroutinefunction(type(call).__call__)) and not any(other)
