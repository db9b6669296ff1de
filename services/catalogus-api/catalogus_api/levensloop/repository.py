"""Every SELECT and INSERT of faseovergangen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from catalogus_api.levensloop.models import Faseovergang


def list_overgangen(session: Session, code: str, wens: PageQuery) -> tuple[int, list[Values]]:
    query = values_of(Faseovergang).where(Faseovergang.voorziening == code).order_by(Faseovergang.versie.desc())
    return select_page(session, query, wens)


def find(session: Session, code: str, versie: int) -> Values | None:
    query = values_of(Faseovergang).where(Faseovergang.voorziening == code, Faseovergang.versie == versie)
    return session.connection().execute(query).one_or_none()


def laatste_dag(session: Session, code: str) -> date | None:
    """Of a step of this voorziening."""
    return session.scalar(select(func.max(Faseovergang.datum)).where(Faseovergang.voorziening == code))


def add(session: Session, rijen: Sequence[Mapping[str, Any]]) -> None:
    if rijen:
        session.execute(insert(Faseovergang).values(rijen))
