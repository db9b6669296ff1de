"""Pages: `page` and `pageSize` in; count, next, previous and results out, with a Link header (paths, no hosts).

A list route looks like this. Its service returns the total count, the results of this page, and sums over all pages, if any:

    @facturen.get("", **listing("facturen", roles(ADMINISTRATIE)))
    def list_facturen(work: InWork, wens: Annotated[FacturenFilter, Query()], pages: InPages) -> FacturenPagina:
        ...
        return pages.make(FacturenPagina, wens, *service.list_facturen(work, wens))
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from fastapi import Depends, Request, Response
from pydantic import Field
from sqlalchemy import Result, Select, func, select
from sqlalchemy.orm import Session

from gemeengoed_kit.schema import Digits, Input, Output


class PageQuery(Input):
    """Base of the query parameters of every list; a misspelt filter is refused, not ignored."""

    page: Digits = Field(1, ge=1, le=1_000_000, description="Paginanummer, vanaf 1.")
    page_size: Digits = Field(100, ge=1, le=500, description="Aantal resultaten per pagina.")


class Page(Output):
    """Base of the answer of every list; a subclass adds `results`."""

    count: int = Field(ge=0, description="Totaal aantal resultaten.", examples=[380])
    next: str | None = Field(description="Pad van de volgende pagina.")
    previous: str | None = Field(description="Pad van de vorige pagina.")


AnyPage = TypeVar("AnyPage", bound=Page)
LONGEST_LINK = 7000
"""Bytes of the Link header: together with the others it must fit what proxies take. A longer one is left out."""
_NOTHING: Mapping[str, Any] = {}
_LINK_HEADER = {
    "Link": {
        "description": f"Paginalinks (RFC 8288): first, prev, next en last. Ontbreekt boven {LONGEST_LINK} bytes; `next` en "
        "`previous` staan ook in de inhoud.",
        "schema": {"type": "string"},
    }
}


def select_page(session: Session, query: Select[Any], page: PageQuery, count: Select[Any] | None = None) -> tuple[int, list[Any]]:
    """(number of all rows, rows of this page). The query must select values (`values_of`) in a deterministic order.

    Args:
        count: a query for the number of all rows, where there is one that need not find them.
    """
    return _page(query, page, session.connection().execute, count)  # session.execute costs half as much again


def select_objects(session: Session, query: Select[Any], page: PageQuery) -> tuple[int, list[Any]]:
    """As `select_page`, for a query that selects a model, when its objects are needed."""
    count, rows = _page(query, page, session.execute)
    return count, [row[0] for row in rows]


def _page(
    query: Select[Any], page: PageQuery, execute: Callable[[Any], Result[Any]], count: Select[Any] | None = None
) -> tuple[int, list[Any]]:
    before = (page.page - 1) * page.page_size
    rows = list(execute(query.limit(page.page_size).offset(before)).all())
    if 0 < len(rows) < page.page_size or (not rows and not before):  # the last page gives the total without a count
        return before + len(rows), rows
    if count is None:
        count = select(func.count()).select_from(query.order_by(None).subquery())
    return execute(count).scalar_one(), rows


@dataclass(frozen=True)
class Pages:
    """Builds the answer of a list; a route gets it as `InPages`."""

    request: Request
    response: Response

    def make(
        self, model: type[AnyPage], wens: PageQuery, count: int, results: Sequence[Any], more: Mapping[str, Any] = _NOTHING
    ) -> AnyPage:
        """A page with its links, which are also in the Link header of the response.

        Args:
            count: number of results on all pages.
            more: further fields of the model, such as sums over all pages.
        """
        last = max(1, -(-count // wens.page_size))
        given = urlencode([(k, v) for k, v in self.request.query_params.multi_items() if k not in ("page", "pageSize")])
        before = f"{self.request.url.path}?{given}{given and '&'}page="

        def path(number: int) -> str:
            return f"{before}{number}&pageSize={wens.page_size}"

        numbers = {"first": 1, "prev": wens.page - 1, "next": wens.page + 1, "last": last}
        links = {rel: path(number) for rel, number in numbers.items() if 1 <= number <= last}
        header = ", ".join(f'<{target}>; rel="{rel}"' for rel, target in links.items())
        if len(header) <= LONGEST_LINK:
            self.response.headers["Link"] = header
        return model.make(count=count, next=links.get("next"), previous=links.get("prev"), results=results, **more)


async def _pages(request: Request, response: Response) -> Pages:
    return Pages(request, response)


InPages = Annotated[Pages, Depends(_pages)]
"""Builds the pages of a list route."""


def listing(what: str, access: Any, *refusals: int) -> dict[str, Any]:
    """The options of a list route.

    Args:
        what: what it lists, in Dutch, plural: "facturen".
        access: `public()` or `roles(...)`.
        refusals: statuses that only this list has, such as 404 when it belongs to another resource.
    """
    return {
        "summary": f"{what[0].upper()}{what[1:]} opvragen",
        "response_description": f"Een pagina met {what}.",
        "dependencies": [access],
        "responses": {200: {"headers": _LINK_HEADER}, **{status: {} for status in refusals}},
    }
