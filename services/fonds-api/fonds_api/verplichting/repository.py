"""Every SELECT and INSERT on verplichtingen."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from gemeengoed_kit.sight import EVERYTHING, Sight
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from fonds_api.verplichting.models import Verplichting, Verplichtingsdeel, Vrijval
from fonds_api.verplichting.schemas import VerplichtingenFilter


def insert_verplichting(session: Session, waarden: dict[str, Any], delen: list[dict[str, Any]]) -> None:
    session.execute(insert(Verplichting), waarden)
    session.execute(insert(Verplichtingsdeel), delen)


def insert_vrijval(session: Session, waarden: dict[str, Any]) -> None:
    session.execute(insert(Vrijval), waarden)


def find(session: Session, id: uuid.UUID, zicht: Sight = EVERYTHING) -> Values | None:
    query = values_of(Verplichting).where(Verplichting.id == id, *zicht.on(fonds=Verplichting.fonds))
    return session.connection().execute(query).one_or_none()


def lock(session: Session, id: uuid.UUID) -> Verplichting:
    """The verplichting as it is now, locked: others wait until this transaction ends."""
    query = select(Verplichting).where(Verplichting.id == id).with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one()


def list_verplichtingen(session: Session, zicht: Sight, wens: VerplichtingenFilter) -> tuple[int, list[Values]]:
    query = values_of(Verplichting).where(*zicht.on(fonds=Verplichting.fonds))
    for kolom, waarde in (
        (Verplichting.fonds, wens.fonds),
        (Verplichting.prioriteit, wens.prioriteit),
        (Verplichting.budgetsoort, wens.budgetsoort),
        (Verplichting.status, wens.status),
        (Verplichting.voorziening, wens.voorziening_pad),
        (Verplichting.besluit, wens.besluit_pad),
    ):
        if waarde is not None:
            query = query.where(kolom == waarde)
    if wens.jaar is not None:
        query = query.where(
            select(Verplichtingsdeel.jaar)
            .where(Verplichtingsdeel.verplichting == Verplichting.id, Verplichtingsdeel.jaar == wens.jaar)
            .exists()
        )
    return select_page(session, query.order_by(Verplichting.aangevraagd_op, Verplichting.id), wens)


def delen_van(session: Session, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Values]]:
    """Parts per verplichting, by year."""
    gevonden: dict[uuid.UUID, list[Values]] = defaultdict(list)
    query = values_of(Verplichtingsdeel).where(Verplichtingsdeel.verplichting.in_(list(ids)))
    for deel in session.connection().execute(query.order_by(Verplichtingsdeel.verplichting, Verplichtingsdeel.jaar)):
        gevonden[deel.verplichting].append(deel)
    return gevonden


def list_vrijvallen(session: Session, id: uuid.UUID, wens: PageQuery) -> tuple[int, list[Values]]:
    query = values_of(Vrijval).where(Vrijval.verplichting == id).order_by(Vrijval.vrijgevallen_op, Vrijval.id)
    return select_page(session, query, wens)
