"""Every SELECT and INSERT on the tables of distributions; their lock lives here."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import ColumnElement, Select, exists, func, insert, select, text
from sqlalchemy.orm import Session

from abonnement_api.verdeling.models import (
    Toewijzingstand,
    VerdeeldeToewijzing,
    Verdeling,
    Verdelingsbesluit,
    Verdelingsregel,
    Verdelingsvoorstel,
)


def lock(session: Session) -> None:
    """Allow one distribution at a time. An advisory lock, as there is no row to lock."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('verdeling', 0))"))


def te_verdelen(session: Session, tot_en_met: date) -> Sequence[Values]:
    query = values_of(Toewijzingstand).where(Toewijzingstand.verdeling.is_(None), Toewijzingstand.boekdatum <= tot_en_met)
    return (
        session.connection()
        .execute(query.order_by(Toewijzingstand.betaling, Toewijzingstand.dienst, Toewijzingstand.koppeling))
        .all()
    )


def open_voorstel(session: Session) -> uuid.UUID | None:
    """The proposal about which nothing was decided yet, if any."""
    besloten = exists().where(Verdelingsbesluit.voorstel == Verdelingsvoorstel.id)
    return session.scalar(select(Verdelingsvoorstel.id).where(~besloten))


def add_voorstel(session: Session, voorstel: dict[str, Any]) -> None:
    session.execute(insert(Verdelingsvoorstel), [voorstel])


def add_besluit(session: Session, besluit: dict[str, Any]) -> None:
    session.execute(insert(Verdelingsbesluit), [besluit])


def add(session: Session, verdeling: dict[str, Any], regels: list[dict[str, Any]], toewijzingen: list[dict[str, Any]]) -> None:
    session.execute(insert(Verdeling), [verdeling])
    session.execute(insert(Verdelingsregel), regels)
    session.execute(insert(VerdeeldeToewijzing), toewijzingen)


def find(session: Session, zicht: Sight, id: uuid.UUID) -> Values | None:
    """A distribution or proposal: `besluit`, its eyes and the moments are null where there are none."""
    wie = func.coalesce(Verdelingsvoorstel.id, Verdeling.id)
    return session.connection().execute(_standen().where(wie == id, *_zichtbaar(zicht))).one_or_none()


def list_verdelingen(session: Session, zicht: Sight, wens: PageQuery) -> tuple[int, list[Values]]:
    """In order of proposal; first those of before there were proposals."""
    volgorde = (Verdelingsvoorstel.volgnummer.nulls_first(), Verdeling.volgnummer)
    return select_page(session, _standen().where(*_zichtbaar(zicht)).order_by(*volgorde), wens)


def _standen() -> Select[Any]:
    eigen = (
        func.coalesce(Verdelingsvoorstel.id, Verdeling.id).label("id"),
        func.coalesce(Verdelingsvoorstel.tot, Verdeling.tot).label("tot"),
        func.coalesce(Verdelingsvoorstel.bedrag_cent, Verdeling.bedrag_cent).label("bedrag_cent"),
    )
    voorstel = (
        Verdelingsvoorstel.regels.label("voorgestelde_regels"),
        Verdelingsvoorstel.delen_sha256,
        Verdelingsvoorstel.voorgesteld_op,
        Verdelingsvoorstel.peer_id,
        Verdelingsvoorstel.rol,
        Verdelingsvoorstel.contract,
    )
    besluit = (
        Verdelingsbesluit.uitkomst,
        Verdelingsbesluit.reden,
        Verdelingsbesluit.rol.label("besluiter"),
        Verdelingsbesluit.op.label("besloten_op"),
        Verdeling.vastgesteld_op,
    )
    return (
        select(*eigen, *voorstel, *besluit)
        .select_from(Verdelingsvoorstel)
        .join(Verdeling, Verdeling.id == Verdelingsvoorstel.id, full=True)
        .outerjoin(Verdelingsbesluit, Verdelingsbesluit.voorstel == Verdelingsvoorstel.id)
    )


def _zichtbaar(zicht: Sight) -> list[ColumnElement[bool]]:
    """An aanbieder sees what was fixed and has a line of its own."""
    eigen = zicht.on(aanbieder=Verdelingsregel.aanbieder)
    return [exists().where(Verdelingsregel.verdeling == Verdeling.id, *eigen)] if eigen else []


def regels(session: Session, zicht: Sight, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Values]]:
    """Lines per distribution that was fixed, in order of dienst."""
    gevonden: dict[uuid.UUID, list[Values]] = defaultdict(list)
    eigen = zicht.on(aanbieder=Verdelingsregel.aanbieder)
    query = values_of(Verdelingsregel).where(Verdelingsregel.verdeling.in_(ids), *eigen).order_by(Verdelingsregel.dienst)
    for rij in session.connection().execute(query):
        gevonden[rij.verdeling].append(rij)
    return gevonden


def delen(session: Session, id: uuid.UUID, diensten: Collection[str]) -> Sequence[Values]:
    """The parts of receipts that a distribution took of these diensten, in order of invoice and day."""
    query = values_of(Toewijzingstand).where(Toewijzingstand.verdeling == id, Toewijzingstand.dienst.in_(diensten))
    volgorde = (Toewijzingstand.factuur, Toewijzingstand.boekdatum, Toewijzingstand.dienst, Toewijzingstand.koppeling)
    return session.connection().execute(query.order_by(*volgorde, Toewijzingstand.betaling)).all()


def per_dienst(session: Session, jaar: int | None, *, verdeeld: bool) -> dict[str, int]:
    """Dienst to cents received on invoices of a year (or of all years): either distributed or not yet distributed."""
    query = (
        select(Toewijzingstand.dienst, func.sum(Toewijzingstand.bedrag_cent))
        .where(Toewijzingstand.verdeling.is_not(None) == verdeeld)
        .group_by(Toewijzingstand.dienst)
    )
    if jaar is not None:
        query = query.where(Toewijzingstand.jaar == jaar)
    return {dienst: int(cent) for dienst, cent in session.execute(query)}
