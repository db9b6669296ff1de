"""Every SELECT on fondsen."""

from __future__ import annotations

from gemeengoed_kit.pagination import PageQuery, select_objects
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from fonds_api.fonds.models import Fonds

_BOEKINGSROLLEN = text("SELECT boekingsrollen FROM fonds WHERE code = :code")


def find(session: Session, code: str) -> Fonds | None:
    return session.get(Fonds, code)


def boekingsrollen(session: Session, code: str) -> list[str] | None:
    """Roles that may see and book in a fonds; None when there is no such fonds."""
    return session.connection().execute(_BOEKINGSROLLEN, {"code": code}).scalar()


def codes_van(session: Session, rol: str | None) -> list[str]:
    """Codes of the fondsen that a role may see, in order."""
    return list(session.scalars(select(Fonds.code).where(Fonds.boekingsrollen.contains([rol])).order_by(Fonds.code)))


def list_fondsen(session: Session, codes: list[str], wens: PageQuery) -> tuple[int, list[Fonds]]:
    return select_objects(session, select(Fonds).where(Fonds.code.in_(codes)).order_by(Fonds.code), wens)
