"""Every SELECT, INSERT and UPDATE of deelnames and their conditions."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    insert,
    null,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import insert as insert_pg
from sqlalchemy.orm import Session, aliased

from catalogus_api.deelname import rules
from catalogus_api.deelname.models import Deelname, Deelnameovergang, Deelnamevoorwaarden
from catalogus_api.deelname.schemas import DeelnamesFilter, VoorwaardenFilter


def zichtbaar(gemeenten: Collection[str], als_gemeente: bool, vandaag: date) -> ColumnElement[bool]:
    """Which deelnames a caller sees that stands for these gemeenten; everything that shows deelnames goes by this.

    Args:
        als_gemeente: whether it is a gemeente itself, so that it sees what is for gemeenten.
    """
    open_voor = ("gemeenten", "iedereen") if als_gemeente else ("iedereen",)
    gemeenten = sorted(gemeenten)
    if not gemeenten:
        return Deelname.zichtbaarheid.in_(open_voor)
    ander, overgenomen = aliased(Deelname), aliased(Deelname)
    neemt_deel = select(ander.id).where(
        ander.voorziening == Deelname.voorziening,
        ander.gemeentecode.in_(gemeenten),
        ander.aangemeld_op <= vandaag,
        or_(ander.tot.is_(None), ander.tot > vandaag),
    )
    van_mij = select(overgenomen.id).where(overgenomen.gemeentecode.in_(gemeenten))
    mag: list[ColumnElement[bool]] = [
        Deelname.zichtbaarheid.in_(open_voor),
        Deelname.gemeentecode.in_(gemeenten),
        Deelname.opvolger.in_(van_mij),
    ]
    if als_gemeente:
        mag.append(and_(Deelname.zichtbaarheid == "deelnemers", neemt_deel.exists()))
    return or_(*mag)


def status_op(dag: date) -> ColumnElement[Any]:
    """`rules.status_op` in SQL."""
    return case(
        (Deelname.vanaf > dag, None),
        (and_(Deelname.tot <= dag, Deelname.tot == Deelname.overgaat_op), rules.OVERGEGAAN),
        (Deelname.tot <= dag, rules.BEEINDIGD),
        (Deelname.gebruik_op <= dag, rules.GEBRUIK),
        (Deelname.implementatie_op <= dag, rules.IMPLEMENTATIE),
        (Deelname.aangemeld_op <= dag, rules.AANGEMELD),
        else_=rules.BELANGSTELLING,
    )


def list_deelnames(
    session: Session, mag: ColumnElement[bool] | None, wens: DeelnamesFilter, vandaag: date
) -> tuple[int, list[Values]]:
    """Each with `status`, on the day that is asked for."""
    status = status_op(wens.op or vandaag)
    query = values_of(Deelname).add_columns(status.label("status"))
    if mag is not None:
        query = query.where(mag)
    for naam in ("voorziening", "gemeentecode", "inkoopgrond"):
        if (waarde := getattr(wens, naam)) is not None:
            query = query.where(Deelname.__table__.c[naam] == waarde)
    if wens.op:
        query = query.where(Deelname.vanaf <= wens.op)
    if wens.status:
        query = query.where(status == wens.status)
    return select_page(session, query.order_by(Deelname.voorziening, Deelname.gemeentecode, Deelname.vanaf, Deelname.id), wens)


def find(session: Session, mag: ColumnElement[bool] | None, id: uuid.UUID) -> Values | None:
    query = values_of(Deelname).where(Deelname.id == id)
    return session.connection().execute(query if mag is None else query.where(mag)).one_or_none()


def te_zien(session: Session, mag: ColumnElement[bool] | None, ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those of these that the caller may see."""
    if mag is None or not ids:
        return set(ids)
    query = select(Deelname.id).where(Deelname.id == func.any(list(ids)), mag)
    return set(session.connection().execute(query).scalars())


def lock(session: Session, id: uuid.UUID) -> Values:
    """The deelname, which nobody else changes before this transaction ends."""
    return session.connection().execute(values_of(Deelname).where(Deelname.id == id).with_for_update()).one()


def overgangen(session: Session, id: uuid.UUID) -> Sequence[Values]:
    query = values_of(Deelnameovergang).where(Deelnameovergang.deelname == id).order_by(Deelnameovergang.volgnummer)
    return session.connection().execute(query).all()


