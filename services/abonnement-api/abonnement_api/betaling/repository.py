"""Every SELECT and INSERT on the tables of statements, receipts, debits and what is done with them; the lock on the account.

Everything that matches, undoes or takes in takes that lock first, and the invoices after it.
"""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, cast

from gemeengoed_kit.db import Base, Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from sqlalchemy import ColumnElement, Select, Table, exists, func, insert, literal, or_, select, text, union_all
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from abonnement_api.betaling.afschrift import Afschrift
from abonnement_api.betaling.models import (
    Afschrijving,
    Afschrijvingstand,
    Bankafschrift,
    Betaling,
    Betalingstand,
    Betalingstoewijzing,
    Koppeling,
)
from abonnement_api.betaling.rules import Eerder, Periode, Saldo, inhoud
from abonnement_api.betaling.schemas import AfschrijvingenFilter, BetalingenFilter, KoppelingenFilter

BIJ_INLEZEN = uuid.UUID(int=0)
"""The koppeling of what was matched when its statement was read."""


def lock_rekening(session: Session, iban: str) -> None:
    """Lock an account, so that its statements are read one after the other. An advisory lock, as there is no row to lock."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('bankrekening ' || :iban, 0))"), {"iban": iban})


def find_afschrift(session: Session, gelezen: Afschrift) -> Values | None:
    """The statement with exactly this content."""
    query = values_of(Bankafschrift).where(Bankafschrift.iban == gelezen.iban, Bankafschrift.vingerafdruk == gelezen.vingerafdruk)
    return session.connection().execute(query).one_or_none()


def zelfde_nummer(session: Session, gelezen: Afschrift) -> Sequence[Values]:
    """The statements that have the number, page and days of this one; none of those of before these were kept."""
    query = values_of(Bankafschrift).where(
        Bankafschrift.iban == gelezen.iban,
        Bankafschrift.formaat == gelezen.formaat,
        Bankafschrift.afschriftnummer == gelezen.nummer,
        Bankafschrift.reeksnummer.is_not_distinct_from(gelezen.volgnummer),
        Bankafschrift.pagina == gelezen.pagina,
        Bankafschrift.begindag.is_not_distinct_from(gelezen.begindag),
        Bankafschrift.einddag.is_not_distinct_from(gelezen.einddag),
    )
    return session.connection().execute(query).all()


def rakende(session: Session, iban: str, van: date | None, tot: date | None) -> list[Periode]:
    """The statements of which a day may be one of these; those without days always may."""
    voorwaarden: list[ColumnElement[bool]] = [Bankafschrift.iban == iban]
    if van is not None:
        voorwaarden.append(or_(Bankafschrift.einddag.is_(None), Bankafschrift.einddag >= van))
    if tot is not None:
        voorwaarden.append(or_(Bankafschrift.begindag.is_(None), Bankafschrift.begindag <= tot))
    rijen = session.execute(
        select(
            Bankafschrift.id,
            Bankafschrift.beginsaldo_cent,
            Bankafschrift.begindag,
            Bankafschrift.eindsaldo_cent,
            Bankafschrift.einddag,
            Bankafschrift.formaat,
            Bankafschrift.reeksnummer,
            Bankafschrift.pagina,
        )
        .where(*voorwaarden)
        .order_by(Bankafschrift.volgnummer)
    )
    return [
        Periode(id, Saldo(begin, begindag), Saldo(eind, einddag), formaat, (nummer, pagina or 1) if nummer else None)
        for id, begin, begindag, eind, einddag, formaat, nummer, pagina in rijen
    ]


def eerdere_posten(session: Session, afschriften: Collection[uuid.UUID]) -> list[Eerder]:
    """The posts of these statements, credits and debits, in their order."""

    def van(model: type[Betaling] | type[Afschrijving], teken: int) -> Any:
        return select(
            model.bankafschrift,
            model.boekdatum,
            (model.bedrag_cent * teken).label("cent"),
            model.bankreferentie,
            model.saldo_voor_cent,
            model.tegenrekening,
            model.naam,
            model.kenmerk,
            model.omschrijving,
            model.volgnummer,
        ).where(model.bankafschrift == func.any(list(afschriften)))

    samen = union_all(van(Betaling, 1), van(Afschrijving, -1)).subquery()
    rijen = session.execute(select(samen).order_by(samen.c.bankafschrift, samen.c.volgnummer))
    # older rows without a reference have a digest of their content there, and a number behind one that came twice
    return [
        Eerder(
            rij.bankafschrift,
            rij.boekdatum,
            rij.cent,
            None if (rij.bankreferentie or "").startswith("inhoud:") else rij.bankreferentie,
            rij.saldo_voor_cent,
            inhoud(rij.tegenrekening, rij.naam, rij.kenmerk, rij.omschrijving),
        )
        for rij in rijen
    ]


def laatste_eind(session: Session, iban: str) -> Saldo | None:
    """Closing balance of the last statement that was read for this account; None when there is none."""
    rij = session.execute(
        select(Bankafschrift.eindsaldo_cent, Bankafschrift.einddag)
        .where(Bankafschrift.iban == iban)
        .order_by(Bankafschrift.volgnummer.desc())
        .limit(1)
    ).first()
    return Saldo(*rij) if rij else None


def met_gat(session: Session, afschriften: Collection[uuid.UUID] | None = None) -> set[uuid.UUID]:
    """The statements before which one is missing, of all or of these.

    Their opening balance is the closing balance of no other, or their number follows on none in the count of their year, though
    there is an earlier one. The first of an account does not count.
    """
    jaar = func.extract("year", func.coalesce(Bankafschrift.einddag, Bankafschrift.begindag))
    eigen = select(
        Bankafschrift.id,
        Bankafschrift.iban,
        Bankafschrift.formaat,
        Bankafschrift.beginsaldo_cent,
        Bankafschrift.reeksnummer,
        jaar.label("jaar"),
        func.row_number()
        .over(partition_by=Bankafschrift.iban, order_by=(Bankafschrift.begindag.nulls_first(), Bankafschrift.volgnummer))
        .label("plaats"),
    ).subquery()
    ander = Bankafschrift
    voorganger = exists().where(
        ander.iban == eigen.c.iban, ander.id != eigen.c.id, ander.eindsaldo_cent == eigen.c.beginsaldo_cent
    )
    reeks = (
        ander.iban == eigen.c.iban,
        ander.formaat == eigen.c.formaat,
        func.extract("year", func.coalesce(ander.einddag, ander.begindag)) == eigen.c.jaar,
    )
    sprong = (
        eigen.c.reeksnummer.is_not(None)
        & exists().where(*reeks, ander.reeksnummer < eigen.c.reeksnummer)
        & ~exists().where(*reeks, ander.reeksnummer == eigen.c.reeksnummer - 1)
    )
    query = select(eigen.c.id).where(eigen.c.plaats > 1, or_(~voorganger, sprong))
    if afschriften is not None:
        query = query.where(eigen.c.id == func.any(list(afschriften)))
    return set(session.scalars(query))


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


def add(
    session: Session,
    afschrift: dict[str, Any],
    betalingen: list[dict[str, Any]],
    toewijzingen: list[dict[str, Any]],
    afschrijvingen: list[dict[str, Any]],
) -> None:
    session.execute(insert(Bankafschrift), [afschrift])
    _in_een_keer(session, Betaling, betalingen)
    _in_een_keer(session, Afschrijving, afschrijvingen)
    _in_een_keer(session, Betalingstoewijzing, toewijzingen)


def add_koppelingen(session: Session, koppelingen: list[dict[str, Any]], toewijzingen: list[dict[str, Any]]) -> None:
    _in_een_keer(session, Koppeling, koppelingen)
    _in_een_keer(session, Betalingstoewijzing, toewijzingen)


def _in_een_keer(session: Session, model: type[Base], rijen: list[dict[str, Any]]) -> None:
    """One statement for all rows, so that the triggers look at them together; every row has the same columns."""
    if not rijen:
        return
    tabel, dialect = cast(Table, model.__table__), postgresql.dialect()
    kolommen = [(naam, tabel.c[naam].type.compile(dialect=dialect)) for naam in rijen[0]]
    namen = ", ".join(naam for naam, _ in kolommen)
    soorten = ", ".join(f"{naam} {'timestamptz' if 'TIMESTAMP' in soort else soort}" for naam, soort in kolommen)
    session.execute(
        text(
            f"INSERT INTO {tabel.name} ({namen}) SELECT {namen} FROM jsonb_to_recordset(CAST(:rijen AS jsonb)) AS r ({soorten})"
        ),
        {"rijen": json.dumps(rijen, default=str)},
    )


def afgeschreven(session: Session, afschriften: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[int, int]]:
    """Statement to (number of debits, their sum in cents)."""
    rijen = session.execute(
        select(Afschrijving.bankafschrift, func.count(), func.sum(Afschrijving.bedrag_cent))
        .where(Afschrijving.bankafschrift.in_(afschriften))
        .group_by(Afschrijving.bankafschrift)
    )
    return {rij[0]: (rij[1], int(rij[2])) for rij in rijen}


def twijfel(session: Session, afschriften: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Statement to the number of its receipts that may be the same as another."""
    rijen = session.execute(
        select(Betaling.bankafschrift, func.count())
        .where(Betaling.bankafschrift.in_(afschriften), Betaling.twijfel.is_not(None))
        .group_by(Betaling.bankafschrift)
    )
    return {rij[0]: rij[1] for rij in rijen}


