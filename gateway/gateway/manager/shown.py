"""What another Directory says in GET /services (manager.yaml): read strictly where we use it, open to all else."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field


class Provider(BaseModel):
    id: str = Field(min_length=1)
    name: str


class Delegator(BaseModel):
    peer_id: str


class ShownService(BaseModel):
    """A service as a Directory shows it.

    Attributes:
        delegator: on whose behalf it is offered.
        properties: of the publication; what another peer wrote in them is not judged here.
    """

    name: str = Field(min_length=1)
    peer: Provider
    protocol: str
    delegator: Delegator | None = None
    properties: dict[str, Any] | None = None


class _Row(BaseModel):
    data: ShownService


class _Pagination(BaseModel):
    next_cursor: str


class ServicePage(BaseModel):
    """One page."""

    services: list[_Row]
    pagination: _Pagination
