"""Every SELECT, INSERT and UPDATE of samenwerkingsverbanden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from sqlalchemy import ColumnElement, and_, any_, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert
from sqlalchemy.orm import Session

from catalogus_api.gemeente.models import Gemeente
from catalogus_api.samenwerkingsverband import rules
from catalogus_api.samenwerkingsverband.models import Lidmaatschap, Samenwerkingsverband
from catalogus_api.samenwerkingsverband.schemas import SamenwerkingsverbandenFilter

_LAATSTE_DAG = func.least(Lidmaatschap.tot_en_met, Gemeente.einddatum)
"""Of a membership; null while it goes on."""


def _lid_op(dag: date) -> ColumnElement[bool]:
    return and_(Lidmaatschap.vanaf <= dag, or_(_LAATSTE_DAG.is_(None), dag <= _LAATSTE_DAG))


def list_verbanden(session: Session, wens: SamenwerkingsverbandenFilter, dag: date) -> tuple[int, list[Values]]:
    """With `leden`, the codes of who is a member on the day (null without)."""
    leden = (
        select(
            Lidmaatschap.verband,
            func.array_agg(aggregate_order_by(Lidmaatschap.gemeentecode, Lidmaatschap.gemeentecode)).label("leden"),
        )
        .join(Gemeente, Gemeente.code == Lidmaatschap.gemeentecode)
        .where(_lid_op(dag))
        .group_by(Lidmaatschap.verband)
        .subquery()
    )
    query = (
        select(Samenwerkingsverband.code, Samenwerkingsverband.naam, leden.c.leden)
        .outerjoin(leden, leden.c.verband == Samenwerkingsverband.code)
        .order_by(Samenwerkingsverband.code)
    )
    if wens.gemeentecode:
        query = query.where(literal(wens.gemeentecode) == any_(leden.c.leden))
    return select_page(session, query, wens)


def find(session: Session, code: str) -> Values | None:
    query = values_of(Samenwerkingsverband).where(Samenwerkingsverband.code == code)
    return session.connection().execute(query).one_or_none()


def lock(session: Session, code: str) -> str | None:
    """Its code, with the row locked until the end of the transaction; None when there is none."""
    return session.scalar(
        select(Samenwerkingsverband.code).where(Samenwerkingsverband.code == code).with_for_update(key_share=True)
    )


def lidmaatschappen(session: Session, code: str) -> Sequence[Values]:
    """But those of gemeenten that end before they would have begun."""
    query = (
        select(Lidmaatschap.gemeentecode, Gemeente.naam, Lidmaatschap.vanaf, _LAATSTE_DAG.label("tot_en_met"))
        .join(Gemeente, Gemeente.code == Lidmaatschap.gemeentecode)
        .where(Lidmaatschap.verband == code, or_(_LAATSTE_DAG.is_(None), Lidmaatschap.vanaf <= _LAATSTE_DAG))
        .order_by(Lidmaatschap.vanaf, Lidmaatschap.gemeentecode)
    )
    return session.connection().execute(query).all()


def leden(session: Session, code: str) -> dict[str, list[rules.Lidmaatschap]]:
    """All memberships by gemeentecode, as they were put down."""
    gevonden = defaultdict(list)
    query = select(Lidmaatschap.gemeentecode, Lidmaatschap.vanaf, Lidmaatschap.tot_en_met).where(Lidmaatschap.verband == code)
    for gemeentecode, vanaf, tot_en_met in session.execute(query):
        gevonden[gemeentecode].append(rules.Lidmaatschap(vanaf, tot_en_met))
    return gevonden


def leden_op(session: Session, code: str, dag: date) -> frozenset[str]:
    query = (
        select(Lidmaatschap.gemeentecode)
        .join(Gemeente, Gemeente.code == Lidmaatschap.gemeentecode)
        .where(Lidmaatschap.verband == code, _lid_op(dag))
    )
    return frozenset(session.connection().execute(query).scalars())


def add(session: Session, verband: Mapping[str, Any]) -> bool:
    """False when there is one with this code already."""
    nieuw = insert(Samenwerkingsverband).values(verband).on_conflict_do_nothing()
    return session.execute(nieuw.returning(Samenwerkingsverband.code)).first() is not None


def add_leden(session: Session, code: str, gemeentecodes: Collection[str], vanaf: date) -> None:
    if gemeentecodes:
        session.execute(insert(Lidmaatschap), [{"verband": code, "gemeentecode": een, "vanaf": vanaf} for een in gemeentecodes])


def beeindig(session: Session, code: str, gemeentecodes: Collection[str], tot_en_met: date) -> None:
    """Give memberships that go on their last day."""
    session.execute(
        update(Lidmaatschap)
        .where(Lidmaatschap.verband == code, Lidmaatschap.gemeentecode.in_(gemeentecodes), Lidmaatschap.tot_en_met.is_(None))
        .values(tot_en_met=tot_en_met)
    )
