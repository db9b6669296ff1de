"""Every SELECT and INSERT on the tables of invoices; the locks on numbers and on invoices live here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import BigInteger, ColumnElement, cast, exists, false, func, insert, select, text, true
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session, aliased

from abonnement_api.factuur import rules
from abonnement_api.factuur.models import Factuur, Factuurnummering, Factuurregel, Regelstand, Verrekening
from abonnement_api.factuur.schemas import FacturenFilter


def neem_nummers(session: Session, jaar: int, verkoper: str, reeks: int, aantal: int) -> int:
    """Take consecutive numbers of a seller's series of a year. Others wait until this transaction ends, so no gap arises.

    Returns:
        the first of the numbers.
    """
    session.execute(upsert(Factuurnummering).values(jaar=jaar, verkoper=verkoper, laatste=0).on_conflict_do_nothing())
    nummering = session.get_one(Factuurnummering, (jaar, verkoper), with_for_update=True, populate_existing=True)
    nummering.laatste = max(nummering.laatste, reeks * rules.REEKS) + aantal
    session.flush()
    return nummering.laatste - aantal + 1


def add(
    session: Session, facturen: list[dict[str, Any]], regels: list[dict[str, Any]], verrekeningen: list[dict[str, Any]]
) -> None:
    session.execute(insert(Factuur), facturen)
    session.execute(insert(Factuurregel), regels)
    if verrekeningen:
        session.execute(insert(Verrekening), verrekeningen)


def lock(session: Session, nummers: Collection[str]) -> None:
    """Lock these invoices against payment by others until this transaction ends; in sorted order, to avoid deadlocks.

    An advisory lock: a row lock needs the right to update, and nobody may update these rows. Some invoices share a lock, as
    the database has no room for tens of thousands.
    """
    session.execute(
        text(
            "SELECT pg_advisory_xact_lock(sleutel) FROM (SELECT DISTINCT factuurgrendel(nummer) AS sleutel "
            "FROM unnest(CAST(:nummers AS text[])) AS nummer ORDER BY 1 OFFSET 0) AS grendels"
        ),
        {"nummers": list(nummers)},
    )


def open_posten(session: Session, hoogstens: int) -> Sequence[tuple[str, str, str, int]]:
    """(number, gemeentecode, gemeentenaam, open cents) of invoices that are not fully paid, in order of number."""
    open_cent = Factuur.bedrag_cent - _som(Regelstand.betaald_cent + Regelstand.gecrediteerd_cent)
    rijen = session.execute(
        select(Factuur.nummer, Factuur.gemeentecode, Factuur.gemeentenaam, open_cent)
        .where(open_cent > 0)
        .order_by(Factuur.nummer)
        .limit(hoogstens)
    )
    return [(rij[0], rij[1], rij[2], int(rij[3])) for rij in rijen]


def gemeenten(session: Session, nummers: Collection[str]) -> set[str]:
    """Codes of the gemeenten of these invoices."""
    return set(session.scalars(select(Factuur.gemeentecode).where(Factuur.nummer == func.any(list(nummers)))))


def find(session: Session, zicht: Sight, nummer: str) -> Values | None:
    query = values_of(Factuur).where(Factuur.nummer == nummer, *zicht.on(gemeentecode=Factuur.gemeentecode))
    return session.connection().execute(query).one_or_none()


def van_nummers(session: Session, nummers: Collection[str]) -> Sequence[Values]:
    """These invoices, in order of number."""
    return session.connection().execute(values_of(Factuur).where(Factuur.nummer.in_(nummers)).order_by(Factuur.nummer)).all()


def volgende(session: Session, na: str, aantal: int) -> Sequence[Values]:
    """The first so many invoices after a number, in order of number."""
    query = values_of(Factuur).where(Factuur.nummer > na).order_by(Factuur.nummer).limit(aantal)
    return session.connection().execute(query).all()


def standen(session: Session, nummers: Collection[str]) -> dict[str, list[Values]]:
    """Invoice to its lines with their paid amounts, in order of dienst."""
    gevonden: dict[str, list[Values]] = defaultdict(list)
    query = values_of(Regelstand).where(Regelstand.factuur == func.any(list(nummers))).order_by(Regelstand.dienst)
    for rij in session.connection().execute(query):
        gevonden[rij.factuur].append(rij)
    return gevonden


def list_facturen(session: Session, zicht: Sight, wens: FacturenFilter) -> tuple[int, list[Values]]:
    query = values_of(Factuur).where(*_gevraagd(zicht, wens)).order_by(Factuur.jaar, Factuur.volgnummer)
    return select_page(session, query, wens)


def totalen(session: Session, zicht: Sight, wens: FacturenFilter) -> tuple[int, int, int]:
    """(invoiced, paid, credited) in cents, of all invoices that `list_facturen` counts."""
    return _totalen(session, _gevraagd(zicht, wens))


def totalen_over(session: Session, jaar: int | None) -> tuple[int, int, int]:
    """(invoiced, paid, credited) in cents, over a year or over all years."""
    return _totalen(session, [] if jaar is None else [Factuur.jaar == jaar])


def _totalen(session: Session, voorwaarden: list[ColumnElement[bool]]) -> tuple[int, int, int]:
    sommen = (Factuur.bedrag_cent, _som(Regelstand.betaald_cent), _som(Regelstand.gecrediteerd_cent))
    rij = session.execute(select(*(func.coalesce(func.sum(som), 0) for som in sommen)).where(*voorwaarden)).one()
    return int(rij[0]), int(rij[1]), int(rij[2])


def _som(kolom: Any) -> Any:
    return (
        select(func.coalesce(func.sum(kolom), 0)).where(Regelstand.factuur == Factuur.nummer).correlate(Factuur).scalar_subquery()
    )


def _gevraagd(zicht: Sight, wens: FacturenFilter) -> list[ColumnElement[bool]]:
    voorwaarden = zicht.on(gemeentecode=Factuur.gemeentecode)
    if wens.gemeentecode is not None:
        voorwaarden.append(Factuur.gemeentecode == wens.gemeentecode)
    if wens.jaar is not None:
        voorwaarden.append(Factuur.jaar == wens.jaar)
    if wens.openstaand is not None:
        voorwaarden.append(
            (_som(Regelstand.betaald_cent + Regelstand.gecrediteerd_cent) < Factuur.bedrag_cent) == wens.openstaand
        )
    return voorwaarden


def per_dienst(session: Session, jaren: Collection[int]) -> dict[int, dict[str, int]]:
    """Year to the cents per dienst of the invoices of its round."""
    gevonden: dict[int, dict[str, int]] = defaultdict(dict)
    query = select(Factuur.jaar, Factuurregel.dienst, func.sum(Factuurregel.bedrag_cent)).join(Factuur)
    query = query.where(Factuur.jaar.in_(jaren), Factuur.vervangt.is_(None)).group_by(Factuur.jaar, Factuurregel.dienst)
    for jaar, dienst, cent in session.execute(query):
        gevonden[jaar][dienst] = int(cent)
    return gevonden


def netto_per_dienst(session: Session, jaar: int | None) -> dict[str, int]:
    """Dienst to the cents invoiced, without what was credited; of a year, or of all years."""
    netto = Regelstand.gefactureerd_cent - Regelstand.gecrediteerd_cent
    query = select(Regelstand.dienst, func.sum(netto)).join(Factuur, Factuur.nummer == Regelstand.factuur)
    query = query.group_by(Regelstand.dienst)
    return {dienst: int(cent) for dienst, cent in session.execute(query if jaar is None else query.where(Factuur.jaar == jaar))}


def gebundeld(session: Session, bundel: str) -> Sequence[Values]:
    """The invoices of a bundle, in order of number."""
    return session.connection().execute(values_of(Factuur).where(Factuur.bundel == bundel).order_by(Factuur.nummer)).all()


def vervangers(session: Session, nummers: Collection[str]) -> dict[str, str]:
    """Invoice to the one that corrects it, of those that have one."""
    rijen = session.execute(select(Factuur.vervangt, Factuur.nummer).where(Factuur.vervangt.in_(nummers)))
    return {oud: nieuw for oud, nieuw in rijen if oud is not None}


def omvang(session: Session, jaren: Collection[int]) -> dict[int, tuple[int, str | None, str | None, int]]:
    """Year to (number of invoices, first invoice number, last invoice number, number of gemeenten that have one)."""
    eerste = func.count().filter(func.coalesce(Factuur.bundel, Factuur.nummer) == Factuur.nummer)
    rijen = session.execute(
        select(Factuur.jaar, func.count(), func.min(Factuur.nummer), func.max(Factuur.nummer), eerste)
        .where(Factuur.jaar.in_(jaren), Factuur.vervangt.is_(None))
        .group_by(Factuur.jaar)
    )
    gevonden = {jaar: (aantal, eerste, laatste, wie) for jaar, aantal, eerste, laatste, wie in rijen}
    return {jaar: gevonden.get(jaar, (0, None, None, 0)) for jaar in jaren}


def laatste_per_verkoper(session: Session, jaar: int) -> Sequence[tuple[Any, str]]:
    """(subscription, gemeentecode) of the last invoice of each seller's series of a year."""
    query = select(Factuur.abonnement, Factuur.gemeentecode).join(
        Factuurnummering, (Factuurnummering.jaar == Factuur.jaar) & (Factuurnummering.laatste == Factuur.volgnummer)
    )
    return [(rij[0], rij[1]) for rij in session.execute(query.where(Factuurnummering.jaar == jaar))]


