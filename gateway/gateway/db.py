"""The gateway's one database: the base class of its models, and the signal that something changed."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from gemeengoed_kit.db import NAMING
from sqlalchemy import BigInteger, DateTime, MetaData, func, select, text
from sqlalchemy.orm import DeclarativeBase, Session

CHANGED = "gateway_changed"
"""LISTEN/NOTIFY channel. There is no payload: a listener reads from the tables what it needs."""


class Base(DeclarativeBase):
    """Base of the gateway's models."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {int: BigInteger, datetime: DateTime(timezone=True)}


def migrate(database_url: str) -> None:
    """Bring the database at a libpq URL to the newest schema."""
    from alembic import command  # a tenth of the start of every process
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["database_url"] = database_url
    command.upgrade(config, "head")


def notify(session: Session) -> None:
    """Tell every process, on commit, that peers, contracts, services or aliases changed."""
    session.execute(text(f"NOTIFY {CHANGED}"))


def lock(session: Session, *key: str) -> None:
    """Wait for the lock on `key` (a contract of a peer, the nginx configuration, …); it lasts until the transaction ends."""
    number = int.from_bytes(hashlib.sha256("\0".join(key).encode()).digest()[:8], "big", signed=True)
    session.execute(select(func.pg_advisory_xact_lock(number)))
