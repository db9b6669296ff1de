"""Every SELECT and INSERT on the tables of offers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import Select, and_, func, insert, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from abonnement_api.aanbod.models import Aanbod, Aanbodgemeente, Antwoord, Rappel
from abonnement_api.aanbod.rules import GEEN_ANTWOORD
from abonnement_api.aanbod.schemas import AanbodgemeentenFilter, AntwoordenFilter, RappelsFilter


def neem(session: Session, waarden: dict[str, Any]) -> tuple[Aanbod, bool]:
    """The offer with this code, locked, and whether it was inserted now."""
    gemaakt = session.execute(upsert(Aanbod).values(waarden).on_conflict_do_nothing().returning(Aanbod.code)).scalar()
    return lock(session, waarden["code"]), gemaakt is not None


def lock(session: Session, code: str) -> Aanbod:
    return session.get_one(Aanbod, code, with_for_update=True, populate_existing=True)


def find(session: Session, code: str) -> Values | None:
    return session.connection().execute(values_of(Aanbod).where(Aanbod.code == code)).one_or_none()


def list_aanbiedingen(session: Session, wens: PageQuery) -> tuple[int, list[Values]]:
    return select_page(session, values_of(Aanbod).order_by(Aanbod.begindatum, Aanbod.code), wens)


def add_gemeenten(session: Session, rijen: list[dict[str, Any]]) -> None:
    session.execute(insert(Aanbodgemeente), rijen)


def gemeente(session: Session, zicht: Sight, aanbod: str, gemeentecode: str) -> Values | None:
    query = values_of(Aanbodgemeente).where(
        Aanbodgemeente.aanbod == aanbod,
        Aanbodgemeente.gemeentecode == gemeentecode,
        *zicht.on(gemeentecode=Aanbodgemeente.gemeentecode),
    )
    return session.connection().execute(query).one_or_none()


def antwoorden_van(session: Session, aanbod: str, gemeentecode: str) -> Sequence[Values]:
    query = values_of(Antwoord).where(Antwoord.aanbod == aanbod, Antwoord.gemeentecode == gemeentecode)
    return session.connection().execute(query.order_by(Antwoord.volgnummer)).all()


def add_antwoord(session: Session, waarden: dict[str, Any]) -> None:
    session.execute(insert(Antwoord).values(waarden))


def list_antwoorden(session: Session, zicht: Sight, aanbod: str, wens: AntwoordenFilter) -> tuple[int, list[Values]]:
    query = values_of(Antwoord).where(Antwoord.aanbod == aanbod, *zicht.on(gemeentecode=Antwoord.gemeentecode))
    if wens.gemeentecode:
        query = query.where(Antwoord.gemeentecode == wens.gemeentecode)
    return select_page(session, query.order_by(Antwoord.gemeentecode, Antwoord.volgnummer), wens)


def _gemeenten(zicht: Sight, aanbod: str, op: date) -> Select[Any]:
    """The gemeenten of an offer with their last answer at the end of a day, and the reminders until then."""
    laatste = (
        select(Antwoord.__table__)
        .where(Antwoord.aanbod == aanbod, Antwoord.datum <= op)
        .ext(distinct_on(Antwoord.gemeentecode))
        .order_by(Antwoord.gemeentecode, Antwoord.volgnummer.desc())
        .subquery()
    )
    rappels = (
        select(Rappel.gemeentecode, func.count().label("aantal"), func.max(Rappel.datum).label("laatste"))
        .where(Rappel.aanbod == aanbod, Rappel.datum <= op)
        .group_by(Rappel.gemeentecode)
        .subquery()
    )
    query = select(
        Aanbodgemeente.gemeentecode,
        Aanbodgemeente.gemeentenaam,
        Aanbodgemeente.inwoners,
        func.coalesce(laatste.c.antwoord, GEEN_ANTWOORD).label("stand"),
        laatste.c.datum,
        laatste.c.pakket,
        laatste.c.abonnement,
        func.coalesce(rappels.c.aantal, 0).label("rappels"),
        rappels.c.laatste.label("laatste_rappel"),
    ).where(Aanbodgemeente.aanbod == aanbod, *zicht.on(gemeentecode=Aanbodgemeente.gemeentecode))
    query = query.outerjoin(laatste, laatste.c.gemeentecode == Aanbodgemeente.gemeentecode)
    return query.outerjoin(rappels, rappels.c.gemeentecode == Aanbodgemeente.gemeentecode)


def list_gemeenten(
    session: Session, zicht: Sight, aanbod: str, op: date, wens: AanbodgemeentenFilter
) -> tuple[int, list[Values]]:
    deel = _gemeenten(zicht, aanbod, op).subquery()
    query = select(deel).order_by(deel.c.gemeentecode)
    if wens.stand:
        query = query.where(deel.c.stand == wens.stand)
    if wens.gemeentecode:
        query = query.where(deel.c.gemeentecode == wens.gemeentecode)
    return select_page(session, query, wens)


def alle_gemeenten(session: Session, zicht: Sight, aanbod: str, op: date) -> Sequence[Values]:
    """As `list_gemeenten`, all of them, in order of gemeentecode."""
    query = _gemeenten(zicht, aanbod, op).order_by(Aanbodgemeente.gemeentecode)
    return session.connection().execute(query).all()


def standen(session: Session, aanbod: str, op: date) -> Sequence[Values]:
    """(stand, number, inhabitants, number without a figure)."""
    deel = _gemeenten(Sight(), aanbod, op).subquery()
    query = select(
        deel.c.stand,
        func.count().label("aantal"),
        func.coalesce(func.sum(deel.c.inwoners), 0).label("inwoners"),
        func.count().filter(deel.c.inwoners.is_(None)).label("zonder_cijfer"),
    ).group_by(deel.c.stand)
    return session.connection().execute(query).all()


def te_rappelleren(session: Session, aanbod: str, stap: int, vandaag: date) -> Sequence[Values]:
    """(gemeentecode, gemeentenaam) of who has not answered, had the reminder before this one, and none today."""
    eigen = and_(Rappel.aanbod == Aanbodgemeente.aanbod, Rappel.gemeentecode == Aanbodgemeente.gemeentecode)
    gehad = select(func.count()).where(eigen).scalar_subquery()
    geantwoord = select(Antwoord.volgnummer).where(
        Antwoord.aanbod == Aanbodgemeente.aanbod, Antwoord.gemeentecode == Aanbodgemeente.gemeentecode
    )
    te_laat = select(Rappel.stap).where(eigen, or_(Rappel.datum >= vandaag, Rappel.stap >= stap))
    kolommen: list[Any] = [Aanbodgemeente.gemeentecode, Aanbodgemeente.gemeentenaam]
    query = select(*kolommen).where(Aanbodgemeente.aanbod == aanbod, ~geantwoord.exists(), ~te_laat.exists(), gehad == stap - 1)
    return session.connection().execute(query.order_by(Aanbodgemeente.gemeentecode)).all()


def add_rappels(session: Session, rijen: list[dict[str, Any]]) -> None:
    session.execute(insert(Rappel), rijen)


def list_rappels(session: Session, zicht: Sight, aanbod: str, wens: RappelsFilter) -> tuple[int, list[Values]]:
    query = (
        select(*Rappel.__table__.c, Aanbodgemeente.gemeentenaam)
        .join(
            Aanbodgemeente,
            and_(Aanbodgemeente.aanbod == Rappel.aanbod, Aanbodgemeente.gemeentecode == Rappel.gemeentecode),
        )
        .where(Rappel.aanbod == aanbod, *zicht.on(gemeentecode=Rappel.gemeentecode))
        .order_by(Rappel.gemeentecode, Rappel.stap)
    )
    if wens.stap:
        query = query.where(Rappel.stap == wens.stap)
    if wens.datum:
        query = query.where(Rappel.datum == wens.datum)
    if wens.gemeentecode:
        query = query.where(Rappel.gemeentecode == wens.gemeentecode)
    return select_page(session, query, wens)