def van_jaar(session: Session, jaar: int, codes: Collection[str]) -> dict[str, Values]:
    """Gemeentecode to what its standing invoices of a year rest on, and their cents without what they settle of earlier years."""
    later = aliased(Factuur)
    vaste = ("gemeentenaam", "inwoners", "maanden", "pakket", "tariefbesluit")
    query = (
        select(
            Factuur.gemeentecode,
            *(func.min(getattr(Factuur, naam)).label(naam) for naam in vaste),
            cast(func.sum(Factuur.bedrag_cent - Factuur.verrekend_cent), BigInteger).label("bedrag_cent"),
        )
        .where(Factuur.jaar == jaar, Factuur.gemeentecode == func.any(list(codes)))
        .where(~exists().where(later.vervangt == Factuur.nummer), _som(Regelstand.gecrediteerd_cent) < Factuur.bedrag_cent)
        .group_by(Factuur.gemeentecode)
    )
    return {rij.gemeentecode: rij for rij in session.connection().execute(query)}


def gemeenten_van_jaar(session: Session, jaar: int) -> set[str]:
    return set(session.scalars(select(Factuur.gemeentecode).where(Factuur.jaar == jaar)))


def peildata_te_verrekenen(session: Session, jaar: int) -> Sequence[date]:
    """Days of inhabitants that were provisional on invoices of earlier years."""
    query = select(Factuur.peildatum).where(Factuur.voorlopig, Factuur.jaar < jaar).distinct()
    return session.scalars(query.order_by(Factuur.peildatum)).all()