def omvang(session: Session, afschriften: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[int, int, int, int]]:
    """Statement to the totals of its receipts: (number, received, matched, gone back), in cents."""
    rijen = session.execute(
        select(
            Betaling.bankafschrift,
            func.count(),
            func.sum(Betalingstand.bedrag_cent),
            func.sum(Betalingstand.gekoppeld_cent),
            func.sum(Betalingstand.terug_cent),
        )
        .join(Betalingstand, Betalingstand.betaling == Betaling.id)
        .where(Betaling.bankafschrift.in_(afschriften))
        .group_by(Betaling.bankafschrift)
    )
    return {rij[0]: (rij[1], int(rij[2]), int(rij[3]), int(rij[4])) for rij in rijen}


def find(session: Session, id: uuid.UUID) -> Values | None:
    """A receipt, with `gekoppeld_cent` and `terug_cent`."""
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


def totalen(session: Session, wens: BetalingenFilter | None = None) -> tuple[int, int, int]:
    """(received, matched, returned) in cents, of what `list_betalingen` counts; without `wens`, of all receipts."""
    rij = session.execute(
        select(
            func.coalesce(func.sum(Betalingstand.bedrag_cent), 0),
            func.coalesce(func.sum(Betalingstand.gekoppeld_cent), 0),
            func.coalesce(func.sum(Betalingstand.terug_cent), 0),
        )
        .join(Betaling, Betaling.id == Betalingstand.betaling)
        .where(*(_gevraagd(wens) if wens else ()))
    ).one()
    return int(rij[0]), int(rij[1]), int(rij[2])


