"""Every SELECT that needs rekeningen only."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

_NUMMERS_VAN = text(
    "SELECT code, nummer FROM fonds LEFT JOIN rekening ON fonds = code AND boekbaar WHERE code = ANY(CAST(:fondsen AS text[]))"
)
_NUMMERS = text("SELECT nummer FROM rekening WHERE fonds = :fonds AND boekbaar")


def nummers(session: Session, fonds: str) -> set[str]:
    """The numbers of the accounts of a fonds that entries may name."""
    return set(session.connection().execute(_NUMMERS, {"fonds": fonds}).scalars())


def nummers_van(session: Session, fondsen: Sequence[str]) -> dict[str, set[str]]:
    """The same of several fondsen, by code; those that do not exist are missing."""
    gevonden: dict[str, set[str]] = {}
    for code, nummer in session.connection().execute(_NUMMERS_VAN, {"fondsen": list(fondsen)}):
        gevonden.setdefault(code, set()).add(nummer)
    return gevonden
