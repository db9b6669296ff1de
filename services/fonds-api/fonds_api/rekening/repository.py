"""Every SELECT and INSERT that needs rekeningen only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from fonds_api.rekening.models import Rekening

_NUMMERS = text("SELECT nummer FROM rekening WHERE fonds = :fonds AND boekbaar")


def nummers(session: Session, fonds: str) -> set[str]:
    """The numbers of the accounts of a fonds that entries may name."""
    return set(session.connection().execute(_NUMMERS, {"fonds": fonds}).scalars())


def add(session: Session, waarden: Mapping[str, Any]) -> None:
    session.execute(insert(Rekening), waarden)
