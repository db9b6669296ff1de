"""Every SELECT and INSERT on the tables of invoices; the locks on numbers and on invoices live here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from gemeengoed_kit.db import values_of
from gemeengoed_kit.pagination import select_page
from sqlalchemy import ColumnElement, Select, func, insert, select, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from abonnement_api.factuur.models import Factuur, Factuurnummering, Factuurregel, Regelstand
from abonnement_api.factuur.schemas import FacturenFilter


def neem_nummers(session: Session, jaar: int, aantal: int) -> int:
    """Take consecutive numbers of a year; others wait until this transaction ends, so that no gap arises.

    Returns:
        the first of them.
    """
    session.execute(upsert(Factuurnummering).values(jaar=jaar, laatste=0).on_conflict_do_nothing())
    nummering = session.get_one(Factuurnummering, jaar, with_for_update=True, populate_existing=True)
    nummering.laatste += aantal
    session.flush()
    return nummering.laatste - aantal + 1


def add(session: Session, facturen: list[dict[str, Any]], regels: list[dict[str, Any]]) -> None:
    session.execute(insert(Factuur), facturen)
    session.execute(insert(Factuurregel), regels)


def lock(session: Session, nummers: Collection[str]) -> None:
    """Keep others from paying these invoices until this transaction ends; in sorted order, so that nobody deadlocks.

    An advisory lock: the rows are frozen, and a row lock needs the right to update.
    """
    for nummer in sorted(nummers):
        session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('factuur ' || :nummer, 0))"), {"nummer": nummer})


def find(session: Session, nummer: str) -> Factuur | None:
    return session.get(Factuur, nummer)


def standen(session: Session, nummers: Collection[str]) -> dict[str, list[Regelstand]]:
    """Invoice to its lines with what has been paid, in order of dienst."""
    gevonden: dict[str, list[Regelstand]] = defaultdict(list)
    rijen = session.scalars(
        select(Regelstand)
        .where(Regelstand.factuur.in_(nummers))
        .order_by(Regelstand.dienst)
        .execution_options(populate_existing=True)
    )
    for rij in rijen:
        gevonden[rij.factuur].append(rij)
    return gevonden


def _betaald() -> Any:
    return (
        select(func.coalesce(func.sum(Regelstand.betaald_cent), 0))
        .where(Regelstand.factuur == Factuur.nummer)
        .correlate(Factuur)
        .scalar_subquery()
    )


def _gevraagd(wens: FacturenFilter, gemeentecode: str | None) -> list[ColumnElement[bool]]:
    voorwaarden: list[ColumnElement[bool]] = []
    for code in (gemeentecode, wens.gemeentecode):
        if code is not None:
            voorwaarden.append(Factuur.gemeentecode == code)
    if wens.jaar is not None:
        voorwaarden.append(Factuur.jaar == wens.jaar)
    if wens.openstaand is not None:
        voorwaarden.append((_betaald() < Factuur.bedrag_cent) == wens.openstaand)
    return voorwaarden


def list_facturen(session: Session, wens: FacturenFilter, gemeentecode: str | None) -> tuple[int, list[Factuur]]:
    """`gemeentecode` limits what is visible at all, before any filter."""
    query: Select[Any] = values_of(Factuur).where(*_gevraagd(wens, gemeentecode)).order_by(Factuur.jaar, Factuur.volgnummer)
    return select_page(session, query, wens)


def totalen(session: Session, wens: FacturenFilter, gemeentecode: str | None) -> tuple[int, int]:
    """(invoiced, paid) in cents, of all invoices that `list_facturen` counts."""
    rij = session.execute(
        select(
            func.coalesce(func.sum(Factuur.bedrag_cent), 0),
            func.coalesce(func.sum(_betaald()), 0),
        ).where(*_gevraagd(wens, gemeentecode))
    ).one()
    return int(rij[0]), int(rij[1])


def per_dienst(session: Session, jaar: int | None) -> dict[str, int]:
    query = select(Factuurregel.dienst, func.sum(Factuurregel.bedrag_cent)).join(Factuur).group_by(Factuurregel.dienst)
    if jaar is not None:
        query = query.where(Factuur.jaar == jaar)
    return {dienst: int(cent) for dienst, cent in session.execute(query)}


def omvang(session: Session, jaar: int) -> tuple[int, str | None, str | None]:
    """(number, first, last) of the invoices of a year."""
    rij = session.execute(
        select(func.count(), func.min(Factuur.nummer), func.max(Factuur.nummer)).where(Factuur.jaar == jaar)
    ).one()
    return rij[0], rij[1], rij[2]


def bekende(session: Session, kenmerken: Collection[str], nummers: Collection[str]) -> Sequence[tuple[str, str]]:
    """(betalingskenmerk, number) of the invoices with one of these kenmerken or numbers."""
    rijen = session.execute(
        select(Factuur.betalingskenmerk, Factuur.nummer).where(
            (Factuur.betalingskenmerk == func.any(list(kenmerken))) | (Factuur.nummer == func.any(list(nummers)))
        )
    )
    return [(rij[0], rij[1]) for rij in rijen]
