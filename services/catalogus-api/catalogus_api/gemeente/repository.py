"""Every SELECT on the tables of gemeenten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from catalogus_api.gemeente.models import Gemeente, Herindeling, Inwonertal
from catalogus_api.gemeente.schemas import GemeentenFilter, HerindelingenFilter

_OPVOLGERS = (
    select(
        Herindeling.oude_code,
        func.array_agg(aggregate_order_by(Herindeling.nieuwe_code, Herindeling.nieuwe_code)).label("opvolgers"),
    )
    .group_by(Herindeling.oude_code)
    .subquery()
)


def find(session: Session, code: str, peildatum: date | None) -> Values | None:
    return session.connection().execute(_gemeenten(peildatum).where(Gemeente.code == code)).one_or_none()


def exists(session: Session, code: str) -> bool:
    return session.connection().execute(select(Gemeente.code).where(Gemeente.code == code)).first() is not None


def list_gemeenten(session: Session, wens: GemeentenFilter) -> tuple[int, list[Values]]:
    query = _gemeenten(wens.peildatum).order_by(Gemeente.code)
    if wens.geldig_op:
        query = query.where(
            or_(Gemeente.begindatum.is_(None), Gemeente.begindatum <= wens.geldig_op),
            or_(Gemeente.einddatum.is_(None), Gemeente.einddatum >= wens.geldig_op),
        )
    if wens.provincie:
        query = query.where(Gemeente.provincie == wens.provincie)
    if wens.naam:
        query = query.where(Gemeente.naam.icontains(wens.naam, autoescape=True))
    return select_page(session, query, wens)


def _gemeenten(peildatum: date | None) -> Select[Any]:
    """With `opvolgers`, the codes of their successors (null without), and `aantal`, of inhabitants, when a day is given."""
    query = values_of(Gemeente).add_columns(_OPVOLGERS.c.opvolgers).outerjoin(_OPVOLGERS, _OPVOLGERS.c.oude_code == Gemeente.code)
    if peildatum is None:
        return query
    geteld = and_(Inwonertal.gemeentecode == Gemeente.code, Inwonertal.peildatum == peildatum)
    return query.add_columns(Inwonertal.aantal).outerjoin(Inwonertal, geteld)


def inwonertallen(session: Session, code: str) -> Sequence[Values]:
    query = values_of(Inwonertal).where(Inwonertal.gemeentecode == code).order_by(Inwonertal.peildatum)
    return session.connection().execute(query).all()


def list_herindelingen(session: Session, wens: HerindelingenFilter) -> tuple[int, list[Values]]:
    query = values_of(Herindeling).order_by(Herindeling.ingangsdatum, Herindeling.oude_code, Herindeling.nieuwe_code)
    if wens.vanaf:
        query = query.where(Herindeling.ingangsdatum >= wens.vanaf)
    if wens.tot:
        query = query.where(Herindeling.ingangsdatum < wens.tot)
    if wens.gemeentecode:
        query = query.where(or_(Herindeling.oude_code == wens.gemeentecode, Herindeling.nieuwe_code == wens.gemeentecode))
    return select_page(session, query, wens)