def aantallen_stappen(session: Session, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    query = (
        select(Deelnameovergang.deelname, func.count())
        .where(Deelnameovergang.deelname.in_(ids))
        .group_by(Deelnameovergang.deelname)
    )
    return {id: aantal for id, aantal in session.connection().execute(query)}


def add(session: Session, deelname: Mapping[str, Any]) -> bool:
    """False when the gemeente takes part then already."""
    nieuw = insert_pg(Deelname).values(deelname).on_conflict_do_nothing(constraint="deelname_een_tegelijk")
    return session.execute(nieuw.returning(Deelname.id)).first() is not None


def add_alle(session: Session, deelnames: Sequence[Mapping[str, Any]]) -> None:
    if deelnames:
        session.execute(insert(Deelname), deelnames)


def add_overgangen(session: Session, overgangen: Sequence[Mapping[str, Any]]) -> None:
    """Add steps; at most one of each deelname."""
    if overgangen:
        session.execute(insert(Deelnameovergang), overgangen)


def change(session: Session, id: uuid.UUID, waarden: Mapping[str, Any]) -> None:
    session.execute(update(Deelname).where(Deelname.id == id).values(waarden))


def lopend(
    session: Session, gemeentecodes: Collection[str], dag: date, voorzieningen: Collection[str] | None = None
) -> Sequence[Values]:
    """Deelnames of gemeenten that go on after the eve of a day, locked, in the order of their ids.

    Args:
        voorzieningen: only at these.
    """
    query = values_of(Deelname).where(Deelname.gemeentecode.in_(gemeentecodes), or_(Deelname.tot.is_(None), Deelname.tot > dag))
    if voorzieningen is not None:
        query = query.where(Deelname.voorziening.in_(voorzieningen))
    return session.connection().execute(query.order_by(Deelname.id).with_for_update()).all()


def voorgangers(session: Session, id: uuid.UUID) -> Sequence[Values]:
    """What has gone over, or will go over, into a deelname."""
    return session.connection().execute(values_of(Deelname).where(Deelname.opvolger == id)).all()


def houd_voorwaarden(session: Session, voorziening: str, *, alleen: bool = False) -> None:
    """Let the conditions of a voorziening stay as they are until this transaction ends; `alleen` when this one changes them."""
    slot = "pg_advisory_xact_lock" if alleen else "pg_advisory_xact_lock_shared"
    session.execute(text(f"SELECT {slot}(hashtextextended(:wat, 0))"), {"wat": f"deelnamevoorwaarden {voorziening}"})


def list_voorwaarden(session: Session, voorziening: str, wens: VoorwaardenFilter) -> tuple[int, list[Values]]:
    query = values_of(Deelnamevoorwaarden).where(Deelnamevoorwaarden.voorziening == voorziening)
    if wens.op:
        geldend = select(func.max(Deelnamevoorwaarden.versie)).where(
            Deelnamevoorwaarden.voorziening == voorziening, Deelnamevoorwaarden.vanaf <= wens.op
        )
        query = query.where(Deelnamevoorwaarden.versie == geldend.scalar_subquery())
    return select_page(session, query.order_by(Deelnamevoorwaarden.versie.desc()), wens)


def voorwaarden(session: Session, voorziening: str, versie: int) -> Values | None:
    query = values_of(Deelnamevoorwaarden).where(
        Deelnamevoorwaarden.voorziening == voorziening, Deelnamevoorwaarden.versie == versie
    )
    return session.connection().execute(query).one_or_none()


def voorwaarden_op(session: Session, voorziening: str, dag: date | None) -> Values | None:
    """The version that holds on a day; the last when none is given."""
    query = values_of(Deelnamevoorwaarden).where(Deelnamevoorwaarden.voorziening == voorziening)
    if dag is not None:
        query = query.where(Deelnamevoorwaarden.vanaf <= dag)
    return session.connection().execute(query.order_by(Deelnamevoorwaarden.versie.desc()).limit(1)).one_or_none()


def add_voorwaarden(session: Session, waarden: Mapping[str, Any]) -> None:
    session.execute(insert(Deelnamevoorwaarden).values(waarden))


def aantal_na(session: Session, voorziening: str, dag: date) -> int:
    """How many deelnames at a voorziening go on until a day or later."""
    query = (
        select(func.count())
        .select_from(Deelname)
        .where(Deelname.voorziening == voorziening, or_(Deelname.tot.is_(None), Deelname.tot > dag))
    )
    return session.connection().execute(query).scalar_one()


def belangen(session: Session, gemeentecodes: Collection[str], dag: date) -> dict[str, tuple[int, date]]:
    """By gemeente that takes part from a day on: how many deelnames, and the last day of any of their steps."""
    laatst = func.greatest(Deelname.vanaf, Deelname.aangemeld_op, Deelname.implementatie_op, Deelname.gebruik_op)
    query = (
        select(Deelname.gemeentecode, func.count(), func.max(laatst))
        .where(Deelname.gemeentecode.in_(gemeentecodes), or_(Deelname.tot.is_(None), Deelname.tot > dag))
        .group_by(Deelname.gemeentecode)
    )
    return {code: (aantal, dag_) for code, aantal, dag_ in session.connection().execute(query)}


def gebruik(
    session: Session, mag: ColumnElement[bool] | None, codes: Collection[str], dag: date, *, per_provincie: bool = False
) -> Sequence[Values]:
    """(voorziening, provincie, gemeenten, inwoners, zichtbaar) of what is in use on a day, by gemeenten that exist then.

    Args:
        mag: under which the caller sees a deelname; `zichtbaar` counts those.
        per_provincie: else `provincie` is null.
    """
    aantal = func.count() if mag is None else func.count().filter(mag)
    query = _gebruik(per_provincie).add_columns(aantal.label("zichtbaar"))
    return session.connection().execute(query, {"dag": dag, "codes": list(codes)}).all()


@cache
def _gebruik(per_provincie: bool) -> Select[Any]:
    """What is the same for every caller; making it costs more than PostgreSQL needs to answer it."""
    dag = bindparam("dag", type_=Date)
    op = func.gemeenten_op(dag).table_valued("code", "naam", "provincie", "inwoners").alias("op").c
    groepen = [Deelname.voorziening, *([op.provincie] if per_provincie else [])]
    return (
        select(
            Deelname.voorziening,
            op.provincie if per_provincie else null().label("provincie"),
            func.count().label("gemeenten"),
            func.sum(cast(op.inwoners, Integer)).label("inwoners"),
        )
        .join_from(Deelname, op.code.table, op.code == Deelname.gemeentecode)
        .where(
            Deelname.voorziening == func.any(bindparam("codes", type_=ARRAY(Text))),
            Deelname.gebruik_op <= dag,
            or_(Deelname.tot.is_(None), Deelname.tot > dag),
        )
        .group_by(*groepen)
        .order_by(*groepen)
    )
