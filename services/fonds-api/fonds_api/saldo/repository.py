"""Sums over the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from fonds_api.boeking.models import Boeking, Boekingsregel
from fonds_api.rekening.models import Rekening

Stand = Row[Rekening, int, int]
"""An account, what was booked debet on it and what credit, both in cents and zero or more."""


def standen(
    session: Session, fondsen: Sequence[str], datum: date, *, limit: int | None = None, offset: int = 0
) -> Sequence[Stand]:
    """The accounts of these fondsen with their sums up to and including a day, by fonds and number."""
    bedrag = Boekingsregel.bedrag_cent
    sommen = (
        select(
            Boekingsregel.fonds,
            Boekingsregel.rekening,
            func.sum(bedrag).filter(bedrag > 0).label("debet"),
            func.sum(-bedrag).filter(bedrag < 0).label("credit"),
        )
        .join(Boeking, Boeking.id == Boekingsregel.boeking)
        .where(Boekingsregel.fonds.in_(fondsen), Boeking.boekdatum <= datum)
        .group_by(Boekingsregel.fonds, Boekingsregel.rekening)
        .subquery()
    )
    return session.execute(
        select(Rekening, func.coalesce(sommen.c.debet, 0), func.coalesce(sommen.c.credit, 0))
        .outerjoin(sommen, (sommen.c.fonds == Rekening.fonds) & (sommen.c.rekening == Rekening.nummer))
        .where(Rekening.fonds.in_(fondsen))
        .order_by(Rekening.fonds, Rekening.nummer)
        .limit(limit)
        .offset(offset)
    ).all()


def aantal_rekeningen(session: Session, fondsen: Sequence[str]) -> int:
    return session.execute(select(func.count()).select_from(Rekening).where(Rekening.fonds.in_(fondsen))).scalar_one()


def aantal_boekingen(session: Session, fonds: str, datum: date) -> int:
    return session.execute(
        select(func.count()).select_from(Boeking).where(Boeking.fonds == fonds, Boeking.boekdatum <= datum)
    ).scalar_one()