def toegewezen(session: Session, betalingen: Collection[uuid.UUID]) -> dict[uuid.UUID, dict[tuple[str, str], int]]:
    """Receipt to what it pays now: (factuur, dienst) to cents, in order."""
    som = func.sum(Betalingstoewijzing.bedrag_cent)
    rijen = session.execute(
        select(Betalingstoewijzing.betaling, Betalingstoewijzing.factuur, Betalingstoewijzing.dienst, som)
        .where(Betalingstoewijzing.betaling == func.any(list(betalingen)))
        .group_by(Betalingstoewijzing.betaling, Betalingstoewijzing.factuur, Betalingstoewijzing.dienst)
        .having(som != 0)
        .order_by(Betalingstoewijzing.factuur, Betalingstoewijzing.dienst)
    )
    gevonden: dict[uuid.UUID, dict[tuple[str, str], int]] = defaultdict(dict)
    for betaling, factuur, dienst, cent in rijen:
        gevonden[betaling][factuur, dienst] = int(cent)
    return gevonden


def te_retourneren(session: Session, iban: str, afschrijvingen: Sequence[dict[str, Any]]) -> Sequence[Values]:
    """The receipts that these debits may return: of the same amount, with its EndToEndId, account or references."""
    query = _betalingen().where(
        Betaling.iban == iban,
        Betaling.bedrag_cent == func.any([rij["bedrag_cent"] for rij in afschrijvingen]),
        Betaling.soort == literal("gewoon"),
        Betalingstand.terug_cent == 0,
    )
    return session.connection().execute(query.order_by(Betaling.boekdatum, Betaling.id)).all()


