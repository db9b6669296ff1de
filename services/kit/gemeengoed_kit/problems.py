"""Which problems an API can answer: by name, per operation in its specification, and explained at GET /problemen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Path
from fastapi.routing import iter_route_contexts
from pydantic import ConfigDict, Field

from gemeengoed_kit.errors import (
    GENERAL,
    Crashed,
    Forbidden,
    Invalid,
    NotAcceptable,
    NotFound,
    Refusal,
    TargetTooLong,
    TooLarge,
    TooSlow,
    Unauthenticated,
    Unavailable,
    UnknownMediaType,
    refuses,
)
from gemeengoed_kit.idempotency import METHODS, KeyReused
from gemeengoed_kit.identity import KeysUnavailable
from gemeengoed_kit.lanes import Busy
from gemeengoed_kit.problem import MEDIA_TYPE, TYPE_BASE
from gemeengoed_kit.route import public, router
from gemeengoed_kit.schema import Output

Kinds = tuple[type[Refusal], ...]

EVERYWHERE: Kinds = (*GENERAL.values(), KeyReused, Busy, KeysUnavailable)
"""The refusals of the edge of the service; no operation needs to declare them."""


class ProblemUnknown(NotFound):
    type, title = "probleem-niet-gevonden", "Soort probleem niet gevonden"
    meaning = "Deze dienst kent geen probleem met deze naam."
    remedy = "Vraag `/v1/problemen` op voor alle soorten; elk `type` in een foutmelding is een pad daarin."


class ProblemKind(Output):
    """Een soort probleem: wat het betekent en wat eraan te doen is."""

    model_config = ConfigDict(title="Probleemsoort")

    type: str = Field(description="Pad van het soort, zoals foutmeldingen het noemen.", examples=["/v1/problemen/te-druk"])
    status: int | None = Field(
        ge=400,
        le=599,
        description="HTTP-statuscode waarmee het komt; null als het alleen bij een opdracht op de achtergrond staat.",
        examples=[503],
    )
    title: str = Field(description="Korte naam.", examples=["Te druk"])
    betekenis: str = Field(description="Wat er mis is.", examples=["Alle werkplaatsen waren bezet; er is niets begonnen."])
    oplossing: str = Field(description="Wat u kunt doen.", examples=["Herhaal de aanvraag na `Retry-After` seconden."])


class ProblemKinds(Output):
    """Alle soorten problemen van deze dienst."""

    model_config = ConfigDict(title="Probleemsoorten")

    results: list[ProblemKind] = Field(description="De soorten, op status en naam.")


def declared(endpoint: Callable[..., Any] | None) -> Kinds:
    """What an operation declares with `refuses`."""
    return getattr(endpoint, "refuses", ())


def declared_by_operation(api: FastAPI) -> dict[tuple[str, str], Kinds]:
    """(method in lower case, path) to what that operation declares."""
    return {
        (method.lower(), route.path): declared(route.endpoint)
        for route in iter_route_contexts(api.routes)
        for method in route.methods or ()
        if route.path is not None
    }


def answered_by(api: FastAPI) -> Kinds:
    """Every kind of problem that comes as an answer."""
    return (*EVERYWHERE, *(kind for kinds in declared_by_operation(api).values() for kind in kinds))


def failures_of(api: FastAPI) -> Kinds:
    """What may end work in the background, as `create_api` was told."""
    return getattr(api.state, "failures", ())


def kinds_of(api: FastAPI) -> dict[str, type[Refusal]]:
    """Every kind of problem that an API can answer or show, by type.

    Raises:
        ValueError: two kinds have the same type, so one of them could not be looked up.
    """
    found: dict[str, type[Refusal]] = {}
    for kind in (*answered_by(api), *failures_of(api)):
        if found.setdefault(kind.type, kind) is not kind:
            raise ValueError(f"{kind.type} is both {kind} and {found[kind.type]}")
    return found


def of_edge(method: str, operation: dict[str, Any], *, fsc: bool) -> list[type[Refusal]]:
    """The refusals of the edge of the service for an operation.

    Args:
        fsc: callers have a role in a contract, and the service needs its Manager's keys to verify their tokens.
    """
    found: list[type[Refusal]] = [NotAcceptable, TargetTooLong, Crashed, Unavailable, Busy]
    if operation.get("parameters") or method in ("post", "put", "patch"):
        found.append(Invalid)
    if method != "get":
        found.append(TooSlow)
    if "requestBody" in operation:
        found += [TooLarge, UnknownMediaType]
    if fsc:  # also for a public operation: a token that is sent must be valid
        found.append(KeysUnavailable)
    if fsc or operation.get("security"):
        found.append(Unauthenticated)
    if fsc and operation.get("security"):
        found.append(Forbidden)
    if method.upper() in METHODS:
        found.append(KeyReused)
    return found


def content(kinds: Iterable[type[Refusal]]) -> dict[str, Any]:
    """The media type of a problem, with an example of each kind; all kinds have the same status."""
    examples = {kind.type: _example(kind) for kind in sorted(kinds, key=lambda kind: kind.type)}
    return {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": examples}}


def _example(kind: type[Refusal]) -> dict[str, Any]:
    value = {"type": TYPE_BASE + kind.type, "status": kind.status, "title": kind.title, "detail": kind.meaning}
    return {"summary": kind.title, "description": kind.remedy, "value": value}


def problems_router(api: FastAPI) -> APIRouter:
    """GET /problemen and /problemen/{type}, for everybody: the `type` of a problem is a path to the second."""
    routes = router("", "dienst")

    @cache
    def known() -> dict[str, type[Refusal]]:
        return kinds_of(api)

    @routes.get("/problemen", summary="Soorten problemen opvragen", response_description="De soorten.", dependencies=[public()])
    async def list_problemen() -> ProblemKinds:
        """Alle soorten problemen waarmee deze dienst kan antwoorden."""
        return ProblemKinds.make(results=sorted(map(shown, known().values()), key=lambda kind: (kind.status or 0, kind.type)))

    @routes.get(
        "/problemen/{type}", summary="Soort probleem opvragen", response_description="Het soort.", dependencies=[public()]
    )
    @refuses(ProblemUnknown)
    async def get_probleem(
        type: Annotated[str, Path(pattern="^[a-z0-9-]{1,100}$", description="Naam van het soort.", examples=["te-druk"])],
    ) -> ProblemKind:
        """Wat een soort probleem betekent en wat eraan te doen is; het `type` van een foutmelding leidt hierheen."""
        kind = known().get(type)
        if kind is None:
            raise ProblemUnknown(f"Er is geen soort probleem {type}.")
        return shown(kind)

    def shown(kind: type[Refusal]) -> ProblemKind:
        status = kind.status if kind in answered_by(api) else None
        return ProblemKind.make(
            type=TYPE_BASE + kind.type, status=status, title=kind.title, betekenis=kind.meaning, oplossing=kind.remedy
        )

    return routes
