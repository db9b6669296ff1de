"""Every SELECT and INSERT on the documents of invoices."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from gemeengoed_kit.db import Values
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from abonnement_api.factuurstuk.models import Factuurstuk, OpTeMaken

_ZONDER_BYTES = [kolom for kolom in Factuurstuk.__table__.columns if kolom.name not in ("ubl", "pdf")]


def add(session: Session, stukken: list[dict[str, Any]]) -> int:
    """Store documents that are not there yet; returns how many."""
    nieuw = insert(Factuurstuk).on_conflict_do_nothing().returning(Factuurstuk.nummer)
    return len(session.execute(nieuw, stukken).all())


def find(session: Session, nummer: str) -> Values | None:
    """What is known of the documents, without their bytes."""
    return session.connection().execute(select(*_ZONDER_BYTES).where(Factuurstuk.nummer == nummer)).one_or_none()


def opgemaakt_op(session: Session, nummers: Collection[str]) -> dict[str, datetime]:
    """Number to the moment at which it was made up, of those that were."""
    rijen = session.execute(select(Factuurstuk.nummer, Factuurstuk.opgemaakt_op).where(Factuurstuk.nummer.in_(nummers)))
    return {nummer: op for nummer, op in rijen}


def bytes_van(session: Session, nummer: str, vorm: str) -> tuple[bytes, str] | None:
    """The bytes of the form "ubl" or "pdf", and their hash."""
    kolommen = (Factuurstuk.ubl, Factuurstuk.ubl_sha256) if vorm == "ubl" else (Factuurstuk.pdf, Factuurstuk.pdf_sha256)
    rij = session.connection().execute(select(*kolommen).where(Factuurstuk.nummer == nummer)).one_or_none()
    return None if rij is None else (rij[0], rij[1])


def op_te_maken(session: Session, na: str, hoogstens: int) -> Sequence[str]:
    """Numbers of what has no documents yet, after a number."""
    query = select(OpTeMaken.nummer).where(OpTeMaken.nummer > na).order_by(OpTeMaken.nummer).limit(hoogstens)
    return session.scalars(query).all()
