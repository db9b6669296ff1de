"""Every SELECT and INSERT on the tables of distributions; their lock lives here."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from abonnement_api.verdeling.models import Toewijzingstand, VerdeeldeToewijzing, Verdeling, Verdelingsregel


def lock(session: Session) -> None:
    """Allow one distribution at a time. An advisory lock, as there is no row to lock."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('verdeling', 0))"))


def te_verdelen(session: Session, tot_en_met: date) -> Sequence[Values]:
    query = values_of(Toewijzingstand).where(Toewijzingstand.verdeling.is_(None), Toewijzingstand.boekdatum <= tot_en_met)
    return (
        session.connection()
        .execute(query.order_by(Toewijzingstand.betaling, Toewijzingstand.dienst, Toewijzingstand.koppeling))
        .all()
    )


def add(session: Session, verdeling: dict[str, Any], regels: list[dict[str, Any]], toewijzingen: list[dict[str, Any]]) -> None:
    session.execute(insert(Verdeling), [verdeling])
    session.execute(insert(Verdelingsregel), regels)
    session.execute(insert(VerdeeldeToewijzing), toewijzingen)


def find(session: Session, id: uuid.UUID) -> Values | None:
    return session.connection().execute(values_of(Verdeling).where(Verdeling.id == id)).one_or_none()


def list_verdelingen(session: Session, wens: PageQuery) -> tuple[int, list[Values]]:
    return select_page(session, values_of(Verdeling).order_by(Verdeling.volgnummer), wens)


def regels(session: Session, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Values]]:
    """Lines per distribution, in order of dienst."""
    gevonden: dict[uuid.UUID, list[Values]] = defaultdict(list)
    query = values_of(Verdelingsregel).where(Verdelingsregel.verdeling.in_(ids)).order_by(Verdelingsregel.dienst)
    for rij in session.connection().execute(query):
        gevonden[rij.verdeling].append(rij)
    return gevonden


def per_dienst(session: Session, jaar: int | None, *, verdeeld: bool) -> dict[str, int]:
    """Dienst to cents received on invoices of a year (or of all years): either distributed or not yet distributed."""
    query = (
        select(Toewijzingstand.dienst, func.sum(Toewijzingstand.bedrag_cent))
        .where(Toewijzingstand.verdeling.is_not(None) == verdeeld)
        .group_by(Toewijzingstand.dienst)
    )
    if jaar is not None:
        query = query.where(Toewijzingstand.jaar == jaar)
    return {dienst: int(cent) for dienst, cent in session.execute(query)}
