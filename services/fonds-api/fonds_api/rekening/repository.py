"""Every SELECT that needs rekeningen only."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

_NUMMERS = text("SELECT nummer FROM rekening WHERE fonds = :fonds AND boekbaar")

_VAN_POST = text(
    "SELECT nummer FROM rekening WHERE fonds = :fonds AND boekbaar AND prioriteit = :prioriteit AND budgetsoort = :budgetsoort"
)


def nummers(session: Session, fonds: str) -> set[str]:
    """The numbers of the accounts of a fonds that entries may name."""
    return set(session.connection().execute(_NUMMERS, {"fonds": fonds}).scalars())


def van_post(session: Session, fonds: str, prioriteit: str, budgetsoort: str) -> str | None:
    """The number of the account that holds what is spent on a begrotingspost."""
    post = {"fonds": fonds, "prioriteit": prioriteit, "budgetsoort": budgetsoort}
    return session.connection().execute(_VAN_POST, post).scalar()
