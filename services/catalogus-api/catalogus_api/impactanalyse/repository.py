"""Every SELECT and INSERT of impactanalyses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from sqlalchemy import insert
from sqlalchemy.orm import Session

from catalogus_api.impactanalyse.models import Impactanalyse

_LAATSTE_EERST = Impactanalyse.versie.desc()


def list_analyses(session: Session, code: str, wens: PageQuery) -> tuple[int, list[Values]]:
    query = values_of(Impactanalyse).where(Impactanalyse.voorziening == code).order_by(_LAATSTE_EERST)
    return select_page(session, query, wens)


def find(session: Session, code: str, versie: int) -> Values | None:
    query = values_of(Impactanalyse).where(Impactanalyse.voorziening == code, Impactanalyse.versie == versie)
    return session.connection().execute(query).one_or_none()


def laatste(session: Session, code: str) -> Values | None:
    query = values_of(Impactanalyse).where(Impactanalyse.voorziening == code).order_by(_LAATSTE_EERST).limit(1)
    return session.connection().execute(query).one_or_none()


def add(session: Session, rij: Mapping[str, Any]) -> None:
    session.execute(insert(Impactanalyse).values(rij))
