"""Every SELECT and INSERT on questions of gemeenten; who sees which question."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from gemeengoed_kit.db import Base, Values, values_of
from gemeengoed_kit.pagination import select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import ColumnElement, Select, and_, insert, not_, or_, text
from sqlalchemy.orm import Session

from abonnement_api.toelichtingsverzoek.models import Toelichting, Toelichtingspublicatie, Toelichtingsverzoek
from abonnement_api.toelichtingsverzoek.rules import BEANTWOORD, GEPUBLICEERD, GESTELD
from abonnement_api.toelichtingsverzoek.schemas import ToelichtingsverzoekenFilter

Verzoek = Toelichtingsverzoek
_MET_STATUS = {
    GESTELD: (Toelichting.verzoek.is_(None),),
    BEANTWOORD: (Toelichting.verzoek.is_not(None), Toelichtingspublicatie.verzoek.is_(None)),
    GEPUBLICEERD: (Toelichtingspublicatie.verzoek.is_not(None),),
}


def zichtbaar(zicht: Sight) -> list[ColumnElement[bool]]:
    """The questions that a caller may see: a gemeente its own and what was published, an aanbieder those to it."""
    if "gemeentecode" in zicht.limits:
        return [or_(*zicht.on(gemeentecode=Verzoek.gemeentecode), *_MET_STATUS[GEPUBLICEERD])]
    return zicht.on(aanbieder=Verzoek.aanbieder)


def lock(session: Session, id: uuid.UUID) -> None:
    """Let who answers or publishes the same question wait until this transaction ends."""
    session.execute(
        text("SELECT pg_advisory_xact_lock(hashtextextended('toelichtingsverzoek ' || CAST(:id AS text), 0))"), {"id": str(id)}
    )


def add(session: Session, model: type[Base], waarden: dict[str, Any]) -> None:
    session.execute(insert(model), [waarden])


def find(session: Session, zicht: Sight, id: uuid.UUID) -> Values | None:
    return session.connection().execute(_verzoeken().where(Verzoek.id == id, *zichtbaar(zicht))).one_or_none()


def list_verzoeken(session: Session, zicht: Sight, wens: ToelichtingsverzoekenFilter, vandaag: date) -> tuple[int, list[Values]]:
    query = _verzoeken().where(*zichtbaar(zicht)).order_by(Verzoek.volgnummer.desc())
    if wens.aanbieder is not None:
        query = query.where(Verzoek.aanbieder == wens.aanbieder)
    if wens.gemeentecode is not None:
        query = query.where(Verzoek.gemeentecode == wens.gemeentecode)
    if wens.status is not None:
        query = query.where(*_MET_STATUS[wens.status])
    if wens.verlopen is not None:
        wacht = and_(*_MET_STATUS[GESTELD], Verzoek.uiterlijk < vandaag)
        query = query.where(wacht if wens.verlopen else not_(wacht))
    return select_page(session, query, wens)


def _verzoeken() -> Select[Any]:
    return (
        values_of(Verzoek)
        .add_columns(Toelichting.antwoord, Toelichting.gegeven_op, Toelichtingspublicatie.gepubliceerd_op)
        .outerjoin(Toelichting, Toelichting.verzoek == Verzoek.id)
        .outerjoin(Toelichtingspublicatie, Toelichtingspublicatie.verzoek == Verzoek.id)
    )
