"""Every statement on proposals."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gemeengoed_kit.db import Values
from gemeengoed_kit.pagination import select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import ColumnElement, Select, func, insert, select
from sqlalchemy.orm import Session

from fonds_api.boekingsvoorstel.models import Afhandeling, Boekingsvoorstel
from fonds_api.boekingsvoorstel.rules import OPEN, VERLOPEN
from fonds_api.boekingsvoorstel.schemas import BoekingsvoorstellenFilter

_AFHANDELING = ("uitkomst", "boeking", "naam", "reden", "op")


def _query(zicht: Sight) -> Select[Any]:
    """Proposals with what became of them, if anything did."""
    return (
        select(
            *Boekingsvoorstel.__table__.c,
            *(getattr(Afhandeling, naam) for naam in _AFHANDELING),
            Afhandeling.rol.label("afhandelaar"),
        )
        .outerjoin(Afhandeling, Afhandeling.voorstel == Boekingsvoorstel.id)
        .where(*zicht.on(fonds=Boekingsvoorstel.fonds))
    )


def _met(status: str, nu: datetime) -> list[ColumnElement[bool]]:
    if status in (OPEN, VERLOPEN):
        op_tijd = Boekingsvoorstel.verloopt_op > nu
        return [Afhandeling.voorstel.is_(None), op_tijd if status == OPEN else ~op_tijd]
    return [Afhandeling.uitkomst == status]


def find(session: Session, zicht: Sight, id: uuid.UUID) -> Values | None:
    return session.connection().execute(_query(zicht).where(Boekingsvoorstel.id == id)).one_or_none()


def list_voorstellen(session: Session, zicht: Sight, wens: BoekingsvoorstellenFilter, nu: datetime) -> tuple[int, list[Values]]:
    query = _query(zicht).order_by(Boekingsvoorstel.volgnummer)
    if wens.fonds:
        query = query.where(Boekingsvoorstel.fonds == wens.fonds)
    if wens.status:
        query = query.where(*_met(wens.status, nu))
    return select_page(session, query, wens)


def vergrendel(session: Session, fonds: str, bron: str, pad: str) -> None:
    """One at a time for a document."""
    session.connection().execute(select(func.vergrendel_voorstel(fonds, bron, pad)))


def vergrendel_fonds(session: Session, fonds: str) -> None:
    """Nobody else books in a fonds, or makes a proposal for it, until the end of the transaction; entries under way end first.
    Take it after the lock on the document."""
    session.connection().execute(select(func.vergrendel_voorstellen(fonds)))


def open_voorstel(session: Session, fonds: str, bron: str, pad: str, nu: datetime) -> uuid.UUID | None:
    """The proposal of a document that waits, if any."""
    document = (Boekingsvoorstel.fonds == fonds, Boekingsvoorstel.bron == bron, Boekingsvoorstel.pad == pad)
    query = select(Boekingsvoorstel.id).outerjoin(Afhandeling, Afhandeling.voorstel == Boekingsvoorstel.id)
    return session.connection().execute(query.where(*document, *_met(OPEN, nu))).scalar()


def add(session: Session, waarden: Mapping[str, Any]) -> None:
    session.execute(insert(Boekingsvoorstel), dict(waarden))


def handel_af(session: Session, waarden: Mapping[str, Any]) -> None:
    session.execute(insert(Afhandeling), dict(waarden))
