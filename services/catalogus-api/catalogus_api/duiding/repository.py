"""Every SELECT and INSERT on criteria, wegingen and scores."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import Select, select, text
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.orm import Session

from catalogus_api.duiding.models import Criterium, Score, Weging
from catalogus_api.duiding.schemas import ScoresFilter, WegingenFilter


def list_criteria(session: Session, wens: PageQuery) -> tuple[int, list[Values]]:
    return select_page(session, values_of(Criterium).order_by(Criterium.code), wens)


def find_criterium(session: Session, code: str) -> Values | None:
    return session.connection().execute(values_of(Criterium).where(Criterium.code == code)).one_or_none()


def soorten(session: Session) -> dict[str, str]:
    """Criterium to kind."""
    return {rij.code: rij.soort for rij in session.connection().execute(select(Criterium.code, Criterium.soort))}


def add_criteria(session: Session, rijen: Sequence[Mapping[str, Any]]) -> int:
    """Number that is new; a code that is taken stays as it is."""
    opdracht = insert(Criterium).values(list(rijen)).on_conflict_do_nothing().returning(Criterium.code)
    return len(session.connection().execute(opdracht).all())


def een_voor_een(session: Session, code: str) -> None:
    """Who gives a weging its next version does so alone. The trigger takes the same lock."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('weging ' || :code, 0))"), {"code": code})


def list_wegingen(session: Session, wens: WegingenFilter) -> tuple[int, list[Values]]:
    query = values_of(Weging).order_by(Weging.code, Weging.versie.desc())
    return select_page(session, query if wens.code is None else query.where(Weging.code == wens.code), wens)


def find_weging(session: Session, code: str, versie: int | None, tot: datetime | None = None) -> Values | None:
    """That version, else the last; of those of before a moment, when it is given."""
    query = values_of(Weging).where(Weging.code == code).order_by(Weging.versie.desc()).limit(1)
    if versie is not None:
        query = query.where(Weging.versie == versie)
    if tot is not None:
        query = query.where(Weging.vastgelegd_op < tot)
    return session.connection().execute(query).one_or_none()


def add_weging(session: Session, rij: Mapping[str, Any]) -> None:
    session.execute(insert(Weging).values(rij))


def list_scores(session: Session, zicht: Sight, wens: ScoresFilter) -> tuple[int, list[Values]]:
    query = _zichtbaar(zicht).order_by(Score.id.desc())
    for naam in ("voorziening", "criterium", "fase"):
        if (waarde := getattr(wens, naam)) is not None:
            query = query.where(Score.__table__.c[naam] == waarde)
    return select_page(session, query, wens)


def find_score(session: Session, zicht: Sight, id: int) -> Values | None:
    return session.connection().execute(_zichtbaar(zicht).where(Score.id == id)).one_or_none()


def laatste_scores(
    session: Session, zicht: Sight, criteria: Collection[str], tot: datetime, codes: Collection[str] | None
) -> Sequence[Values]:
    """The last score of before a moment, of each voorziening that the caller may see on each of these criteria."""
    query = (
        _zichtbaar(zicht)
        .ext(distinct_on(Score.voorziening, Score.criterium))
        .where(Score.criterium.in_(criteria), Score.vastgelegd_op < tot)
        .order_by(Score.voorziening, Score.criterium, Score.vastgelegd_op.desc(), Score.id.desc())
    )
    return session.connection().execute(query if codes is None else query.where(Score.voorziening.in_(codes))).all()


def add_score(session: Session, rij: Mapping[str, Any]) -> int:
    """Its number."""
    return session.connection().execute(insert(Score).values(rij).returning(Score.id)).scalar_one()


def _zichtbaar(zicht: Sight) -> Select[Any]:
    return values_of(Score).where(*zicht.on(voorziening=Score.voorziening))
