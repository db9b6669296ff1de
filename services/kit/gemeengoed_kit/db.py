"""SQLAlchemy base and engine. One dialect: PostgreSQL by psycopg 3."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, Engine, MetaData, Text, create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

NAMING = {
    "ix": "%(table_name)s_%(column_0_N_name)s_idx",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ck": "%(table_name)s_%(constraint_name)s_check",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "pk": "%(table_name)s_pkey",
}


class Base(DeclarativeBase):
    """Base of all models in one service."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {str: Text, datetime: DateTime(timezone=True)}


def sqlalchemy_url(url: str) -> URL:
    """A libpq URL (postgresql://…) as SQLAlchemy wants it, with the psycopg driver named."""
    return make_url(url).set(drivername="postgresql+psycopg")


def make_engine(url: str, *, application_name: str, pool_size: int = 20) -> Engine:
    """An engine whose sessions wait at most 5 s for a lock and 60 s for a statement."""
    options = "-c lock_timeout=5s -c statement_timeout=60s -c idle_in_transaction_session_timeout=120s -c timezone=UTC"
    return create_engine(
        sqlalchemy_url(url),
        pool_size=pool_size,
        max_overflow=10,
        pool_pre_ping=True,
        connect_args={"application_name": application_name, "options": options},
    )


def session_factory(engine: Engine) -> sessionmaker[Session]:
    """Sessions that keep loaded objects usable after commit, so that an answer can be built from them."""
    return sessionmaker(engine, expire_on_commit=False, autoflush=False)


def reader_factory(engine: Engine) -> sessionmaker[Session]:
    """Sessions in which PostgreSQL itself refuses every write; each sees one state of the database."""
    reading = engine.execution_options(postgresql_readonly=True, isolation_level="REPEATABLE READ")
    return sessionmaker(reading, expire_on_commit=False, autoflush=False)
