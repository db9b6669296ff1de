"""The measure for lists, search and facets: what FastAPI, psycopg and pydantic cost by themselves, with the same SQL as ours.

`python -m tests.bench.bare_catalogus <address> <port> <processes>`, with BARE_CATALOGUS_URL, and in BARE_CATALOGUS_SQL the file
that `catalogus.record` has made: the statements that ours carried out for each path, with their values. So the SQL is the same by
construction. Beside them there are only typed parameters of the query, a pool, and models with the same fields.
"""

from __future__ import annotations

import json
import os
import sys
from itertools import groupby
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from pydantic.alias_generators import to_camel

from tests.bench.bare import Model, VoorzieningenPagina, links, main, pool

VARIABLE = "BARE_CATALOGUS_SQL"


class Facetwaarde(Model):
    waarde: str
    aantal: int


class Facet(Model):
    filter: str
    waarden: list[Facetwaarde]


class Facetten(Model):
    count: int
    results: list[Facet]


def served() -> FastAPI:
    """The application of one process."""
    database, app = pool("BARE_CATALOGUS_URL"), FastAPI(openapi_url=None)
    statements: dict[str, list[tuple[str, Any]]] = json.loads(Path(os.environ[VARIABLE]).read_text("utf-8"))

    def rows(request: Request) -> list[dict[str, Any]]:
        """What the last statement for this path finds."""
        with database.connection() as connection:
            for statement, values in statements[f"{request.url.path}?{request.url.query}".rstrip("?")]:
                found = connection.execute(statement, values).fetchall()
        return found

    @app.get("/v1/voorzieningen")
    def voorzieningen(
        request: Request, page: int = 1, pageSize: int = 100, zoek: str | None = None, domein: str | None = None
    ) -> VoorzieningenPagina:
        found, count = rows(request), 0
        if found:
            count = found[0]["aantal"]
        given = "&".join(part for part in request.url.query.split("&") if not part.startswith("page") and part)
        path = f"{request.url.path}?{given}" if given else request.url.path
        return VoorzieningenPagina(**links(path, page, pageSize, count), results=found)  # type: ignore[arg-type]

    @app.get("/v1/voorzieningen/facetten")
    def facetten(request: Request, zoek: str | None = None, domein: str | None = None) -> Facetten:
        found = groupby(rows(request), lambda row: row["filter"])
        results = [{"filter": to_camel(name), "waarden": list(values)} for name, values in found]
        status = [facet["waarden"] for facet in results if facet["filter"] == "publicatiestatus"]
        count = sum(value["aantal"] for value in status[0]) if status else 0
        return Facetten(count=count, results=results)  # type: ignore[arg-type]

    return app


if __name__ == "__main__":
    main(served, sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
