"""The measure for lists, search, facets and coverage: what FastAPI, psycopg and pydantic cost by themselves, with our SQL.

`python -m tests.bench.bare_catalogus <address> <port> <processes>`, with BARE_CATALOGUS_URL, and in BARE_CATALOGUS_SQL the file
that `catalogus.record` has made: the statements that ours carried out for each path, with their values. So the SQL is the same by
construction. Beside them there are only typed parameters of the query, a pool, and models with the same fields. Coverage is
reckoned from its rows by rules of privacy; bare makes no sums, and puts the answer that ours gave in its models.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from pydantic.alias_generators import to_camel

from tests.bench.bare import Model, Pagina, VoorzieningenPagina, links, main, pool

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


class Bereik(Model):
    weergave: str
    gemeenten: int | None
    van_gemeenten: int
    gemeenten_procent: float | None
    inwoners: int | None
    van_inwoners: int
    inwoners_procent: float | None


class Groepsdekking(Bereik):
    groep: str
    voorzieningen: int
    deelnames: int | None
    van_deelnames: int
    deelnames_procent: float | None


class Dekking(Model):
    op: date
    per: str
    land: Groepsdekking
    results: list[Groepsdekking]


class Voorzieningdekking(Bereik):
    voorziening: str
    naam: str
    domein: str


class VoorzieningdekkingPagina(Pagina):
    op: date
    results: list[Voorzieningdekking]


class Provinciedekking(Bereik):
    provincie: str


class DekkingVanVoorziening(Voorzieningdekking):
    op: date
    provincies: list[Provinciedekking]


def served() -> FastAPI:
    """The application of one process."""
    database, app = pool("BARE_CATALOGUS_URL"), FastAPI(openapi_url=None)
    recorded: dict[str, tuple[list[tuple[str, Any]], dict[str, Any]]] = json.loads(Path(os.environ[VARIABLE]).read_text("utf-8"))

    def asked(request: Request) -> tuple[list[tuple[str, Any]], dict[str, Any]]:
        """(statements, answer of ours) for this path."""
        return recorded[f"{request.url.path}?{request.url.query}".rstrip("?")]

    def rows(request: Request) -> list[dict[str, Any]]:
        """What the last statement for this path finds."""
        with database.connection() as connection:
            for statement, values in asked(request)[0]:
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

    @app.get("/v1/dekking")
    def dekking(request: Request, per: str = "domein", op: date | None = None) -> Dekking:
        rows(request)
        return Dekking.model_validate(asked(request)[1])

    @app.get("/v1/dekking/voorzieningen")
    def dekking_van_alle(request: Request, page: int = 1, pageSize: int = 100) -> VoorzieningdekkingPagina:
        rows(request)
        return VoorzieningdekkingPagina.model_validate(asked(request)[1])

    @app.get("/v1/voorzieningen/{code}/dekking")
    def dekking_van_een(request: Request, code: str, op: date | None = None) -> DekkingVanVoorziening:
        rows(request)
        return DekkingVanVoorziening.model_validate(asked(request)[1])

    return app


if __name__ == "__main__":
    main(served, sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
