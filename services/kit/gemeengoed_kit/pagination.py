"""Pages: `page` and `pageSize` in, count, next, previous and results out, with a Link header (paths, no hosts)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response
from pydantic import Field
from sqlalchemy import Result, Select, func, select
from sqlalchemy.orm import Session

from gemeengoed_kit.schema import Digits, Input, Output


class PageQuery(Input):
    """Base of every list's query parameters; a misspelt filter is refused, not ignored."""

    page: Digits = Field(1, ge=1, le=1_000_000, description="Paginanummer, vanaf 1.")
    page_size: Digits = Field(100, ge=1, le=500, description="Aantal resultaten per pagina.")


class Page(Output):
    """Base of every list's answer; a subclass adds `results`."""

    count: int = Field(ge=0, description="Totaal aantal resultaten.", examples=[380])
    next: str | None = Field(description="Pad van de volgende pagina.")
    previous: str | None = Field(description="Pad van de vorige pagina.")


LINK_HEADER = {"Link": {"description": "Paginalinks (RFC 8288): first, prev, next en last.", "schema": {"type": "string"}}}


def select_page(session: Session, query: Select[Any], page: PageQuery) -> tuple[int, list[Any]]:
    """(number of all rows, rows of this page). The query selects values (`values_of`) in a deterministic order."""
    return _page(query, page, session.connection().execute)  # the session's own way costs half as much again


def select_objects(session: Session, query: Select[Any], page: PageQuery) -> tuple[int, list[Any]]:
    """As `select_page`, of a query that selects a model, for who needs its objects."""
    count, rows = _page(query, page, session.execute)
    return count, [row[0] for row in rows]


def _page(query: Select[Any], page: PageQuery, execute: Callable[[Any], Result[Any]]) -> tuple[int, list[Any]]:
    before = (page.page - 1) * page.page_size
    rows = list(execute(query.limit(page.page_size).offset(before)).all())
    if 0 < len(rows) < page.page_size or (not rows and not before):  # the last page tells how many there are
        return before + len(rows), rows
    return execute(select(func.count()).select_from(query.order_by(None).subquery())).scalar_one(), rows


def page_fields(request: Request, response: Response, page: PageQuery, count: int) -> dict[str, Any]:
    """count, next and previous of a page, and its Link header on the response."""
    last = max(1, -(-count // page.page_size))
    given = [(k, v) for k, v in request.query_params.multi_items() if k not in ("page", "pageSize")]

    def path(number: int) -> str:
        return f"{request.url.path}?{urlencode([*given, ('page', number), ('pageSize', page.page_size)])}"

    numbers = {"first": 1, "prev": page.page - 1, "next": page.page + 1, "last": last}
    links = {rel: path(number) for rel, number in numbers.items() if 1 <= number <= last}
    response.headers["Link"] = ", ".join(f'<{target}>; rel="{rel}"' for rel, target in links.items())
    return {"count": count, "next": links.get("next"), "previous": links.get("prev")}
