"""Every SELECT and INSERT on afrekeningen; the lock on the settling of a round lives here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from fonds_api.afrekening.models import Afrekening, Afrekeningregel
from fonds_api.afrekening.schemas import AfrekeningenFilter, AfrekeningregelsFilter


def vergrendel(session: Session, ronde: str) -> None:
    """One at a time for a round."""
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"afrekening {ronde}", 0))))


def laatste(session: Session, ronde: str) -> Values | None:
    query = values_of(Afrekening).where(Afrekening.ronde == ronde).order_by(Afrekening.nummer.desc()).limit(1)
    return session.connection().execute(query).one_or_none()


def verschillen(session: Session, ronde: str) -> dict[str, list[int]]:
    """By gemeentecode what earlier settlements of a round came to."""
    gevonden: dict[str, list[int]] = defaultdict(list)
    query = select(Afrekeningregel.gemeentecode, Afrekeningregel.verschil_cent).join(Afrekening)
    for code, cent in session.connection().execute(query.where(Afrekening.ronde == ronde)):
        gevonden[code].append(cent)
    return gevonden


def insert_afrekening(session: Session, waarden: dict[str, Any], regels: list[dict[str, Any]]) -> None:
    session.execute(insert(Afrekening).values(waarden))
    session.execute(insert(Afrekeningregel), regels)


def find(session: Session, zicht: Sight, id: str) -> Values | None:
    query = values_of(Afrekening).where(Afrekening.id == id, *zicht.on(fonds=Afrekening.fonds))
    return session.connection().execute(query).one_or_none()


def list_afrekeningen(session: Session, zicht: Sight, wens: AfrekeningenFilter) -> tuple[int, list[Values]]:
    query = values_of(Afrekening).where(*zicht.on(fonds=Afrekening.fonds))
    if wens.ronde:
        query = query.where(Afrekening.ronde == wens.ronde)
    return select_page(session, query.order_by(Afrekening.ronde, Afrekening.nummer), wens)


def list_regels(session: Session, zicht: Sight, wens: AfrekeningregelsFilter) -> tuple[int, dict[str, int], list[Values]]:
    """(total number, sums in cents of all of them, lines of this page)."""
    query = (
        select(*Afrekeningregel.__table__.c, Afrekening.ronde, Afrekening.fonds)
        .join(Afrekening, Afrekening.id == Afrekeningregel.afrekening)
        .where(*zicht.on(fonds=Afrekening.fonds, gemeentecode=Afrekeningregel.gemeentecode))
    )
    if wens.afrekening:
        query = query.where(Afrekeningregel.afrekening == wens.afrekening)
    if wens.gemeentecode:
        query = query.where(Afrekeningregel.gemeentecode == wens.gemeentecode)
    count, rijen = select_page(session, query.order_by(Afrekeningregel.afrekening, Afrekeningregel.regelnummer), wens)
    bedrag, verschil = (
        session.connection()
        .execute(query.with_only_columns(func.sum(Afrekeningregel.bedrag_cent), func.sum(Afrekeningregel.verschil_cent)))
        .one()
    )
    return count, {"bedrag_cent": int(bedrag or 0), "verschil_cent": int(verschil or 0)}, rijen


def regels_van(session: Session, afrekening: str) -> Sequence[Values]:
    """The lines of a settlement that come to something, by gemeentecode."""
    query = values_of(Afrekeningregel).where(Afrekeningregel.afrekening == afrekening, Afrekeningregel.verschil_cent != 0)
    return session.connection().execute(query.order_by(Afrekeningregel.regelnummer)).all()
