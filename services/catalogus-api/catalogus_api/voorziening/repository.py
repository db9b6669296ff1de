"""Every SELECT on voorzieningen."""

from __future__ import annotations

from collections.abc import Collection

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogus_api.voorziening.models import Voorziening
from catalogus_api.voorziening.schemas import VoorzieningenFilter


def find(session: Session, code: str) -> Values | None:
    return session.connection().execute(values_of(Voorziening).where(Voorziening.code == code)).one_or_none()


def list_voorzieningen(session: Session, wens: VoorzieningenFilter) -> tuple[int, list[Values]]:
    query = values_of(Voorziening).order_by(Voorziening.code)
    if wens.domein:
        query = query.where(Voorziening.domein == wens.domein)
    if wens.naam:
        query = query.where(Voorziening.naam.icontains(wens.naam, autoescape=True))
    return select_page(session, query, wens)


def namen(session: Session, codes: Collection[str]) -> dict[str, str]:
    query = select(Voorziening.code, Voorziening.naam).where(Voorziening.code.in_(codes))
    return {rij.code: rij.naam for rij in session.connection().execute(query)}


def codes_in(session: Session, domein: str) -> list[str]:
    return list(session.connection().execute(select(Voorziening.code).where(Voorziening.domein == domein)).scalars())
