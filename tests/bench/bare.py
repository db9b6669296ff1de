"""The measure for our edge: what FastAPI, psycopg and pydantic cost by themselves for the same rows and the same JSON.

`python -m tests.bench.bare <address> <port> <processes>`, with BARE_CATALOGUS_URL and BARE_FONDS_URL: synchronous routes, a
pool per database, models with the same fields. It knows no tokens, checks nothing, and writes by the same INSERTs as ours.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import socket
import sys
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, Any

import uvicorn
from fastapi import FastAPI, Header
from gemeengoed_kit.serving import BACKLOG, KEEP_ALIVE_SECONDS
from psycopg import Connection
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb
from psycopg_pool import ConnectionPool
from pydantic import BaseModel, ConfigDict, PlainSerializer
from pydantic.alias_generators import to_camel

CONNECTIONS = 20
"""As many as ours."""
PEER = "00000099000000000002"
DictPool = ConnectionPool[Connection[dict[str, Any]]]


def pool(variable: str) -> DictPool:
    """Connections to the database that an environment variable names."""
    return ConnectionPool(
        os.environ[variable],
        min_size=CONNECTIONS,
        max_size=CONNECTIONS,
        kwargs={"row_factory": dict_row},
        connection_class=Connection[dict[str, Any]],
        open=True,
    )


def _utc(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


Moment = Annotated[datetime, PlainSerializer(_utc, return_type=str, when_used="json")]


class Model(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class VoorzieningKort(Model):
    code: str
    naam: str
    soort: str
    spoor: int | None
    domein: str
    prioriteit: str | None
    omschrijving: str
    eigenaar: str | None
    fase: str | None
    beheerstap: str | None
    mate_van_binding: str | None
    bronvermelding: str
    publicatiestatus: str


class Vindplaats(Model):
    stuk: str
    pagina: str | None
    over: list[str]
    citaat: str


class Voorziening(VoorzieningKort):
    ontwikkelaars: list[str]
    gebruikers: list[str]
    leveranciers: list[str]
    bouwstenen: list[str]
    broncode: str | None
    api_specificatie: str | None
    documentatie: str | None
    vindplaatsen: list[Vindplaats]
    versie: int
    gewijzigd_op: Moment


class Pagina(Model):
    count: int
    next: str | None
    previous: str | None


class VoorzieningenPagina(Pagina):
    results: list[VoorzieningKort]


class Inwoners(Model):
    peildatum: date
    aantal: int
    bron: str


class Gemeente(Model):
    code: str
    naam: str
    provincie: str
    begindatum: date | None
    einddatum: date | None
    opvolgers: list[str]
    inwoners: Inwoners | None = None


class GemeentenPagina(Pagina):
    results: list[Gemeente]


class Verwijzing(Model):
    bron: str
    pad: str


class Regel(Model):
    rekening: str
    bedrag_cent: int


class NieuweBoeking(Model):
    fonds: str
    boekdatum: date
    omschrijving: str
    bron: Verwijzing
    regels: list[Regel]


class Boeking(NieuweBoeking):
    id: uuid.UUID
    volgnummer: int
    geboekt_op: Moment


KORT = ", ".join(VoorzieningKort.model_fields)
VOORZIENING = ", ".join(Voorziening.model_fields)
GEMEENTE = "code, naam, provincie, begindatum, einddatum, coalesce(opvolgers, '{}') AS opvolgers"
GEMEENTEN = (
    "gemeente LEFT JOIN (SELECT oude_code, array_agg(nieuwe_code ORDER BY nieuwe_code) AS opvolgers FROM herindeling "
    "GROUP BY oude_code) AS opvolging ON oude_code = code"
)


def make_app(catalogus: DictPool, fonds: DictPool) -> FastAPI:
    """The application, on these databases."""
    app = FastAPI(openapi_url=None)

    @app.get("/v1/voorzieningen/{code}")
    def voorziening(code: str) -> Voorziening:
        with catalogus.connection() as connection:
            row = connection.execute(f"SELECT {VOORZIENING} FROM voorziening WHERE code = %s", [code]).fetchone()
        return Voorziening.model_validate(row)

    @app.get("/v1/voorzieningen")
    def voorzieningen(page: int = 1, pageSize: int = 100) -> VoorzieningenPagina:
        with catalogus.connection() as connection:
            count, rows = _page(connection, KORT, "voorziening", page, pageSize)
        return VoorzieningenPagina(**links("/v1/voorzieningen", page, pageSize, count), results=rows)  # type: ignore[arg-type]

    @app.get("/v1/gemeenten")
    def gemeenten(page: int = 1, pageSize: int = 100) -> GemeentenPagina:
        with catalogus.connection() as connection:
            count, rows = _page(connection, GEMEENTE, GEMEENTEN, page, pageSize)
        return GemeentenPagina(**links("/v1/gemeenten", page, pageSize, count), results=rows)  # type: ignore[arg-type]

    @app.post("/v1/boekingen", status_code=201)
    def boeken(
        nieuw: NieuweBoeking, idempotency_key: Annotated[str, Header()], fsc_transaction_id: Annotated[str, Header()]
    ) -> Boeking:
        with fonds.connection() as connection:
            return _book(connection, nieuw, idempotency_key, fsc_transaction_id)

    return app


def _page(
    connection: Connection[dict[str, Any]], columns: str, table: str, page: int, size: int
) -> tuple[int, list[dict[str, Any]]]:
    """(number of all rows, rows of this page); a page that is not full tells how many there are, as in ours."""
    before = (page - 1) * size
    query = f"SELECT {columns} FROM {table} ORDER BY code LIMIT %s OFFSET %s"
    rows = connection.execute(query, [size, before]).fetchall()
    if 0 < len(rows) < size:
        return before + len(rows), rows
    row = connection.execute(f"SELECT count(*) AS count FROM {table}").fetchone()
    assert row is not None
    return row["count"], rows


def links(path: str, page: int, size: int, count: int) -> dict[str, Any]:
    """The members of a page beside its results. The path may have a query already."""
    before = "&" if "?" in path else "?"

    def link(number: int) -> str | None:
        return f"{path}{before}page={number}&pageSize={size}" if 1 <= number <= -(-count // size) else None

    return {"count": count, "next": link(page + 1), "previous": link(page - 1)}


def _book(connection: Connection[dict[str, Any]], nieuw: NieuweBoeking, key: str, transaction: str) -> Boeking:
    """The INSERTs of a booking, in the order in which ours does them."""
    now, id = datetime.now(UTC), uuid.uuid4()
    connection.execute(
        "INSERT INTO idempotentie (afzender, sleutel, vingerafdruk) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
        [PEER, key, hashlib.sha256(key.encode()).digest()],
    )
    row = connection.execute(
        "INSERT INTO boeking (id, fonds, boekdatum, geboekt_op, omschrijving, bron, pad, aantal_regels) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (fonds, bron, pad) DO NOTHING RETURNING volgnummer",
        [id, nieuw.fonds, nieuw.boekdatum, now, nieuw.omschrijving, nieuw.bron.bron, nieuw.bron.pad, len(nieuw.regels)],
    ).fetchone()
    assert row is not None, "the document has an entry already"
    connection.execute(
        "INSERT INTO boekingsregel (boeking, regelnummer, fonds, rekening, bedrag_cent) SELECT %s, nummer, %s, rekening, cent "
        "FROM unnest(%s::text[], %s::bigint[]) WITH ORDINALITY AS regel (rekening, cent, nummer)",
        [id, nieuw.fonds, [regel.rekening for regel in nieuw.regels], [regel.bedrag_cent for regel in nieuw.regels]],
    )
    path = f"/v1/boekingen/{id}"
    connection.execute(
        "INSERT INTO audit (op, peer_id, transactie_id, handeling, onderwerp, wijziging) VALUES (%s, %s, %s, %s, %s, %s)",
        [now, PEER, transaction, "boeking.boeken", path, Jsonb(nieuw.model_dump(mode="json", by_alias=True))],
    )
    boeking = Boeking(**nieuw.__dict__, id=id, volgnummer=row["volgnummer"], geboekt_op=now)
    connection.execute(
        "UPDATE idempotentie SET status = 201, kopregels = %s, antwoord = %s WHERE afzender = %s AND sleutel = %s",
        [
            Jsonb({"content-type": "application/json", "location": path}),
            boeking.model_dump_json(by_alias=True).encode(),
            PEER,
            key,
        ],
    )
    return boeking


def served() -> FastAPI:
    """The application of one process."""
    return make_app(
        *(pool(name if name in os.environ else "BARE_FONDS_URL") for name in ("BARE_CATALOGUS_URL", "BARE_FONDS_URL"))
    )


def main(make: Callable[[], FastAPI], host: str, port: int, processes: int) -> None:
    """Serve as `gemeengoed_kit.process` does: so many processes on one listening socket, each with its own application."""
    # uvicorn raises it again when it has stopped; leaving in order ends the other processes
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with socket.create_server((host, port), backlog=BACKLOG) as listener:
        for _ in range(processes - 1):
            multiprocessing.get_context("fork").Process(target=_serve, args=[make, listener], daemon=True).start()
        _serve(make, listener)


def _serve(make: Callable[[], FastAPI], listener: socket.socket) -> None:
    config = uvicorn.Config(make(), server_header=False, access_log=False, log_config=None, timeout_keep_alive=KEEP_ALIVE_SECONDS)
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main(served, sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
