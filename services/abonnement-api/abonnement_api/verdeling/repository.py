"""Every SELECT and INSERT on the tables of distributions; their lock lives here."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.pagination import PageQuery, select_objects
from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from abonnement_api.verdeling.models import Toewijzingstand, VerdeeldeToewijzing, Verdeling, Verdelingsregel


def lock(session: Session) -> None:
    """One distribution at a time; an advisory lock, as there is no row to lock."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('verdeling', 0))"))


def te_verdelen(session: Session, tot: date) -> Sequence[Toewijzingstand]:
    return session.scalars(
        select(Toewijzingstand)
        .where(Toewijzingstand.verdeling.is_(None), Toewijzingstand.boekdatum <= tot)
        .order_by(Toewijzingstand.betaling, Toewijzingstand.dienst)
    ).all()


def add(session: Session, verdeling: dict[str, Any], regels: list[dict[str, Any]], toewijzingen: list[dict[str, Any]]) -> None:
    session.execute(insert(Verdeling), [verdeling])
    session.execute(insert(Verdelingsregel), regels)
    session.execute(insert(VerdeeldeToewijzing), toewijzingen)


def find(session: Session, id: uuid.UUID) -> Verdeling | None:
    return session.get(Verdeling, id)


def list_verdelingen(session: Session, wens: PageQuery) -> tuple[int, list[Verdeling]]:
    return select_objects(session, select(Verdeling).order_by(Verdeling.volgnummer), wens)


def regels(session: Session, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Verdelingsregel]]:
    gevonden: dict[uuid.UUID, list[Verdelingsregel]] = defaultdict(list)
    rijen = session.scalars(select(Verdelingsregel).where(Verdelingsregel.verdeling.in_(ids)).order_by(Verdelingsregel.dienst))
    for rij in rijen:
        gevonden[rij.verdeling].append(rij)
    return gevonden


def per_dienst(session: Session, jaar: int | None, *, verdeeld: bool) -> dict[str, int]:
    """Dienst to cents received on invoices of a year (or of all), distributed or not yet."""
    query = (
        select(Toewijzingstand.dienst, func.sum(Toewijzingstand.bedrag_cent))
        .where(Toewijzingstand.verdeling.is_not(None) == verdeeld)
        .group_by(Toewijzingstand.dienst)
    )
    if jaar is not None:
        query = query.where(Toewijzingstand.jaar == jaar)
    return {dienst: int(cent) for dienst, cent in session.execute(query)}
