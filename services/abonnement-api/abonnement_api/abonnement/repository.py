"""Every SELECT and INSERT on the tables of subscriptions; the lock on a registration lives here."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import date

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import ARRAY, Date, cast, column, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from abonnement_api.abonnement.models import Abonnement, CollectieveAanmelding
from abonnement_api.abonnement.schemas import AbonnementenFilter


def neem(session: Session, nieuw: CollectieveAanmelding) -> tuple[CollectieveAanmelding, bool]:
    """The registration with this content, locked, and whether it was inserted now."""
    waarden = {kolom.key: getattr(nieuw, kolom.key) for kolom in nieuw.__table__.columns}
    gemaakt = session.execute(
        upsert(CollectieveAanmelding).values(waarden).on_conflict_do_nothing().returning(CollectieveAanmelding.id)
    ).scalar()
    rij = session.scalars(
        select(CollectieveAanmelding)
        .where(CollectieveAanmelding.vingerafdruk == nieuw.vingerafdruk)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    return rij, gemaakt is not None


def find_aanmelding(session: Session, id: uuid.UUID) -> CollectieveAanmelding | None:
    return session.get(CollectieveAanmelding, id)


def lock_aanmelding(session: Session, id: uuid.UUID) -> CollectieveAanmelding:
    return session.get_one(CollectieveAanmelding, id, with_for_update=True, populate_existing=True)


def tel(session: Session, aanmelding: uuid.UUID) -> int:
    return session.execute(select(func.count()).where(Abonnement.aanmelding == aanmelding)).scalar_one()


def find(session: Session, zicht: Sight, id: uuid.UUID) -> Values | None:
    query = values_of(Abonnement).where(Abonnement.id == id, *zicht.on(gemeentecode=Abonnement.gemeentecode))
    return session.connection().execute(query).one_or_none()


def list_abonnementen(session: Session, zicht: Sight, wens: AbonnementenFilter) -> tuple[int, list[Values]]:
    query = values_of(Abonnement).where(*zicht.on(gemeentecode=Abonnement.gemeentecode))
    query = query.order_by(Abonnement.gemeentecode, Abonnement.begindatum)
    if wens.gemeentecode:
        query = query.where(Abonnement.gemeentecode == wens.gemeentecode)
    if wens.pakket:
        query = query.where(Abonnement.pakket == wens.pakket)
    if wens.geldig_op:
        query = query.where(Abonnement.begindatum <= wens.geldig_op, Abonnement.einddatum >= wens.geldig_op)
    return select_page(session, query, wens)


def geldig_op(session: Session, dag: date) -> Sequence[Values]:
    """The subscriptions that are valid on a day, in order of gemeentecode: at most one per gemeente."""
    query = values_of(Abonnement).where(Abonnement.begindatum <= dag, Abonnement.einddatum >= dag)
    return session.connection().execute(query.order_by(Abonnement.gemeentecode)).all()


def aantal_geldig(session: Session, dagen: Collection[date]) -> dict[date, int]:
    """Day to the number of subscriptions that are valid on it."""
    op = func.unnest(cast(list(dagen), ARRAY(Date))).table_valued(column("dag", Date)).render_derived(name="op")
    geldig = (Abonnement.begindatum <= op.c.dag) & (Abonnement.einddatum >= op.c.dag)
    query = select(op.c.dag, func.count(Abonnement.id)).select_from(op).outerjoin(Abonnement, geldig).group_by(op.c.dag)
    return {dag: aantal for dag, aantal in session.execute(query)}


def overlappend(session: Session, codes: Collection[str], begindatum: date, einddatum: date) -> Sequence[Values]:
    query = values_of(Abonnement).where(
        Abonnement.gemeentecode.in_(codes), Abonnement.begindatum <= einddatum, Abonnement.einddatum >= begindatum
    )
    return session.connection().execute(query.order_by(Abonnement.gemeentecode)).all()


def add(session: Session, rijen: list[dict[str, object]]) -> None:
    session.execute(insert(Abonnement), rijen)
