"""Every SELECT and INSERT on the tables of subscriptions; the lock on a registration lives here."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import ARRAY, Date, Select, cast, column, func, insert, select, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from abonnement_api.abonnement.models import Abonnement, Abonnementsgebeurtenis, Abonnementstand, CollectieveAanmelding
from abonnement_api.abonnement.rules import OPZEGGING, VERLENGING
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


def grendel(session: Session) -> None:
    """Let nobody else change who has a subscription, until the end of the transaction; take it before looking."""
    session.execute(text("SELECT abonnementengrendel()"))


def _met_stand() -> Select[Any]:
    """Subscriptions with their state; `laatste_dag` is before the first when one went over before it began."""
    return select(
        *Abonnement.__table__.c,
        Abonnementstand.einddatum.label("laatste_dag"),
        Abonnementstand.opgezegd,
        Abonnementstand.overgegaan_op,
        Abonnementstand.gebeurtenissen,
    ).join(Abonnementstand, Abonnementstand.abonnement == Abonnement.id)


def find(session: Session, zicht: Sight, id: uuid.UUID) -> Values | None:
    query = _met_stand().where(Abonnement.id == id, *zicht.on(gemeentecode=Abonnement.gemeentecode))
    return session.connection().execute(query).one_or_none()


def list_abonnementen(session: Session, zicht: Sight, wens: AbonnementenFilter) -> tuple[int, list[Values]]:
    query = _met_stand().where(*zicht.on(gemeentecode=Abonnement.gemeentecode))
    query = query.order_by(Abonnement.gemeentecode, Abonnement.begindatum, Abonnement.id)
    if wens.gemeentecode:
        query = query.where(Abonnement.gemeentecode == wens.gemeentecode)
    if wens.pakket:
        query = query.where(Abonnement.pakket == wens.pakket)
    if wens.geldig_op:
        query = query.where(*_op(wens.geldig_op))
    return select_page(session, query, wens)


def _op(dag: date) -> tuple[Any, Any]:
    return Abonnementstand.begindatum <= dag, Abonnementstand.einddatum >= dag


def geldig_op(session: Session, dag: date) -> Sequence[Values]:
    """(id, gemeentecode, gemeentenaam, pakket of that day, laatste_dag, aanbod) of the subscriptions that are valid on a day, in
    order of gemeentecode: at most one per gemeente."""
    pakket = func.pakket_op(Abonnement.id, dag).label("pakket")
    query = select(
        Abonnement.id,
        Abonnement.gemeentecode,
        Abonnement.gemeentenaam,
        pakket,
        Abonnementstand.einddatum.label("laatste_dag"),
        Abonnement.aanbod,
    ).join(Abonnementstand, Abonnementstand.abonnement == Abonnement.id)
    return session.connection().execute(query.where(*_op(dag)).order_by(Abonnement.gemeentecode)).all()


def aantal_geldig(session: Session, dagen: Collection[date]) -> dict[date, int]:
    """Day to the number of subscriptions that are valid on it."""
    op = func.unnest(cast(list(dagen), ARRAY(Date))).table_valued(column("dag", Date)).render_derived(name="op")
    geldig = (Abonnementstand.begindatum <= op.c.dag) & (Abonnementstand.einddatum >= op.c.dag)
    query = select(op.c.dag, func.count(Abonnementstand.abonnement)).select_from(op).outerjoin(Abonnementstand, geldig)
    return {dag: aantal for dag, aantal in session.execute(query.group_by(op.c.dag))}


def overlappend(session: Session, codes: Collection[str], begindatum: date, einddatum: date) -> Sequence[Values]:
    query = _met_stand().where(
        Abonnement.gemeentecode.in_(codes), Abonnementstand.begindatum <= einddatum, Abonnementstand.einddatum >= begindatum
    )
    return session.connection().execute(query.order_by(Abonnement.gemeentecode, Abonnement.begindatum)).all()


def nog_van(session: Session, codes: Collection[str], dag: date) -> Sequence[Values]:
    """The subscriptions of gemeenten that go on, or begin, on a day or later, in order of gemeentecode."""
    query = _met_stand().where(
        Abonnement.gemeentecode.in_(codes), Abonnementstand.einddatum >= dag, Abonnementstand.overgegaan_op.is_(None)
    )
    return session.connection().execute(query.order_by(Abonnement.gemeentecode, Abonnement.begindatum)).all()


def overgegaan(session: Session, ids: Collection[uuid.UUID]) -> Sequence[Values]:
    """(id, begindatum, aanbod, was_tot_en_met) of subscriptions, the last as it was without a herindeling."""
    gebeurd = (
        select(Abonnementsgebeurtenis.ingangsdatum)
        .where(Abonnementsgebeurtenis.abonnement == Abonnement.id, Abonnementsgebeurtenis.soort.in_((OPZEGGING, VERLENGING)))
        .order_by(Abonnementsgebeurtenis.volgnummer.desc())
        .limit(1)
        .scalar_subquery()
    )
    laatste = func.coalesce(gebeurd, Abonnement.einddatum).label("was_tot_en_met")
    kolommen: list[Any] = [Abonnement.id, Abonnement.begindatum, Abonnement.aanbod, laatste]
    query = select(*kolommen).where(Abonnement.id.in_(ids))
    return session.connection().execute(query.order_by(Abonnement.gemeentecode, Abonnement.begindatum)).all()


def eindigend_op(session: Session, dag: date, aanbod: str | None) -> Sequence[Values]:
    """The subscriptions whose last day is this one and of which no notice was given, in order of gemeentecode."""
    query = _met_stand().where(
        Abonnementstand.einddatum == dag, Abonnementstand.opgezegd.is_(False), Abonnementstand.overgegaan_op.is_(None)
    )
    if aanbod:
        query = query.where(Abonnement.aanbod == aanbod)
    return session.connection().execute(query.order_by(Abonnement.gemeentecode)).all()


def pakketten_op(session: Session, dagen: Collection[tuple[uuid.UUID, date]]) -> dict[uuid.UUID, str]:
    """Of each subscription its package on a day."""
    if not dagen:
        return {}
    van = func.unnest(cast([id for id, _ in dagen], ARRAY(Abonnement.id.type)), cast([dag for _, dag in dagen], ARRAY(Date)))
    deel = van.table_valued(column("id", Abonnement.id.type), column("dag", Date)).render_derived(name="deel")
    query = select(deel.c.id, func.pakket_op(deel.c.id, deel.c.dag))
    return {id: pakket for id, pakket in session.execute(query)}


def add(session: Session, rijen: list[dict[str, object]]) -> None:
    session.execute(insert(Abonnement), rijen)


def add_gebeurtenissen(session: Session, rijen: list[dict[str, Any]]) -> None:
    session.execute(insert(Abonnementsgebeurtenis), rijen)


def gebeurtenissen(session: Session, id: uuid.UUID) -> Sequence[Values]:
    query = values_of(Abonnementsgebeurtenis).where(Abonnementsgebeurtenis.abonnement == id)
    return session.connection().execute(query.order_by(Abonnementsgebeurtenis.volgnummer)).all()


def aanspraken(session: Session, jaar: int) -> Sequence[Values]:
    """(abonnement, gemeentecode, gemeentenaam, pakket, vanaf, maanden) of a year, in order of gemeentecode and day."""
    query = text("SELECT * FROM aanspraken(:jaar) ORDER BY gemeentecode, vanaf")
    return session.connection().execute(query, {"jaar": jaar}).all()


def onbeslist(session: Session, jaar: int) -> Sequence[Values]:
    """(overgang, gemeentecode, gemeentenaam, ingangsdatum) of what must be decided before the year can be invoiced."""
    query = text("SELECT * FROM onbesliste_overgangen(:jaar) ORDER BY gemeentecode, ingangsdatum")
    return session.connection().execute(query, {"jaar": jaar}).all()
