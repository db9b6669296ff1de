"""Sums over the ledger by month, and its lines one after the other. All of it reads."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from gemeengoed_kit.db import Values, values_of
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from fonds_api.boeking.models import Boeking, Boekingsregel
from fonds_api.rekening.models import Rekening

_BEDRAG = Boekingsregel.bedrag_cent
_TEGELIJK = 5000
EIGEN_BRON = "fonds"
"""The source of documents that this service keeps itself; see boeking."""


def rekeningen(session: Session, fonds: str) -> Sequence[Values]:
    """The accounts of a fonds, by number."""
    return session.connection().execute(values_of(Rekening).where(Rekening.fonds == fonds).order_by(Rekening.nummer)).all()


def standen(session: Session, fonds: str, tot: date) -> dict[str, int]:
    """Per account debet minus credit, in cents, of everything with a boekdatum before a day; accounts without entries lack."""
    query = _in(select(Boekingsregel.rekening, func.sum(_BEDRAG)), fonds, None, tot).group_by(Boekingsregel.rekening)
    return {nummer: int(cent) for nummer, cent in session.connection().execute(query)}


def per_maand(session: Session, fonds: str, vanaf: date, tot: date, zonder: Collection[UUID]) -> Iterator[tuple[str, int, int]]:
    """(account, number of the month, debet minus credit in cents) of a period within a year, without some entries."""
    maand = func.extract("month", Boeking.boekdatum)
    query = _in(select(Boekingsregel.rekening, maand, func.sum(_BEDRAG)), fonds, vanaf, tot)
    if zonder:
        query = query.where(Boeking.id.not_in(zonder))
    for nummer, welke, cent in session.connection().execute(query.group_by(Boekingsregel.rekening, maand)):
        yield nummer, int(welke), int(cent)


def boeking_van(session: Session, fonds: str, pad: str) -> UUID | None:
    """The entry of a document that this service keeps itself."""
    return session.scalar(select(Boeking.id).where(Boeking.fonds == fonds, Boeking.bron == EIGEN_BRON, Boeking.pad == pad))


def omvang(session: Session, fonds: str, vanaf: date, tot: date) -> Values:
    """`boekingen` and `regels`, how many there are in a period, and what they come to: `debet` and `credit`, in cents."""
    wat = select(
        func.count(func.distinct(Boeking.id)).label("boekingen"),
        func.count().label("regels"),
        func.coalesce(func.sum(_BEDRAG).filter(_BEDRAG > 0), 0).label("debet"),
        func.coalesce(func.sum(-_BEDRAG).filter(_BEDRAG < 0), 0).label("credit"),
    )
    return session.connection().execute(_in(wat, fonds, vanaf, tot)).one()


def regels(session: Session, fonds: str, vanaf: date, tot: date, *, rekening: str | None, per_bron: bool) -> Iterator[Any]:
    """The lines of a period, a few thousand at a time, so that memory never holds them together.

    Args:
        rekening: only the lines on this account.
        per_bron: those of one source together; within it, and otherwise, by boekdatum and then in order of booking.
    """
    query = _in(
        select(
            *(Boeking.volgnummer, Boeking.boekdatum, Boeking.geboekt_op, Boeking.omschrijving, Boeking.bron, Boeking.pad),
            *(Boekingsregel.regelnummer, Boekingsregel.rekening, _BEDRAG),
        ),
        *(fonds, vanaf, tot),
    )
    if rekening is not None:
        query = query.where(Boekingsregel.rekening == rekening)
    volgorde = [*([Boeking.bron] if per_bron else []), Boeking.boekdatum, Boeking.volgnummer, Boekingsregel.regelnummer]
    yield from session.connection().execute(
        query.order_by(*volgorde), execution_options={"stream_results": True, "yield_per": _TEGELIJK}
    )


def _in(query: Any, fonds: str, vanaf: date | None, tot: date) -> Select[Any]:
    query = query.select_from(Boekingsregel).join(Boeking, Boeking.id == Boekingsregel.boeking)
    query = query.where(Boeking.fonds == fonds, Boeking.boekdatum < tot)
    return query if vanaf is None else query.where(Boeking.boekdatum >= vanaf)
