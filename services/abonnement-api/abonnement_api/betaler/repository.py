"""Every SELECT and INSERT on who pays for others; the lock on it lives here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import Select, and_, func, insert, select, text
from sqlalchemy.orm import Session, aliased

from abonnement_api.betaler.models import Betaalafspraak, Betaler
from abonnement_api.betaler.schemas import BetaalafsprakenFilter


def grendel(session: Session) -> None:
    """One lock for both tables: they change seldom."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('betalers', 0))"))


def _laatste() -> Select[Any]:
    """The last version of every betaler."""
    ander = aliased(Betaler)
    nieuwste = select(func.max(ander.versie)).where(ander.code == Betaler.code).scalar_subquery()
    return values_of(Betaler).where(Betaler.versie == nieuwste)


def find(session: Session, code: str) -> Values | None:
    return session.connection().execute(_laatste().where(Betaler.code == code)).one_or_none()


def list_betalers(session: Session, wens: PageQuery) -> tuple[int, list[Values]]:
    return select_page(session, _laatste().order_by(Betaler.code), wens)


def van(session: Session, codes: Collection[str]) -> Sequence[Values]:
    """The last versions of these betalers."""
    return session.connection().execute(_laatste().where(Betaler.code.in_(codes))).all() if codes else []


def add(session: Session, code: str, waarden: dict[str, Any], op: datetime) -> int:
    """Store the next version; returns its number. The lock must have been taken."""
    versie: int = 1 + session.execute(select(func.coalesce(func.max(Betaler.versie), 0)).where(Betaler.code == code)).scalar_one()
    session.execute(insert(Betaler).values(code=code, versie=versie, vastgelegd_op=op, **waarden))
    return versie


def laatste_dagen(session: Session, gemeentecodes: Collection[str]) -> dict[str, tuple[date, int]]:
    """Gemeentecode to (first day, number) of its last agreement."""
    query = (
        select(Betaalafspraak.gemeentecode, func.max(Betaalafspraak.vanaf), func.max(Betaalafspraak.versie))
        .where(Betaalafspraak.gemeentecode.in_(gemeentecodes))
        .group_by(Betaalafspraak.gemeentecode)
    )
    return {code: (dag, versie) for code, dag, versie in session.execute(query)}


def add_afspraken(session: Session, rijen: list[dict[str, Any]]) -> None:
    session.execute(insert(Betaalafspraak), rijen)


def afspraken(session: Session, gemeentecodes: Collection[str]) -> list[tuple[str, date, str | None]]:
    """(gemeentecode, first day, betaler), oldest first."""
    query = select(Betaalafspraak.gemeentecode, Betaalafspraak.vanaf, Betaalafspraak.betaler)
    query = query.where(Betaalafspraak.gemeentecode.in_(gemeentecodes)) if len(gemeentecodes) < 1000 else query
    return [(code, dag, wie) for code, dag, wie in session.execute(query.order_by(Betaalafspraak.vanaf))]


def list_afspraken(session: Session, zicht: Sight, wens: BetaalafsprakenFilter) -> tuple[int, list[Values]]:
    nieuwste = aliased(Betaler)
    laatste = select(func.max(nieuwste.versie)).where(nieuwste.code == Betaalafspraak.betaler).scalar_subquery()
    query = (
        select(*Betaalafspraak.__table__.c, Betaler.naam)
        .outerjoin(Betaler, and_(Betaler.code == Betaalafspraak.betaler, Betaler.versie == laatste))
        .where(*zicht.on(gemeentecode=Betaalafspraak.gemeentecode))
        .order_by(Betaalafspraak.gemeentecode, Betaalafspraak.versie)
    )
    if wens.gemeentecode:
        query = query.where(Betaalafspraak.gemeentecode == wens.gemeentecode)
    if wens.betaler:
        query = query.where(Betaalafspraak.betaler == wens.betaler)
    return select_page(session, query, wens)
