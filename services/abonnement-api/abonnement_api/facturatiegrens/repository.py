"""Every SELECT and INSERT on bounds."""

from __future__ import annotations

from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from abonnement_api.facturatiegrens.models import Facturatiegrens


def add(session: Session, waarden: dict[str, Any]) -> int:
    """Store the next version; returns its number. Who does the same at that moment waits."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('facturatiegrens', 0))"))
    laatste = session.scalar(select(func.max(Facturatiegrens.versie)).where(Facturatiegrens.vanaf_jaar == waarden["vanaf_jaar"]))
    session.execute(insert(Facturatiegrens), [{**waarden, "versie": (laatste or 0) + 1}])
    return (laatste or 0) + 1


def list_grenzen(session: Session, wens: PageQuery) -> tuple[int, list[Values]]:
    return select_page(session, values_of(Facturatiegrens).order_by(Facturatiegrens.vanaf_jaar, Facturatiegrens.versie), wens)


def van(session: Session, jaar: int) -> Values | None:
    """The last version of the last year that counts."""
    query = values_of(Facturatiegrens).where(Facturatiegrens.vanaf_jaar <= jaar)
    query = query.order_by(Facturatiegrens.vanaf_jaar.desc(), Facturatiegrens.versie.desc()).limit(1)
    return session.connection().execute(query).first()
