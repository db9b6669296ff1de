"""Every SELECT and INSERT on the tables of sellers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from abonnement_api.verkoper.models import BtwBehandeling, Verkoopwijze, Verkopergegevens


def lock(session: Session, wat: str) -> None:
    """Let who changes the same setting wait, so that versions follow each other."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:wat, 0))"), {"wat": wat})


def laatste_gegevens(session: Session, aanbieder: str) -> Values | None:
    query = values_of(Verkopergegevens).where(Verkopergegevens.aanbieder == aanbieder)
    return session.connection().execute(query.order_by(Verkopergegevens.versie.desc()).limit(1)).first()


def gegevens_op(session: Session, aanbieders: Collection[str], dag: date) -> dict[str, Values]:
    """Aanbieder to its data for invoices of a day: of those that count by then the last version."""
    query = values_of(Verkopergegevens).where(Verkopergegevens.aanbieder.in_(aanbieders), Verkopergegevens.vanaf <= dag)
    query = query.order_by(Verkopergegevens.vanaf, Verkopergegevens.versie)
    return {rij.aanbieder: rij for rij in session.connection().execute(query)}


def behandelingen_op(session: Session, dag: date) -> Sequence[Values]:
    """The treatments for invoices of a day; of a seller and dienst the last one counts."""
    query = values_of(BtwBehandeling).where(BtwBehandeling.vanaf <= dag).order_by(BtwBehandeling.vanaf, BtwBehandeling.versie)
    return session.connection().execute(query).all()


def list_behandelingen(session: Session, verkoper: str, wens: PageQuery) -> tuple[int, list[Values]]:
    query = values_of(BtwBehandeling).where(BtwBehandeling.verkoper == verkoper)
    return select_page(session, query.order_by(BtwBehandeling.dienst, BtwBehandeling.versie), wens)


def add_gegevens(session: Session, waarden: dict[str, Any]) -> int:
    """Store the next version; returns its number."""
    laatste = session.scalar(select(func.max(Verkopergegevens.versie)).where(Verkopergegevens.aanbieder == waarden["aanbieder"]))
    session.execute(insert(Verkopergegevens), [{**waarden, "versie": (laatste or 0) + 1}])
    return (laatste or 0) + 1


def add_behandeling(session: Session, waarden: dict[str, Any]) -> int:
    """Store the next version; returns its number."""
    laatste = session.scalar(
        select(func.max(BtwBehandeling.versie)).where(
            BtwBehandeling.verkoper == waarden["verkoper"], BtwBehandeling.dienst == waarden["dienst"]
        )
    )
    session.execute(insert(BtwBehandeling), [{**waarden, "versie": (laatste or 0) + 1}])
    return (laatste or 0) + 1


def list_wijzen(session: Session, wens: PageQuery) -> tuple[int, list[Values]]:
    return select_page(session, values_of(Verkoopwijze).order_by(Verkoopwijze.vanaf_jaar, Verkoopwijze.versie), wens)


def wijze_van(session: Session, jaar: int) -> Values | None:
    """The last version of the last year that counts."""
    query = values_of(Verkoopwijze).where(Verkoopwijze.vanaf_jaar <= jaar)
    return (
        session.connection().execute(query.order_by(Verkoopwijze.vanaf_jaar.desc(), Verkoopwijze.versie.desc()).limit(1)).first()
    )


def add_wijze(session: Session, waarden: dict[str, Any]) -> int:
    """Store the next version; returns its number."""
    laatste = session.scalar(select(func.max(Verkoopwijze.versie)).where(Verkoopwijze.vanaf_jaar == waarden["vanaf_jaar"]))
    session.execute(insert(Verkoopwijze), [{**waarden, "versie": (laatste or 0) + 1}])
    return (laatste or 0) + 1
