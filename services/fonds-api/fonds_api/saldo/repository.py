"""Sums over the ledger."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from fonds_api.boeking.models import Boeking, Boekingsregel
from fonds_api.rekening.models import Rekening
from fonds_api.saldo.schemas import RekeningenFilter


def list_rekeningen(session: Session, zicht: Sight, wens: RekeningenFilter, datum: date) -> tuple[int, list[Values]]:
    """(total number, accounts of this page), with the columns of `_standen`."""
    query = _standen(datum).where(*zicht.on(fonds=Rekening.fonds))
    return select_page(session, query.where(Rekening.fonds == wens.fonds) if wens.fonds else query, wens)


def van_fondsen(session: Session, fondsen: Collection[str], datum: date) -> Sequence[Values]:
    """All accounts of these fondsen, with the columns of `_standen`."""
    return session.connection().execute(_standen(datum).where(Rekening.fonds.in_(fondsen))).all()


def aantal_boekingen(session: Session, fonds: str, datum: date) -> int:
    return session.execute(
        select(func.count()).select_from(Boeking).where(Boeking.fonds == fonds, Boeking.boekdatum <= datum)
    ).scalar_one()


def _standen(datum: date) -> Select[Any]:
    """Accounts by fonds and number, each with the sums booked on it up to and including a day: `debet_cent` and `credit_cent`,
    zero or more, and their difference `saldo_cent`."""
    bedrag = Boekingsregel.bedrag_cent
    sommen = (
        select(
            Boekingsregel.fonds,
            Boekingsregel.rekening,
            func.sum(bedrag).filter(bedrag > 0).label("debet"),
            func.sum(-bedrag).filter(bedrag < 0).label("credit"),
        )
        .join(Boeking, Boeking.id == Boekingsregel.boeking)
        .where(Boeking.boekdatum <= datum)
        .group_by(Boekingsregel.fonds, Boekingsregel.rekening)
        .subquery()
    )
    debet, credit = func.coalesce(sommen.c.debet, 0), func.coalesce(sommen.c.credit, 0)
    return (
        values_of(Rekening)
        .add_columns(debet.label("debet_cent"), credit.label("credit_cent"), (debet - credit).label("saldo_cent"))
        .outerjoin(sommen, (sommen.c.fonds == Rekening.fonds) & (sommen.c.rekening == Rekening.nummer))
        .order_by(Rekening.fonds, Rekening.nummer)
    )
