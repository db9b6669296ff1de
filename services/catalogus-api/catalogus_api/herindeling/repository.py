"""Every SELECT, INSERT and UPDATE of changes of the indeling."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from sqlalchemy import and_, func, insert, or_, select, update
from sqlalchemy.orm import Session, aliased

from catalogus_api.gemeente.models import Gemeente, Gemeentenaam, Herindeling, Indelingswijziging, Inwonertal
from catalogus_api.herindeling.rules import Stand
from catalogus_api.herindeling.schemas import HerindelingenFilter


def list_herindelingen(session: Session, wens: HerindelingenFilter) -> tuple[int, list[Values]]:
    query = values_of(Herindeling).order_by(Herindeling.ingangsdatum, Herindeling.oude_code, Herindeling.nieuwe_code)
    if wens.vanaf:
        query = query.where(Herindeling.ingangsdatum >= wens.vanaf)
    if wens.tot:
        query = query.where(Herindeling.ingangsdatum < wens.tot)
    if wens.gemeentecode:
        query = query.where(or_(Herindeling.oude_code == wens.gemeentecode, Herindeling.nieuwe_code == wens.gemeentecode))
    return select_page(session, query, wens)


def provincies(session: Session) -> set[str]:
    return set(session.scalars(select(Gemeente.provincie).distinct()))


def laatste_peildatum(session: Session, codes: Collection[str], voor: date) -> date | None:
    """The last day before another for which there is a figure of every one of these gemeenten; None without one."""
    query = (
        select(Inwonertal.peildatum)
        .where(Inwonertal.gemeentecode.in_(codes), Inwonertal.peildatum < voor)
        .group_by(Inwonertal.peildatum)
        .having(func.count() == len(codes))
        .order_by(Inwonertal.peildatum.desc())
        .limit(1)
    )
    return session.scalar(query)


def standen(session: Session, codes: Collection[str], peildatum: date | None) -> dict[str, Stand]:
    """By code, what is known of these gemeenten; with inhabitants at the peildatum."""
    elk = aliased(Inwonertal)
    laatste = select(func.max(elk.peildatum)).where(elk.gemeentecode == Gemeente.code).scalar_subquery()
    heette = select(func.max(Gemeentenaam.tot_en_met)).where(Gemeentenaam.gemeentecode == Gemeente.code).scalar_subquery()
    query = (
        select(Gemeente.code, Gemeente.naam, Gemeente.begindatum, Gemeente.einddatum, Inwonertal.aantal, laatste, heette)
        .outerjoin(Inwonertal, and_(Inwonertal.gemeentecode == Gemeente.code, Inwonertal.peildatum == peildatum))
        .where(Gemeente.code.in_(codes))
    )
    return {rij[0]: Stand(*rij) for rij in session.execute(query)}


def add_wijziging(session: Session, wijziging: Mapping[str, Any]) -> None:
    session.execute(insert(Indelingswijziging).values(wijziging))


def begin(session: Session, gemeenten: Sequence[Mapping[str, Any]]) -> None:
    """Add gemeenten."""
    if gemeenten:
        session.execute(insert(Gemeente), gemeenten)


def beeindig(session: Session, codes: Collection[str], einddatum: date, wijziging: uuid.UUID) -> None:
    """Give gemeenten their last day."""
    session.execute(update(Gemeente).where(Gemeente.code.in_(codes)).values(einddatum=einddatum, wijziging=wijziging))


def add_herindelingen(session: Session, paren: Sequence[Mapping[str, Any]]) -> None:
    if paren:
        session.execute(insert(Herindeling), paren)


def hernoem(session: Session, code: str, naam: str, vorige: Mapping[str, Any]) -> None:
    """Give a gemeente another name, and keep the one it had."""
    session.execute(insert(Gemeentenaam).values(gemeentecode=code, **vorige))
    session.execute(update(Gemeente).where(Gemeente.code == code).values(naam=naam, wijziging=vorige["wijziging"]))


def find(session: Session, id: uuid.UUID) -> Values | None:
    return session.connection().execute(values_of(Indelingswijziging).where(Indelingswijziging.id == id)).one_or_none()


def paren_van(session: Session, id: uuid.UUID) -> Sequence[Values]:
    query = values_of(Herindeling).where(Herindeling.wijziging == id).order_by(Herindeling.oude_code, Herindeling.nieuwe_code)
    return session.connection().execute(query).all()


def namen_van(session: Session, id: uuid.UUID) -> Sequence[Values]:
    query = (
        select(Gemeentenaam.gemeentecode.label("code"), Gemeentenaam.naam)
        .where(Gemeentenaam.wijziging == id)
        .order_by(Gemeentenaam.gemeentecode)
    )
    return list[Values](session.connection().execute(query))
