"""SQLAlchemy base and engine. The only database is PostgreSQL, through psycopg 3."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from datetime import datetime
from functools import cache
from select import POLLIN, poll
from typing import Any

import psycopg
from sqlalchemy import DateTime, Engine, MetaData, Row, Select, Text, create_engine, event, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

log = logging.getLogger("gemeengoed.db")
NAMING = {
    "ix": "%(table_name)s_%(column_0_N_name)s_idx",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ck": "%(table_name)s_%(constraint_name)s_check",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "pk": "%(table_name)s_pkey",
}
_WATCH_SECONDS = 0.5
_RESTED = "rested"
LOCK_SECONDS, STATEMENT_SECONDS, CONNECT_SECONDS = 5, 20, 5
ALIVE: dict[str, int] = {
    "connect_timeout": CONNECT_SECONDS,
    "tcp_user_timeout": 1000 * CONNECT_SECONDS,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}
"""libpq parameters of every connection. With them a database whose machine is gone is noticed in half a minute, not in hours."""


Values = Row[Any]
"""A read-only row of a query for values (`values_of`); its columns are read by name."""


class Base(DeclarativeBase):
    """Base of all models in one service."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {str: Text, datetime: DateTime(timezone=True)}


def sqlalchemy_url(url: str) -> URL:
    """A libpq URL (postgresql://…) in the form of SQLAlchemy, with psycopg as driver."""
    return make_url(url).set(drivername="postgresql+psycopg")


def make_engine(
    url: str,
    *,
    application_name: str,
    pool_size: int = 8,
    max_overflow: int = 0,
    reading: bool = False,
    statement_seconds: int = STATEMENT_SECONDS,
) -> Engine:
    """A connection pool of at most `pool_size` + `max_overflow` connections. Timeouts: 5 s for a lock, `statement_seconds` for a
    statement. A connection that the database has closed is replaced the next time that it is taken from the pool.

    Args:
        reading: PostgreSQL itself refuses every write; a transaction sees one snapshot of the database.
    """
    settings = {
        "lock_timeout": f"{LOCK_SECONDS}s",
        "statement_timeout": f"{statement_seconds}s",
        "idle_in_transaction_session_timeout": "120s",
        "timezone": "UTC",
    }
    if reading:
        settings |= {"default_transaction_read_only": "on", "default_transaction_isolation": "repeatable\\ read"}
    engine = create_engine(
        sqlalchemy_url(url),
        pool_size=pool_size,
        max_overflow=max_overflow,
        pool_timeout=CONNECT_SECONDS,
        connect_args={
            "application_name": application_name,
            **ALIVE,
            "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
        },
    )
    event.listen(engine, "checkout", _check_alive)
    return engine


def _check_alive(connection: Any, entry: ConnectionPoolEntry, _: Any) -> None:
    """Check an idle connection when it leaves the pool, without a round trip. Data to read on its socket means that the
    database has closed it.

    A new connection (its `info` is still empty) was not idle and is not checked. If the database closes that one, its user
    gets the error.
    """
    if not entry.info.get(_RESTED):
        entry.info[_RESTED] = True
        return
    waiting = poll()
    waiting.register(connection.pgconn.socket, POLLIN)
    if waiting.poll(0):
        raise DisconnectionError("the database closed this connection")


class Watchdog:
    """Cuts connections that are held longer than anything may take.

    PostgreSQL's own timeouts (statement_timeout) do not help when the server is stopped or its machine does not answer. The
    thread that waits on a cut connection gets an OperationalError.
    """

    def __init__(self, seconds: float, *engines: Engine) -> None:
        self.seconds = seconds
        self._held: dict[int, tuple[Any, float]] = {}
        self._stopping = threading.Event()
        for engine in engines:
            event.listen(engine, "checkout", self._taken)
            event.listen(engine, "checkin", self._returned)
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def stop(self) -> None:
        self._stopping.set()

    def _taken(self, connection: Any, entry: ConnectionPoolEntry, _: Any) -> None:
        self._held[id(entry)] = connection, time.monotonic()

    def _returned(self, _: Any, entry: ConnectionPoolEntry) -> None:
        self._held.pop(id(entry), None)

    def _watch(self) -> None:
        while not self._stopping.wait(_WATCH_SECONDS):
            for connection, since in list(self._held.values()):
                if time.monotonic() - since > self.seconds:
                    log.error("a connection to the database was held too long; it is cut")
                    sever(connection)


def sever(connection: psycopg.Connection | psycopg.AsyncConnection) -> None:
    """Break a connection whose server is silent: a thread that waits on it gets an error at once."""
    try:
        duplicate = socket.socket(fileno=os.dup(connection.fileno()))
    except (psycopg.OperationalError, OSError):
        return
    try:
        duplicate.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    finally:
        duplicate.close()


@cache
def values_of(model: type[Base]) -> Select[Any]:
    """Select the columns of a model as plain read-only values, by the same names; used for lists. Model objects would cost twice
    as much. Made once: a Select never changes, and naming many columns costs more than a small query."""
    return select(*model.__table__.c)


def session_factory(engine: Engine) -> sessionmaker[Session]:
    """Sessions whose loaded objects stay usable after commit, so that an answer can be built from them."""
    return sessionmaker(engine, expire_on_commit=False, autoflush=False)