def van_ids(session: Session, ids: Collection[uuid.UUID]) -> Sequence[Values]:
    """These receipts, each with `gekoppeld_cent` and `terug_cent`."""
    return session.connection().execute(_betalingen().where(Betaling.id == func.any(list(ids)))).all()


def afschrijvingen_met(session: Session, patroon: str) -> Sequence[Values]:
    """The ordinary debits, of which nothing is explained yet, that have this pattern in what they name."""
    namen = func.concat_ws(" ", Afschrijving.eindnaareind, Afschrijving.opdracht, Afschrijving.omschrijving)
    query = _afschrijvingen().where(
        Afschrijving.soort == "gewoon",
        Afschrijving.twijfel.is_(None),
        func.regexp_replace(namen, r"\s", "", "g").op("~*")(patroon),
        Afschrijvingstand.verklaard_cent == 0,
    )
    return session.connection().execute(query.order_by(Afschrijving.boekdatum, Afschrijving.id)).all()


def retouren_met(session: Session, patroon: str) -> Sequence[Values]:
    """The payments of ours that came back, of which nothing is used yet, that have this pattern in what they name."""
    namen = func.concat_ws(" ", Betaling.eindnaareind, Betaling.opdracht, Betaling.omschrijving)
    query = _betalingen().where(
        Betaling.soort == "retour",
        Betaling.twijfel.is_(None),
        func.regexp_replace(namen, r"\s", "", "g").op("~*")(patroon),
        Betalingstand.gekoppeld_cent + Betalingstand.terug_cent == 0,
    )
    return session.connection().execute(query.order_by(Betaling.boekdatum, Betaling.id)).all()


def wachtende(session: Session) -> Sequence[Values]:
    """The receipts of which something is left, that named nothing known, and that nobody has undone."""
    ongedaan = exists().where(Koppeling.betaling == Betaling.id, Koppeling.soort == "ongedaan")
    query = _betalingen().where(
        Betaling.factuur.is_(None),
        Betaling.twijfel.is_(None),
        Betaling.soort == "gewoon",
        Betalingstand.gekoppeld_cent + Betalingstand.terug_cent < Betalingstand.bedrag_cent,
        ~ongedaan,
    )
    return session.connection().execute(query.order_by(Betaling.boekdatum, Betaling.id)).all()


def betalers(session: Session, factuur: str) -> list[tuple[uuid.UUID, str, int]]:
    """(receipt, dienst, cents) of what pays an invoice now, the last receipt first."""
    som = func.sum(Betalingstoewijzing.bedrag_cent)
    rijen = session.execute(
        select(Betaling.id, Betalingstoewijzing.dienst, som)
        .join(Betaling, Betaling.id == Betalingstoewijzing.betaling)
        .where(Betalingstoewijzing.factuur == factuur)
        .group_by(Betaling.id, Betaling.boekdatum, Betalingstoewijzing.dienst)
        .having(som > 0)
        .order_by(Betaling.boekdatum.desc(), Betaling.id, Betalingstoewijzing.dienst)
    )
    return [(id, dienst, int(cent)) for id, dienst, cent in rijen]


def eerder_betaald(session: Session, tegenrekening: str) -> set[str]:
    """Numbers of invoices that this account paid."""
    rijen = session.scalars(
        select(Betalingstoewijzing.factuur)
        .join(Betaling, Betaling.id == Betalingstoewijzing.betaling)
        .where(Betaling.tegenrekening == tegenrekening)
        .distinct()
    )
    return set(rijen)


def find_koppeling(session: Session, id: uuid.UUID) -> Values | None:
    return session.connection().execute(values_of(Koppeling).where(Koppeling.id == id)).one_or_none()


