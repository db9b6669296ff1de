"""Every SELECT, INSERT and UPDATE on voorzieningen and their versions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import ColumnElement, Select, func, literal_column, or_, select, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Session

from catalogus_api.voorziening import vinden
from catalogus_api.voorziening.models import Voorziening, VoorzieningVersie
from catalogus_api.voorziening.schemas import Gesorteerd, Keuze, VoorzieningenFilter

PER_KEER = 500
"""Rows that are read at a time, where all are read."""


def find(session: Session, zicht: Sight, code: str) -> Values | None:
    return session.connection().execute(vinden.een(vinden.grenzen(zicht)), {"code": code}).one_or_none()


def find_before(session: Session, zicht: Sight, code: str, tot: datetime) -> Values | None:
    """The last version of before a moment that the caller may see."""
    query = (
        values_of(VoorzieningVersie)
        .where(VoorzieningVersie.code == code, VoorzieningVersie.gewijzigd_op < tot, *_zichtbaar(zicht, VoorzieningVersie))
        .order_by(VoorzieningVersie.versie.desc())
        .limit(1)
    )
    return session.connection().execute(query).one_or_none()


def list_versies(session: Session, zicht: Sight, code: str, wens: PageQuery) -> tuple[int, list[Values]]:
    """Newest first, each with `vorige`: the one before it that the caller may see, as JSON by column; null without."""
    vorige = func.lag(func.to_jsonb(literal_column("voorziening_versie"), type_=JSONB)).over(order_by=VoorzieningVersie.versie)
    query = (
        values_of(VoorzieningVersie)
        .add_columns(vorige.label("vorige"))
        .where(VoorzieningVersie.code == code, *_zichtbaar(zicht, VoorzieningVersie))
        .order_by(VoorzieningVersie.versie.desc())
    )
    return select_page(session, query, wens)


def list_voorzieningen(session: Session, zicht: Sight, wens: VoorzieningenFilter) -> tuple[int, list[Values]]:
    """(number in all, those of this page). One statement gives both; only for a page after the last the number is asked again."""
    vorm, waarden = vinden.vraag(session, zicht, wens)
    rijen = list(session.connection().execute(vinden.lijst(vorm), {**waarden, **vinden.blad(wens)}).all())
    if rijen or wens.page == 1:
        return rijen[0].aantal if rijen else 0, rijen
    return session.connection().execute(vinden.aantal(vorm), waarden).scalar_one(), rijen


def alle(session: Session, zicht: Sight, wens: Gesorteerd) -> Iterator[Values]:
    """All that a list finds on its pages, whole; they come as they are read, and are not in memory together."""
    vorm, waarden = vinden.vraag(session, zicht, wens)
    yield from session.connection().execute(vinden.heel(vorm).execution_options(yield_per=PER_KEER), waarden)


def facetten(session: Session, zicht: Sight, keuze: Keuze) -> Sequence[Any]:
    """(filter, waarde, aantal) of what a search finds: per filter the most frequent values, most first."""
    vorm, waarden = vinden.vraag(session, zicht, keuze)
    return session.connection().execute(vinden.facetten(vorm), waarden).all()


def namen(session: Session, zicht: Sight, codes: Collection[str]) -> dict[str, str]:
    query = select(Voorziening.code, Voorziening.naam).where(
        *_zichtbaar(zicht, Voorziening), Voorziening.code == func.any(list(codes))
    )
    return {rij.code: rij.naam for rij in session.connection().execute(query)}


def codes_in(session: Session, zicht: Sight, domein: str) -> list[str]:
    query = select(Voorziening.code).where(*_zichtbaar(zicht, Voorziening), Voorziening.domein == domein)
    return list(session.connection().execute(query).scalars())


def fasen(session: Session, codes: Collection[str]) -> Sequence[Any]:
    """(code, fase, beheerstap, versie), locked in the order of their codes."""
    query = select(Voorziening.code, Voorziening.fase, Voorziening.beheerstap, Voorziening.versie)
    query = query.where(Voorziening.code == func.any(list(codes))).order_by(Voorziening.code).with_for_update()
    return session.connection().execute(query).all()


def te_zien(zicht: Sight) -> Select[Any]:
    """A query for the codes that a caller may see."""
    return select(Voorziening.code).where(*_zichtbaar(zicht, Voorziening))


def lock(session: Session, code: str) -> Values | None:
    """The entry, which nobody else changes before this transaction ends."""
    return session.connection().execute(values_of(Voorziening).where(Voorziening.code == code).with_for_update()).one_or_none()


def add(session: Session, waarden: Mapping[str, Any]) -> Values | None:
    """The entry as it was stored; None when its code is taken."""
    opdracht = insert(Voorziening).values(waarden).on_conflict_do_nothing(index_elements=["code"])
    return session.connection().execute(opdracht.returning(*Voorziening.__table__.c)).one_or_none()


def change(session: Session, code: str, waarden: Mapping[str, Any]) -> Values:
    """The entry as it became; its version is the next."""
    opdracht = update(Voorziening).where(Voorziening.code == code).values(waarden)
    return session.connection().execute(opdracht.returning(*Voorziening.__table__.c)).one()


def take_over(session: Session, rijen: Sequence[Mapping[str, Any]], op: datetime) -> int:
    """Bring entries in line with the product's own; those that somebody has changed here stay as they are.

    Returns:
        number of entries that are new or changed.
    """
    opdracht = insert(Voorziening).values([{**rij, "gewijzigd_op": op} for rij in rijen])
    rest = {naam: opdracht.excluded[naam] for naam in rijen[0] if naam != "code"}
    anders = or_(*(Voorziening.__table__.c[naam].is_distinct_from(waarde) for naam, waarde in rest.items()))
    gedaan = opdracht.on_conflict_do_update(
        index_elements=["code"],
        set_={**rest, "gewijzigd_op": op},
        where=Voorziening.gewijzigd_door.is_(None) & anders,
    )
    return len(session.execute(gedaan.returning(Voorziening.code)).all())


def _zichtbaar(zicht: Sight, model: type[Voorziening] | type[VoorzieningVersie]) -> list[ColumnElement[bool]]:
    return zicht.on(publicatiestatus=model.publicatiestatus)
