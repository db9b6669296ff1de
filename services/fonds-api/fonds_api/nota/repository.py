"""Every SELECT and INSERT on nota's and on what pays them; the locks on numbers and on a debtor live here."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import BigInteger, ColumnElement, Select, case, cast, func, insert, select
from sqlalchemy.orm import Session, aliased

from fonds_api.nota.models import Nota, Toerekening, Verrekening
from fonds_api.nota.schemas import NotasFilter


def _open() -> ColumnElement[int]:
    """What is open of a nota, in cents; a creditnota of a nota counts with that nota, and is never open itself."""
    credit = aliased(Nota)
    gecrediteerd = select(func.coalesce(func.sum(credit.bedrag_cent), 0)).where(credit.betreft == Nota.id).scalar_subquery()
    betaald = select(func.coalesce(func.sum(Toerekening.bedrag_cent), 0)).where(Toerekening.nota == Nota.id).scalar_subquery()
    som = select(func.coalesce(func.sum(Verrekening.bedrag_cent), 0))
    erbij, eraf = (som.where(kant == Nota.id).scalar_subquery() for kant in (Verrekening.van, Verrekening.met))
    open_cent = Nota.bedrag_cent + gecrediteerd - betaald + erbij - eraf
    return case((Nota.betreft.is_not(None), 0), else_=cast(open_cent, BigInteger))


OPEN_CENT = _open().label("open_cent")


def _query(zicht: Sight) -> Select[Any]:
    query = select(*Nota.__table__.c, OPEN_CENT)
    return query.where(*zicht.on(fonds=Nota.fonds, gemeentecode=Nota.gemeentecode))


def vergrendel_nummers(session: Session, fonds: str, jaar: int) -> None:
    """One at a time gives numbers of a fonds and year. Take it after `vergrendel_debiteur`, never before."""
    session.execute(select(func.vergrendel_notanummers(fonds, jaar)))


def vergrendel_debiteur(session: Session, fonds: str, gemeentecode: str) -> None:
    """One at a time changes what a gemeente has open."""
    session.execute(select(func.vergrendel_debiteur(fonds, gemeentecode)))


def laatste_nummer(session: Session, fonds: str, jaar: int) -> int:
    query = select(func.coalesce(func.max(Nota.nummer), 0)).where(Nota.fonds == fonds, Nota.jaar == jaar)
    return session.execute(query).scalar_one()


def van_bron(session: Session, ronde: str | None, termijn: int | None, afrekening: str | None) -> Sequence[Values]:
    """The nota's of a term of a round, or of a settlement, by number."""
    query = values_of(Nota).order_by(Nota.jaar, Nota.nummer)
    bron = [Nota.afrekening == afrekening] if afrekening else [Nota.ronde == ronde, Nota.termijn == termijn]
    return session.connection().execute(query.where(*bron)).all()


def insert_notas(session: Session, rijen: list[dict[str, Any]]) -> None:
    session.execute(insert(Nota).values(rijen))


def find(session: Session, zicht: Sight, id: str) -> Values | None:
    return session.connection().execute(_query(zicht).where(Nota.id == id)).one_or_none()


def list_notas(session: Session, zicht: Sight, wens: NotasFilter) -> tuple[int, dict[str, int], list[Values]]:
    """(total number, sums in cents of all of them, nota's of this page)."""
    query = _query(zicht)
    for naam in ("fonds", "jaar", "gemeentecode", "ronde", "afrekening"):
        if (waarde := getattr(wens, naam)) is not None:
            query = query.where(getattr(Nota, naam) == waarde)
    if wens.open is not None:
        query = query.where(OPEN_CENT != 0 if wens.open else OPEN_CENT == 0)
    count, rijen = select_page(session, query.order_by(Nota.fonds, Nota.jaar, Nota.nummer), wens)
    bedrag, nog = session.connection().execute(query.with_only_columns(func.sum(Nota.bedrag_cent), func.sum(OPEN_CENT))).one()
    return count, {"bedrag_cent": int(bedrag or 0), "open_cent": int(nog or 0)}, rijen


def gecrediteerd(session: Session, id: str) -> int:
    """What creditnota's took back of a nota, in cents, zero or more."""
    return -int(session.execute(select(func.coalesce(func.sum(Nota.bedrag_cent), 0)).where(Nota.betreft == id)).scalar_one())


def van_debiteur(session: Session, fonds: str, gemeentecode: str, ids: Sequence[str]) -> dict[str, Values]:
    """By id the nota's of a debtor that have something open, or could have: no creditnota's of a nota."""
    query: Select[Any] = select(*Nota.__table__.c, OPEN_CENT).where(
        Nota.id.in_(ids), Nota.fonds == fonds, Nota.gemeentecode == gemeentecode, Nota.betreft.is_(None)
    )
    rijen: Sequence[Values] = session.connection().execute(query).all()
    return {rij.id: rij for rij in rijen}


def toerekeningen_van(session: Session, ontvangsten: Sequence[uuid.UUID]) -> Sequence[Values]:
    query = values_of(Toerekening).where(Toerekening.ontvangst.in_(ontvangsten))
    return session.connection().execute(query.order_by(Toerekening.toegerekend_op, Toerekening.nota, Toerekening.id)).all()


def insert_toerekeningen(session: Session, rijen: list[dict[str, Any]]) -> None:
    session.execute(insert(Toerekening).values(rijen))
