"""Every SELECT and INSERT on factsheets."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import Select, text
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.orm import Session

from catalogus_api.factsheet.models import Factsheet


def een_voor_een(session: Session, codes: Sequence[str]) -> None:
    """Who gives one of these voorzieningen a next version does so alone. The trigger takes the same lock."""
    for code in sorted(codes):
        session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('factsheet ' || :code, 0))"), {"code": code})


def find(session: Session, zicht: Sight, code: str, op: date | None, versie: int | None) -> Values | None:
    """The last version that the caller may see, of those up to a day and with a number, where they are given."""
    query = _zichtbaar(zicht, code).limit(1)
    if op is not None:
        query = query.where(Factsheet.datum <= op)
    if versie is not None:
        query = query.where(Factsheet.versie == versie)
    return session.connection().execute(query).one_or_none()


def list_factsheets(session: Session, zicht: Sight, code: str, wens: PageQuery) -> tuple[int, list[Values]]:
    """Newest first."""
    return select_page(session, _zichtbaar(zicht, code), wens)


def laatste(session: Session, codes: Sequence[str]) -> dict[str, Values]:
    """The last version of each voorziening that has one, whoever may see it."""
    query = (
        values_of(Factsheet)
        .where(Factsheet.voorziening.in_(codes))
        .ext(distinct_on(Factsheet.voorziening))
        .order_by(Factsheet.voorziening, Factsheet.versie.desc())
    )
    return {rij.voorziening: rij for rij in session.connection().execute(query)}


def van_voorzieningen(session: Session, zicht: Sight, codes: Collection[str], op: date | None) -> Sequence[Values]:
    """Of each voorziening the last version that the caller may see, up to a day where one is given."""
    query = (
        values_of(Factsheet)
        .where(Factsheet.voorziening.in_(codes), *zicht.on(publicatiestatus=Factsheet.publicatiestatus))
        .ext(distinct_on(Factsheet.voorziening))
        .order_by(Factsheet.voorziening, Factsheet.versie.desc())
    )
    return session.connection().execute(query if op is None else query.where(Factsheet.datum <= op)).all()


def add(session: Session, rijen: Sequence[Mapping[str, Any]]) -> None:
    session.execute(insert(Factsheet).values(list(rijen)))


def _zichtbaar(zicht: Sight, code: str) -> Select[Any]:
    query = values_of(Factsheet).where(Factsheet.voorziening == code, *zicht.on(publicatiestatus=Factsheet.publicatiestatus))
    return query.order_by(Factsheet.versie.desc())
