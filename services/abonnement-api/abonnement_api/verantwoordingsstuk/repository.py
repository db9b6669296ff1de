"""Every SELECT and INSERT on what foundations account for; who sees which submission, and the lock on its versions."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import ColumnElement, Select, func, insert, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from abonnement_api.verantwoordingsstuk.models import (
    Verantwoordingsbesluit,
    Verantwoordingsdocument,
    Verantwoordingsstuk,
    Verantwoordingsstukstand,
)
from abonnement_api.verantwoordingsstuk.rules import VASTGESTELD
from abonnement_api.verantwoordingsstuk.schemas import VerantwoordingsstukkenFilter

Stuk, Stand, Document = Verantwoordingsstuk, Verantwoordingsstukstand, Verantwoordingsdocument
_DOCUMENT = (Document.id, Document.aanbieder, Document.sha256, Document.grootte, Document.ontvangen_op)


def zichtbaar(zicht: Sight) -> list[ColumnElement[bool]]:
    """The submissions that a caller may see: a gemeente those that were adopted, an aanbieder its own."""
    if "gemeentecode" in zicht.limits:
        return [Stand.status == VASTGESTELD]
    return zicht.on(aanbieder=Stuk.aanbieder)


def lock(session: Session, aanbieder: str, soort: str, jaar: int) -> None:
    """Let who submits or decides about another version wait until this transaction ends."""
    session.execute(select(func.vergrendel_stuk(aanbieder, soort, jaar)))


def add_document(session: Session, waarden: dict[str, Any]) -> tuple[Values, bool]:
    """The document of this aanbieder with this content, and whether it was inserted now."""
    nieuw = session.execute(upsert(Document).values(waarden).on_conflict_do_nothing().returning(Document.id)).scalar()
    query: Any = select(*_DOCUMENT).where(Document.aanbieder == waarden["aanbieder"])
    query = query.where(Document.sha256 == waarden["sha256"])
    return session.connection().execute(query).one(), nieuw is not None


def find_document(session: Session, zicht: Sight, id: uuid.UUID) -> Values | None:
    """What is known of a document, without its content."""
    query: Any = select(*_DOCUMENT).where(Document.id == id, *zicht.on(aanbieder=Document.aanbieder))
    return session.connection().execute(query).one_or_none()


def volgende_versie(session: Session, aanbieder: str, soort: str, jaar: int) -> int:
    query = select(func.count()).where(Stuk.aanbieder == aanbieder, Stuk.soort == soort, Stuk.jaar == jaar)
    return 1 + session.execute(query).scalar_one()


def add(session: Session, waarden: dict[str, Any]) -> None:
    session.execute(insert(Stuk), [waarden])


def add_besluit(session: Session, waarden: dict[str, Any]) -> None:
    session.execute(insert(Verantwoordingsbesluit), [waarden])


def find(session: Session, zicht: Sight, id: uuid.UUID) -> Values | None:
    return session.connection().execute(_stukken().where(Stuk.id == id, *zichtbaar(zicht))).one_or_none()


def list_stukken(session: Session, zicht: Sight, wens: VerantwoordingsstukkenFilter) -> tuple[int, list[Values]]:
    query = _stukken().where(*zichtbaar(zicht)).order_by(Stuk.volgnummer.desc())
    for kolom, waarde in (
        (Stuk.aanbieder, wens.aanbieder),
        (Stuk.soort, wens.soort),
        (Stuk.jaar, wens.jaar),
        (Stand.status, wens.status),
    ):
        query = query if waarde is None else query.where(kolom == waarde)
    return select_page(session, query, wens)


def inhoud(session: Session, document: uuid.UUID) -> bytes:
    return session.execute(select(Document.inhoud).where(Document.id == document)).scalar_one()


def vastgestelde(session: Session, soort: str, jaar: int) -> Sequence[Values]:
    """Of each aanbieder the version that was adopted last, of a year."""
    query = _stukken().where(Stuk.soort == soort, Stuk.jaar == jaar, Stand.status == VASTGESTELD)
    return session.connection().execute(query.ext(distinct_on(Stuk.aanbieder)).order_by(Stuk.aanbieder, Stuk.versie.desc())).all()


def _stukken() -> Select[Any]:
    return (
        values_of(Stuk)
        .add_columns(
            *(Stand.status, Stand.commissie, Stand.besluitdatum, Stand.reden, Stand.vastgelegd_op),
            *(Document.sha256, Document.grootte),
        )
        .join(Stand, Stand.stuk == Stuk.id)
        .join(Document, Document.id == Stuk.document)
    )
