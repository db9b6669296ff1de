"""Every SELECT and INSERT on the tables of statements and receipts; the lock on the account lives here."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from sqlalchemy import ColumnElement, Select, exists, func, insert, select, text
from sqlalchemy.orm import Session

from abonnement_api.betaling.models import Bankafschrift, Betaling, Betalingstand, Betalingstoewijzing
from abonnement_api.betaling.rules import Saldo
from abonnement_api.betaling.schemas import BetalingenFilter


def lock_rekening(session: Session, iban: str) -> None:
    """Lock an account, so that its statements are read one after the other. An advisory lock, as there is no row to lock."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('bankrekening ' || :iban, 0))"), {"iban": iban})


def find_afschrift(session: Session, iban: str, afschriftnummer: str) -> Values | None:
    query = values_of(Bankafschrift).where(Bankafschrift.iban == iban, Bankafschrift.afschriftnummer == afschriftnummer)
    return session.connection().execute(query).one_or_none()


def laatste_eind(session: Session, iban: str) -> Saldo | None:
    """Closing balance of the last statement that was read for this account; None when there is none."""
    rij = session.execute(
        select(Bankafschrift.eindsaldo_cent, Bankafschrift.einddag)
        .where(Bankafschrift.iban == iban)
        .order_by(Bankafschrift.volgnummer.desc())
        .limit(1)
    ).first()
    return Saldo(*rij) if rij else None


def gaten(session: Session) -> int:
    """Number of statements whose opening balance is the closing balance of no other; the first of an account does not count."""
    plaats = func.row_number().over(
        partition_by=Bankafschrift.iban, order_by=(Bankafschrift.begindag.nulls_first(), Bankafschrift.volgnummer)
    )
    eigen = select(Bankafschrift.id, Bankafschrift.iban, Bankafschrift.beginsaldo_cent, plaats.label("plaats")).subquery()
    voorganger = exists().where(
        Bankafschrift.iban == eigen.c.iban,
        Bankafschrift.id != eigen.c.id,
        Bankafschrift.eindsaldo_cent == eigen.c.beginsaldo_cent,
    )
    return session.scalar(select(func.count()).select_from(eigen).where(eigen.c.plaats > 1, ~voorganger)) or 0


def volgens_bank(session: Session) -> int:
    """Cents received by the bank's own figures; of an old statement, for which these were not stored, its receipts count."""
    ontvangen = (
        select(func.coalesce(func.sum(Betaling.bedrag_cent), 0))
        .where(Betaling.bankafschrift == Bankafschrift.id)
        .scalar_subquery()
    )
    som = select(func.coalesce(func.sum(func.coalesce(Bankafschrift.volgens_bank_cent, ontvangen)), 0))
    return int(session.scalar(som) or 0)


def get_afschrift(session: Session, id: uuid.UUID) -> Values | None:
    return session.connection().execute(values_of(Bankafschrift).where(Bankafschrift.id == id)).one_or_none()


def list_afschriften(session: Session, wens: PageQuery) -> tuple[int, list[Values]]:
    return select_page(session, values_of(Bankafschrift).order_by(Bankafschrift.volgnummer), wens)


def bekend(session: Session, iban: str, referenties: Collection[str]) -> dict[str, tuple[date, int]]:
    """Of receipts that are stored already: reference to day and cents."""
    rijen = session.execute(
        select(Betaling.bankreferentie, Betaling.boekdatum, Betaling.bedrag_cent).where(
            Betaling.iban == iban, Betaling.bankreferentie == func.any(list(referenties))
        )
    )
    return {referentie: (dag, cent) for referentie, dag, cent in rijen}


def add(
    session: Session, afschrift: dict[str, Any], betalingen: list[dict[str, Any]], toewijzingen: list[dict[str, Any]]
) -> None:
    session.execute(insert(Bankafschrift), [afschrift])
    if betalingen:
        session.execute(insert(Betaling), betalingen)
    if toewijzingen:
        session.execute(insert(Betalingstoewijzing), toewijzingen)


def omvang(session: Session, afschriften: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[int, int, int]]:
    """Statement to the totals of its receipts: (number, received, matched), in cents."""
    rijen = session.execute(
        select(Betaling.bankafschrift, func.count(), func.sum(Betalingstand.bedrag_cent), func.sum(Betalingstand.gekoppeld_cent))
        .join(Betalingstand, Betalingstand.betaling == Betaling.id)
        .where(Betaling.bankafschrift.in_(afschriften))
        .group_by(Betaling.bankafschrift)
    )
    return {afschrift: (aantal, int(ontvangen), int(gekoppeld)) for afschrift, aantal, ontvangen, gekoppeld in rijen}


def find(session: Session, id: uuid.UUID) -> Values | None:
    """A receipt, with `gekoppeld_cent`."""
    return session.connection().execute(_betalingen().where(Betaling.id == id)).one_or_none()


def list_betalingen(session: Session, wens: BetalingenFilter) -> tuple[int, list[Values]]:
    """(total number, receipts of this page), each with `gekoppeld_cent`."""
    query = (
        _betalingen()
        .join(Bankafschrift, Bankafschrift.id == Betaling.bankafschrift)
        .where(*_gevraagd(wens))
        .order_by(Bankafschrift.volgnummer, Betaling.volgnummer)
    )
    return select_page(session, query, wens)


def totalen(session: Session, wens: BetalingenFilter | None = None) -> tuple[int, int]:
    """(received, matched) in cents, of all receipts that `list_betalingen` counts; without `wens`, of all receipts."""
    rij = session.execute(
        select(
            func.coalesce(func.sum(Betalingstand.bedrag_cent), 0),
            func.coalesce(func.sum(Betalingstand.gekoppeld_cent), 0),
        )
        .join(Betaling, Betaling.id == Betalingstand.betaling)
        .where(*(_gevraagd(wens) if wens else ()))
    ).one()
    return int(rij[0]), int(rij[1])


def toewijzingen(session: Session, betaling: uuid.UUID) -> Sequence[Values]:
    """The lines that a receipt pays, in order of dienst."""
    query = values_of(Betalingstoewijzing).where(Betalingstoewijzing.betaling == betaling)
    return session.connection().execute(query.order_by(Betalingstoewijzing.dienst)).all()


def _betalingen() -> Select[Any]:
    return (
        values_of(Betaling).add_columns(Betalingstand.gekoppeld_cent).join(Betalingstand, Betalingstand.betaling == Betaling.id)
    )


def _gevraagd(wens: BetalingenFilter) -> list[ColumnElement[bool]]:
    voorwaarden: list[ColumnElement[bool]] = []
    if wens.bankafschrift:
        voorwaarden.append(Betaling.bankafschrift == wens.bankafschrift)
    if wens.factuur:
        voorwaarden.append(Betaling.factuur == wens.factuur)
    if wens.gekoppeld is not None:
        voorwaarden.append((Betalingstand.gekoppeld_cent == Betalingstand.bedrag_cent) == wens.gekoppeld)
    return voorwaarden
