"""SQLAlchemy base and engine. One dialect: PostgreSQL by psycopg 3."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from datetime import datetime
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
"""libpq's parameters of every connection: a database whose machine is gone is found out in half a minute, not in hours."""


Values = Row[Any]
"""A row of a query for values (`values_of`), by name; nothing of it can be changed."""


class Base(DeclarativeBase):
    """Base of all models in one service."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {str: Text, datetime: DateTime(timezone=True)}


def sqlalchemy_url(url: str) -> URL:
    """A libpq URL (postgresql://…) as SQLAlchemy wants it, with the psycopg driver named."""
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
    """An engine of at most `pool_size` + `max_overflow` connections. Its sessions wait at most 5 s for a lock and
    `statement_seconds` for a statement; a connection that the database closed meanwhile is replaced when it is next wanted.

    Args:
        reading: PostgreSQL itself refuses every write; a transaction sees one state of the database.
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
    """Nothing is to be read on a connection that rests; if there is, the database has closed it. Costs no round trip.

    A new one (nobody has put anything in its `info`) did not rest: if the database closes that too, whoever uses it finds out.
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

    The bounds that PostgreSQL keeps (statement_timeout) say nothing when it does not answer at all: stopped, or its machine
    gone silent. Who waits on a connection that is cut gets an OperationalError.
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
    """Break a connection whose server is silent: whoever waits on it gets an error at once."""
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


def values_of(model: type[Base]) -> Select[Any]:
    """Select a model's columns as plain values, by the same names: for lists, of which nothing is changed. An object that can
    be changed costs as much again."""
    return select(*model.__table__.c)


def session_factory(engine: Engine) -> sessionmaker[Session]:
    """Sessions that keep loaded objects usable after commit, so that an answer can be built from them."""
    return sessionmaker(engine, expire_on_commit=False, autoflush=False)
