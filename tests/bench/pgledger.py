"""The same entry on hot accounts in our ledger and in pgledger, on the same PostgreSQL, from SQL alone: what a row lock on an
account costs. pgledger is not part of this repository: the bench reads it from a file, and leaves it out where there is none.

Ours is the two INSERTs of an entry, with all triggers; pgledger's is two transfers in one call (`pgledger_create_transfers`).
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

FILE = Path(__file__).parents[2].parent / "shared" / "pgledger" / "pgledger.sql"
DATABASE = "pgledger"
Entry = Callable[[psycopg.Connection[Any]], None]


def ours(connection: psycopg.Connection[Any]) -> None:
    """One entry of three lines."""
    id = uuid.uuid4()
    connection.execute(
        "INSERT INTO boeking (id, fonds, boekdatum, geboekt_op, omschrijving, bron, pad, aantal_regels) "
        "VALUES (%s, 'derdengelden', '2018-01-15', now(), 'Factuur', 'bench', %s, 3)",
        [id, f"/v1/pgledger/{id}"],
    )
    connection.execute(
        "INSERT INTO boekingsregel VALUES (%(id)s, 1, 'derdengelden', '1300', 900), (%(id)s, 2, 'derdengelden', '2310', -500), "
        "(%(id)s, 3, 'derdengelden', '2320', -400)",
        {"id": id},
    )
    connection.commit()


def make(admin_url: str, file: Path) -> tuple[str, Entry]:
    """A database with pgledger and three accounts; its URL, and how an entry is made in it."""
    url = urlunsplit(urlsplit(admin_url)._replace(path=f"/{DATABASE}"))
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {DATABASE}".encode())
    with psycopg.connect(url) as connection:
        connection.execute(file.read_bytes())
        made = "SELECT id FROM pgledger_create_account(%s, 'EUR')"
        debtors, first, second = (connection.execute(made, [name]).fetchone()[0] for name in ("1300", "2310", "2320"))  # type: ignore[index]

    def entry(connection: psycopg.Connection[Any]) -> None:
        connection.execute(
            "SELECT * FROM pgledger_create_transfers((%s, %s, 5.00)::transfer_request, (%s, %s, 4.00)::transfer_request)",
            [first, debtors, second, debtors],
        )
        connection.commit()

    return url, entry


def rate(url: str, entry: Entry, connections: int, seconds: float) -> float:
    """Entries per second, by so many connections at once."""
    counts, ends = [0] * connections, time.monotonic() + seconds

    def work(number: int) -> None:
        with psycopg.connect(url) as connection:
            while time.monotonic() < ends:
                entry(connection)
                counts[number] += 1

    threads = [threading.Thread(target=work, args=[number]) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds
