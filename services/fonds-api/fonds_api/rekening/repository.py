"""Every SELECT on rekeningen alone."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from fonds_api.rekening.models import Rekening


def nummers(session: Session, fonds: str) -> set[str]:
    """The numbers of all accounts of a fonds."""
    return set(session.scalars(select(Rekening.nummer).where(Rekening.fonds == fonds)))
