"""Every SELECT that needs rekeningen only."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

_NUMMERS = text("SELECT nummer FROM rekening WHERE fonds = :fonds AND boekbaar")


def nummers(session: Session, fonds: str) -> set[str]:
    """The numbers of the accounts of a fonds that entries may name."""
    return set(session.connection().execute(_NUMMERS, {"fonds": fonds}).scalars())
