"""Every SELECT on the tables of gemeenten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from gemeengoed_kit.db import values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from catalogus_api.gemeente.models import Gemeente, Herindeling, Inwonertal
from catalogus_api.gemeente.schemas import GemeentenFilter, HerindelingenFilter


def find(session: Session, code: str) -> Gemeente | None:
    return session.get(Gemeente, code)


def list_gemeenten(session: Session, wens: GemeentenFilter) -> tuple[int, list[Gemeente]]:
    query = values_of(Gemeente).order_by(Gemeente.code)
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


def inwoners_op(session: Session, codes: Sequence[str], peildatum: date) -> dict[str, int]:
    rows = session.execute(
        select(Inwonertal.gemeentecode, Inwonertal.aantal).where(
            Inwonertal.peildatum == peildatum, Inwonertal.gemeentecode.in_(codes)
        )
    )
    return {code: aantal for code, aantal in rows}


def inwonertallen(session: Session, code: str) -> Sequence[Inwonertal]:
    return session.scalars(select(Inwonertal).where(Inwonertal.gemeentecode == code).order_by(Inwonertal.peildatum)).all()


def opvolgers(session: Session, codes: Sequence[str]) -> dict[str, list[str]]:
    """Old code to the codes of its successors, for gemeenten that have ended."""
    found: dict[str, list[str]] = defaultdict(list)
    if not codes:
        return found
    rows = session.execute(
        select(Herindeling.oude_code, Herindeling.nieuwe_code)
        .where(Herindeling.oude_code.in_(codes))
        .order_by(Herindeling.oude_code, Herindeling.nieuwe_code)
    )
    for oud, nieuw in rows:
        found[oud].append(nieuw)
    return found


def list_herindelingen(session: Session, wens: HerindelingenFilter) -> tuple[int, list[Herindeling]]:
    query = values_of(Herindeling).order_by(Herindeling.ingangsdatum, Herindeling.oude_code, Herindeling.nieuwe_code)
    if wens.vanaf:
        query = query.where(Herindeling.ingangsdatum >= wens.vanaf)
    if wens.tot:
        query = query.where(Herindeling.ingangsdatum < wens.tot)
    if wens.gemeentecode:
        query = query.where(or_(Herindeling.oude_code == wens.gemeentecode, Herindeling.nieuwe_code == wens.gemeentecode))
    page: PageQuery = wens
    return select_page(session, query, page)