def list_koppelingen(session: Session, wens: KoppelingenFilter) -> tuple[int, list[Values]]:
    query = values_of(Koppeling).order_by(Koppeling.volgnummer)
    if wens.betaling:
        query = query.where(Koppeling.betaling == wens.betaling)
    if wens.afschrijving:
        query = query.where(Koppeling.afschrijving == wens.afschrijving)
    return select_page(session, query, wens)


def delen(session: Session, koppelingen: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Values]]:
    """Koppeling to its parts, in order of factuur and dienst."""
    gevonden: dict[uuid.UUID, list[Values]] = defaultdict(list)
    query = values_of(Betalingstoewijzing).where(Betalingstoewijzing.koppeling == func.any(list(koppelingen)))
    for rij in session.connection().execute(query.order_by(Betalingstoewijzing.factuur, Betalingstoewijzing.dienst)):
        gevonden[rij.koppeling].append(rij)
    return gevonden


def find_afschrijving(session: Session, id: uuid.UUID) -> Values | None:
    """A debit, with `verklaard_cent`."""
    return session.connection().execute(_afschrijvingen().where(Afschrijving.id == id)).one_or_none()


def list_afschrijvingen(session: Session, wens: AfschrijvingenFilter) -> tuple[int, list[Values]]:
    query = (
        _afschrijvingen()
        .join(Bankafschrift, Bankafschrift.id == Afschrijving.bankafschrift)
        .where(*_gevraagd_af(wens))
        .order_by(Bankafschrift.volgnummer, Afschrijving.volgnummer)
    )
    return select_page(session, query, wens)


def totalen_af(session: Session, wens: AfschrijvingenFilter | None = None) -> tuple[int, int]:
    """(debited, explained by receipts) in cents, of what `list_afschrijvingen` counts; without `wens`, of all."""
    rij = session.execute(
        select(
            func.coalesce(func.sum(Afschrijvingstand.bedrag_cent), 0),
            func.coalesce(func.sum(Afschrijvingstand.verklaard_cent), 0),
        )
        .join(Afschrijving, Afschrijving.id == Afschrijvingstand.afschrijving)
        .where(*(_gevraagd_af(wens) if wens else ()))
    ).one()
    return int(rij[0]), int(rij[1])


def _afschrijvingen() -> Select[Any]:
    return (
        values_of(Afschrijving)
        .add_columns(Afschrijvingstand.verklaard_cent)
        .join(Afschrijvingstand, Afschrijvingstand.afschrijving == Afschrijving.id)
    )


def _gevraagd_af(wens: AfschrijvingenFilter) -> list[ColumnElement[bool]]:
    voorwaarden: list[ColumnElement[bool]] = []
    if wens.bankafschrift:
        voorwaarden.append(Afschrijving.bankafschrift == wens.bankafschrift)
    if wens.soort:
        voorwaarden.append(Afschrijving.soort == wens.soort)
    if wens.verklaard is not None:
        voorwaarden.append((Afschrijvingstand.verklaard_cent == Afschrijvingstand.bedrag_cent) == wens.verklaard)
    return voorwaarden


def _betalingen() -> Select[Any]:
    return (
        values_of(Betaling)
        .add_columns(Betalingstand.gekoppeld_cent, Betalingstand.terug_cent)
        .join(Betalingstand, Betalingstand.betaling == Betaling.id)
    )


def _gevraagd(wens: BetalingenFilter) -> list[ColumnElement[bool]]:
    voorwaarden: list[ColumnElement[bool]] = []
    if wens.bankafschrift:
        voorwaarden.append(Betaling.bankafschrift == wens.bankafschrift)
    if wens.factuur:
        betaalt = exists().where(Betalingstoewijzing.betaling == Betaling.id, Betalingstoewijzing.factuur == wens.factuur)
        voorwaarden.append(or_(Betaling.factuur == wens.factuur, betaalt))
    if wens.twijfel is not None:
        voorwaarden.append(Betaling.twijfel.is_not(None) == wens.twijfel)
    if wens.gekoppeld is not None:
        weg = Betalingstand.gekoppeld_cent + Betalingstand.terug_cent
        voorwaarden.append((weg == Betalingstand.bedrag_cent) == wens.gekoppeld)
    return voorwaarden
