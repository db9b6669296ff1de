"""Every SELECT and INSERT on uitgaven."""

from __future__ import annotations

import uuid
from typing import Any

from gemeengoed_kit.db import Values
from gemeengoed_kit.pagination import select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import Select, func, insert, select
from sqlalchemy.orm import Session

from fonds_api.uitgave.models import Betaling, Storno, Uitgave
from fonds_api.uitgave.schemas import UitgavenFilter
from fonds_api.verplichting.models import Verplichting

_BETALING = ("boekdatum", "boeking", "vastgelegd_op")
_STORNO = (*_BETALING, "reden")


def vergrendel_factuur(session: Session, verplichting: uuid.UUID, factuurnummer: str) -> None:
    """One at a time uses an invoice, whichever year it is drawn from. Take it before the lock on years."""
    session.execute(select(func.vergrendel_factuur(verplichting, factuurnummer)))


def insert_uitgave(session: Session, waarden: dict[str, Any]) -> None:
    session.execute(insert(Uitgave), waarden)


def insert_betaling(session: Session, waarden: dict[str, Any]) -> None:
    session.execute(insert(Betaling), waarden)


def insert_storno(session: Session, waarden: dict[str, Any]) -> None:
    session.execute(insert(Storno), waarden)


def find(session: Session, zicht: Sight, id: uuid.UUID) -> Values | None:
    return session.connection().execute(_query(zicht).where(Uitgave.id == id)).one_or_none()


def met_factuur(session: Session, verplichting: uuid.UUID, factuurnummer: str) -> uuid.UUID | None:
    """The uitgave of this invoice on this verplichting that was not undone."""
    query = select(Uitgave.id).outerjoin(Storno, Storno.uitgave == Uitgave.id)
    gelijk = (Uitgave.verplichting == verplichting, Uitgave.factuurnummer == factuurnummer, Storno.uitgave.is_(None))
    return session.scalar(query.where(*gelijk).limit(1))


def list_uitgaven(session: Session, zicht: Sight, wens: UitgavenFilter) -> tuple[int, list[Values]]:
    query = _query(zicht)
    if wens.fonds:
        query = query.where(Verplichting.fonds == wens.fonds)
    if wens.jaar:
        query = query.where(Uitgave.jaar == wens.jaar)
    if wens.verplichting:
        query = query.where(Uitgave.verplichting == wens.verplichting)
    return select_page(session, query.order_by(Uitgave.vastgelegd_op, Uitgave.id), wens)


def _query(zicht: Sight) -> Select[Any]:
    """Uitgaven with what their verplichting says, their payment and their storno, in one row each."""
    return (
        select(
            *Uitgave.__table__.c,
            Verplichting.fonds,
            Verplichting.prioriteit,
            Verplichting.budgetsoort,
            Verplichting.leverancier,
            *(getattr(Betaling, naam).label(f"betaling_{naam}") for naam in _BETALING),
            *(getattr(Storno, naam).label(f"storno_{naam}") for naam in _STORNO),
        )
        .join(Verplichting, Verplichting.id == Uitgave.verplichting)
        .outerjoin(Betaling, Betaling.uitgave == Uitgave.id)
        .outerjoin(Storno, Storno.uitgave == Uitgave.id)
        .where(*zicht.on(fonds=Verplichting.fonds))
    )
