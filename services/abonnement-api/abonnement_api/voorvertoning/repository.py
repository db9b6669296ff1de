"""Every statement on previews."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from sqlalchemy import func, insert, select, tuple_
from sqlalchemy.orm import Session

from abonnement_api.voorvertoning.models import Voorvertoning, Voorvertoningsregel
from abonnement_api.voorvertoning.rules import AANGEVRAAGD
from abonnement_api.voorvertoning.schemas import RegelsFilter, VoorvertoningenFilter

_NU = Voorvertoningsregel.abonnement.is_not(None)


def add(session: Session, waarden: dict[str, Any]) -> None:
    session.execute(insert(Voorvertoning), [waarden])


def lock(session: Session, id: uuid.UUID) -> Voorvertoning:
    return session.get_one(Voorvertoning, id, with_for_update=True, populate_existing=True)


def wachtende(session: Session) -> Sequence[Voorvertoning]:
    """Those that wait and are no proposal of a round, locked; what another holds is skipped."""
    query = select(Voorvertoning).where(Voorvertoning.status == AANGEVRAAGD, ~Voorvertoning.voor_ronde)
    return session.scalars(query.order_by(Voorvertoning.volgnummer).with_for_update(skip_locked=True)).all()


def find(session: Session, id: uuid.UUID) -> Values | None:
    return session.connection().execute(values_of(Voorvertoning).where(Voorvertoning.id == id)).one_or_none()


def met_ids(session: Session, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Values]:
    rijen = session.connection().execute(values_of(Voorvertoning).where(Voorvertoning.id.in_(ids)))
    return {rij.id: rij for rij in rijen}


def list_voorvertoningen(session: Session, wens: VoorvertoningenFilter) -> tuple[int, list[Values]]:
    query = values_of(Voorvertoning).order_by(Voorvertoning.volgnummer)
    if wens.jaar is not None:
        query = query.where(Voorvertoning.jaar == wens.jaar)
    return select_page(session, query, wens)


def add_regels(session: Session, regels: list[dict[str, Any]]) -> None:
    if regels:
        session.execute(insert(Voorvertoningsregel), regels)


def list_regels(session: Session, id: uuid.UUID, wens: RegelsFilter) -> tuple[int, list[Values]]:
    query = values_of(Voorvertoningsregel).where(Voorvertoningsregel.voorvertoning == id)
    if wens.gemeentecode is not None:
        query = query.where(Voorvertoningsregel.gemeentecode == wens.gemeentecode)
    if wens.reden is not None:
        query = query.where(Voorvertoningsregel.redenen.contains([{"reden": wens.reden}]))
    return select_page(session, query.order_by(Voorvertoningsregel.volgnummer), wens)


def concepten(session: Session, id: uuid.UUID, na: int, hoogstens: int) -> Sequence[Values]:
    """The draft invoices after a number, in order."""
    query = values_of(Voorvertoningsregel).where(
        Voorvertoningsregel.voorvertoning == id, Voorvertoningsregel.volgnummer > na, _NU
    )
    return session.connection().execute(query.order_by(Voorvertoningsregel.volgnummer).limit(hoogstens)).all()


def volgnummer_van(session: Session, id: uuid.UUID, van: Collection[tuple[uuid.UUID, str]]) -> int:
    """The highest number of the lines of these (subscription, gemeentecode); 0 when there is none."""
    wie = tuple_(Voorvertoningsregel.abonnement, Voorvertoningsregel.gemeentecode)
    query = select(func.max(Voorvertoningsregel.volgnummer)).where(Voorvertoningsregel.voorvertoning == id, wie.in_(list(van)))
    return (session.scalar(query) or 0) if van else 0


def met_verrekeningen(session: Session, id: uuid.UUID) -> Sequence[Values]:
    """The draft invoices that settle something."""
    query = values_of(Voorvertoningsregel).where(Voorvertoningsregel.voorvertoning == id, Voorvertoningsregel.verrekeningen != [])
    return session.connection().execute(query).all()
