"""Every SELECT on the journal, and on what gemeenten owe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.xaf import Customer, Totals
from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from abonnement_api.auditfile.models import Debiteurmutatie, Journaaldebiteur, Journaalpost, Journaalregel
from abonnement_api.auditfile.rules import DAGBOEKEN, MEMORIAAL, Regel

_TEGELIJK = 5000
_DAGBOEK: ColumnElement[str] = case(
    *((func.split_part(Journaalpost.onderwerp, "/", 3) == soort, dagboek) for soort, dagboek in DAGBOEKEN.items()),
    else_=MEMORIAAL,
)


def standen(session: Session, tot: date) -> list[tuple[str, int]]:
    """(account, balance in cents) before a day, of those that have one, by account."""
    som = func.sum(Journaalregel.bedrag_cent)
    query = select(Journaalregel.rekening, som).join(Journaalpost).where(Journaalpost.boekdatum < tot)
    query = query.group_by(Journaalregel.rekening).having(som != 0).order_by(Journaalregel.rekening)
    return [(rekening, int(cent)) for rekening, cent in session.execute(query)]


def rekeningen(session: Session, tot: date) -> Sequence[str]:
    """Every account that has a line before a day."""
    query = select(Journaalregel.rekening).join(Journaalpost).where(Journaalpost.boekdatum < tot).distinct()
    return session.scalars(query.order_by(Journaalregel.rekening)).all()


def omvang(session: Session, vanaf: date, tot: date) -> Totals:
    cent = Journaalregel.bedrag_cent
    debet = func.coalesce(func.sum(cent).filter(cent > 0), 0)
    credit = func.coalesce(-func.sum(cent).filter(cent < 0), 0)
    query = select(func.count(), debet, credit).select_from(Journaalregel).join(Journaalpost)
    aantal, debet_cent, credit_cent = session.execute(query.where(*_in(vanaf, tot))).one()
    return Totals(aantal, int(debet_cent), int(credit_cent))


def regels(session: Session, vanaf: date, tot: date) -> Iterator[Regel]:
    """The lines of a period, a few thousand at a time, so that memory never holds them together: those of one journal together,
    by boekdatum and then in order of booking."""
    post, regel = Journaalpost, Journaalregel
    query = (
        select(
            *(_DAGBOEK.label("dagboek"), post.nummer, post.onderwerp, post.boekdatum, post.omschrijving),
            *(regel.regel, regel.rekening, regel.bedrag_cent, Journaaldebiteur.gemeentecode, Journaaldebiteur.factuur),
        )
        .select_from(regel)
        .join(post)
        .outerjoin(Journaaldebiteur, Journaaldebiteur.onderwerp == post.onderwerp)
        .where(*_in(vanaf, tot))
        .order_by(_DAGBOEK, post.boekdatum, post.nummer, regel.regel)
    )
    stroom = {"stream_results": True, "yield_per": _TEGELIJK}
    rij: Any
    for rij in session.connection().execute(query, execution_options=stroom):
        yield Regel(*rij)


def debiteuren(session: Session, vanaf: date, tot: date) -> list[Customer]:
    """Who was invoiced before `tot`, with what was open before `vanaf` and before `tot`, by gemeentecode."""
    van = Debiteurmutatie
    query = select(
        van.gemeentecode,
        func.max(van.gemeentenaam),
        func.coalesce(func.sum(van.bedrag_cent).filter(van.datum < vanaf), 0),
        func.sum(van.bedrag_cent),
    )
    query = query.where(van.datum < tot).group_by(van.gemeentecode).order_by(van.gemeentecode)
    return [Customer(code, naam, int(begin), int(eind)) for code, naam, begin, eind in session.execute(query)]


def openstaand(session: Session, op: date) -> list[tuple[str, str, date, int, int]]:
    """(gemeentecode, gemeentenaam, vervaldatum, number of invoices, open cents) of what was not settled at the end of a day:
    what is to be paid, and apart from that what was paid too much."""
    van = Debiteurmutatie
    som = func.sum(van.bedrag_cent)
    per_factuur = (
        select(van.gemeentecode, func.max(van.gemeentenaam).label("naam"), van.vervaldatum, van.factuur, som.label("cent"))
        .where(van.datum <= op)
        .group_by(van.gemeentecode, van.vervaldatum, van.factuur)
        .having(som != 0)
        .subquery()
    )
    kolommen = (per_factuur.c.gemeentecode, per_factuur.c.vervaldatum, per_factuur.c.cent > 0)
    query = select(*kolommen[:1], func.max(per_factuur.c.naam), kolommen[1], func.count(), func.sum(per_factuur.c.cent))
    query = query.group_by(*kolommen).order_by(*kolommen)
    return [(code, naam, dag, aantal, int(cent)) for code, naam, dag, aantal, cent in session.execute(query)]


def _in(vanaf: date, tot: date) -> list[ColumnElement[bool]]:
    return [Journaalpost.boekdatum >= vanaf, Journaalpost.boekdatum < tot]