def te_verrekenen(session: Session, jaar: int, codes: Collection[str]) -> Sequence[Values]:
    """Standing invoices of earlier years on provisional inhabitants, by year: with the number of inhabitants that counts by now,
    and the number that a next difference would have. Of a bundle the first. What was credited is for who did that."""
    later, laatste = aliased(Factuur), _laatste_verrekening()
    query = (
        select(
            *(getattr(Factuur, naam) for naam in ("nummer", "gemeentecode", "tariefbesluit", "pakket", "maanden", "peildatum")),
            func.coalesce(laatste.c.naar_inwoners, Factuur.inwoners).label("inwoners"),
            (func.coalesce(laatste.c.volgnummer, 0) + 1).label("volgnummer"),
        )
        .outerjoin(laatste, true())
        .where(Factuur.voorlopig, Factuur.jaar < jaar, Factuur.gemeentecode == func.any(list(codes)))
        .where(func.coalesce(Factuur.bundel, Factuur.nummer) == Factuur.nummer, ~func.coalesce(laatste.c.definitief, false()))
        .where(~exists().where(later.vervangt == Factuur.nummer), _som(Regelstand.gecrediteerd_cent) == 0)
        .order_by(Factuur.jaar, Factuur.nummer)
    )
    return list(session.connection().execute(query))


def volgnummers(session: Session, over: Collection[str]) -> dict[str, int]:
    """Invoice to the number of the last difference that was settled of it; of those that stand and were not credited."""
    later, laatste = aliased(Factuur), _laatste_verrekening()
    query = select(Factuur.nummer, func.coalesce(laatste.c.volgnummer, 0)).outerjoin(laatste, true())
    query = query.where(Factuur.nummer == func.any(list(over)), ~exists().where(later.vervangt == Factuur.nummer))
    return {rij[0]: rij[1] for rij in session.execute(query.where(_som(Regelstand.gecrediteerd_cent) == 0))}


def verrekeningen(session: Session, nummers: Collection[str]) -> dict[str, list[Values]]:
    """Invoice to what it settles, in order."""
    gevonden: dict[str, list[Values]] = defaultdict(list)
    query = values_of(Verrekening).where(Verrekening.factuur == func.any(list(nummers))).order_by(Verrekening.over)
    for rij in session.connection().execute(query):
        gevonden[rij.factuur].append(rij)
    return gevonden


def verrekend(session: Session, nummers: Collection[str]) -> set[str]:
    """Of these invoices those of which a later one settles a difference."""
    return set(session.scalars(select(Verrekening.over).where(Verrekening.over == func.any(list(nummers)))))


def _laatste_verrekening() -> Any:
    query = select(Verrekening.naar_inwoners, Verrekening.volgnummer, Verrekening.definitief)
    return (
        query.where(Verrekening.over == Factuur.nummer)
        .order_by(Verrekening.volgnummer.desc())
        .limit(1)
        .correlate(Factuur)
        .lateral()
    )


def bekende(session: Session, kenmerken: Collection[str], nummers: Collection[str]) -> Sequence[tuple[str, str]]:
    """(betalingskenmerk, number) of the invoices with one of these kenmerken or numbers."""
    rijen = session.execute(
        select(Factuur.betalingskenmerk, Factuur.nummer).where(
            (Factuur.betalingskenmerk == func.any(list(kenmerken))) | (Factuur.nummer == func.any(list(nummers)))
        )
    )
    return [(rij[0], rij[1]) for rij in rijen]
