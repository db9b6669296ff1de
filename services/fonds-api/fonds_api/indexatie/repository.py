"""Every SELECT and INSERT on indexatie; the locks live here."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from gemeengoed_kit.db import Base, Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from sqlalchemy import Select, func, insert, select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.dialects.postgresql import insert as insert_or_not
from sqlalchemy.orm import Session, aliased

from fonds_api.indexatie.models import (
    Clausuleonderdeel,
    Indexatie,
    Indexatiegegeven,
    Indexatietoepassing,
    Indexcijfer,
    Indexclausule,
    Indexreeks,
)
from fonds_api.indexatie.schemas import IndexatiesFilter, IndexcijfersFilter, ToepassingenFilter

Sleutel = tuple[str, str]
"""Series and period of a figure."""


def vergrendel(session: Session, wat: str) -> None:
    """One at a time for what is named, by the database's own name of it."""
    session.execute(select(func.vergrendel_index(wat)))


def voeg_toe(session: Session, model: type[Base], waarden: dict[str, Any]) -> bool:
    """Store a row; False when its key is taken."""
    sleutel = next(iter(model.__table__.primary_key))
    return session.scalar(insert_or_not(model).values(waarden).on_conflict_do_nothing().returning(sleutel)) is not None


def voeg_alle_toe(session: Session, model: type[Base], rijen: Sequence[dict[str, Any]]) -> None:
    session.execute(insert(model), rijen)


def find_reeks(session: Session, code: str) -> Values | None:
    return session.connection().execute(values_of(Indexreeks).where(Indexreeks.code == code)).one_or_none()


def maten(session: Session, codes: Collection[str]) -> dict[str, Any]:
    """Measure by series, of those that exist."""
    query = select(Indexreeks.code, Indexreeks.maat).where(Indexreeks.code.in_(codes))
    return {code: maat for code, maat in session.connection().execute(query)}


def list_reeksen(session: Session, wens: PageQuery) -> tuple[int, list[Values]]:
    return select_page(session, values_of(Indexreeks).order_by(Indexreeks.code), wens)


def find_cijfer(session: Session, id: uuid.UUID) -> Values | None:
    return session.connection().execute(values_of(Indexcijfer).where(Indexcijfer.id == id)).one_or_none()


def list_cijfers(session: Session, wens: IndexcijfersFilter) -> tuple[int, list[Values]]:
    query = values_of(Indexcijfer).order_by(Indexcijfer.reeks, Indexcijfer.periode, Indexcijfer.versie)
    for naam in ("reeks", "periode", "stand"):
        if (waarde := getattr(wens, naam)) is not None:
            query = query.where(getattr(Indexcijfer, naam) == waarde)
    return select_page(session, query, wens)


def laatste_cijfers(session: Session, sleutels: Collection[Sleutel]) -> dict[Sleutel, Values]:
    """The last version of each figure that exists."""
    query = values_of(Indexcijfer).where(tuple_(Indexcijfer.reeks, Indexcijfer.periode).in_(list(sleutels)))
    query = query.ext(distinct_on(Indexcijfer.reeks, Indexcijfer.periode)).order_by(
        Indexcijfer.reeks, Indexcijfer.periode, Indexcijfer.versie.desc()
    )
    return {(rij.reeks, rij.periode): rij for rij in session.connection().execute(query)}


def find_clausule(session: Session, code: str) -> Values | None:
    return session.connection().execute(values_of(Indexclausule).where(Indexclausule.code == code)).one_or_none()


def list_clausules(session: Session, wens: PageQuery) -> tuple[int, list[Values]]:
    return select_page(session, values_of(Indexclausule).order_by(Indexclausule.code), wens)


def onderdelen_van(session: Session, codes: Iterable[str]) -> dict[str, list[Values]]:
    gevonden: dict[str, list[Values]] = defaultdict(list)
    query = values_of(Clausuleonderdeel).where(Clausuleonderdeel.clausule.in_(list(codes)))
    for rij in session.connection().execute(query.order_by(Clausuleonderdeel.clausule, Clausuleonderdeel.nummer)):
        gevonden[rij.clausule].append(rij)
    return gevonden


def find_indexatie(session: Session, id: uuid.UUID) -> Values | None:
    return session.connection().execute(values_of(Indexatie).where(Indexatie.id == id)).one_or_none()


def list_indexaties(session: Session, wens: IndexatiesFilter) -> tuple[int, list[Values]]:
    query = values_of(Indexatie).order_by(Indexatie.clausule, Indexatie.jaar, Indexatie.versie)
    for naam in ("clausule", "jaar", "stand"):
        if (waarde := getattr(wens, naam)) is not None:
            query = query.where(getattr(Indexatie, naam) == waarde)
    return select_page(session, query, wens)


def laatste_indexatie(session: Session, clausule: str, jaar: int | None = None) -> Values | None:
    """The last version of a year, or of the last year."""
    query = values_of(Indexatie).where(Indexatie.clausule == clausule)
    if jaar is not None:
        query = query.where(Indexatie.jaar == jaar)
    return session.connection().execute(query.order_by(Indexatie.jaar.desc(), Indexatie.versie.desc()).limit(1)).one_or_none()


def gegevens_van(session: Session, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Values]]:
    """The figures of each indexatie, with their values, in their order."""
    gevonden: dict[uuid.UUID, list[Values]] = defaultdict(list)
    doel, basis, oud_doel, oud_basis = (aliased(Indexcijfer) for _ in range(4))
    query: Select[Any] = (
        select(
            *Indexatiegegeven.__table__.c,
            doel.waarde.label("doel_waarde"),
            basis.waarde.label("basis_waarde"),
            oud_doel.waarde.label("oud_doel_waarde"),
            oud_basis.waarde.label("oud_basis_waarde"),
        )
        .join(doel, doel.id == Indexatiegegeven.doel)
        .outerjoin(basis, basis.id == Indexatiegegeven.basis)
        .outerjoin(oud_doel, oud_doel.id == Indexatiegegeven.oud_doel)
        .outerjoin(oud_basis, oud_basis.id == Indexatiegegeven.oud_basis)
        .where(Indexatiegegeven.indexatie.in_(list(ids)))
        .order_by(Indexatiegegeven.indexatie, Indexatiegegeven.nummer)
    )
    for rij in session.connection().execute(query):
        gevonden[rij.indexatie].append(rij)
    return gevonden


def laatst_gebruikt(session: Session, clausule: str, jaar: int, jaren: Collection[int]) -> dict[tuple[int, str], Values]:
    """(year, series) to the figures of it that indexaties of before a year took last."""
    query = (
        values_of(Indexatiegegeven)
        .join(Indexatie, Indexatie.id == Indexatiegegeven.indexatie)
        .where(Indexatie.clausule == clausule, Indexatie.jaar < jaar, Indexatiegegeven.over_jaar.in_(jaren))
        .ext(distinct_on(Indexatiegegeven.over_jaar, Indexatiegegeven.reeks))
        .order_by(Indexatiegegeven.over_jaar, Indexatiegegeven.reeks, Indexatie.jaar.desc(), Indexatie.versie.desc())
    )
    return {(rij.over_jaar, rij.reeks): rij for rij in session.connection().execute(query)}


def cijfers(session: Session, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Values]:
    return {rij.id: rij for rij in session.connection().execute(values_of(Indexcijfer).where(Indexcijfer.id.in_(ids)))}


def _toepassingen() -> Select[Any]:
    """Applications, each with the price of the one before it on the same subject and year."""
    tabel = Indexatietoepassing
    eerder = func.lag(tabel.prijs).over(partition_by=(tabel.bron, tabel.pad, tabel.jaar), order_by=tabel.volgnummer)
    alle = select(*tabel.__table__.c, eerder.label("eerdere_prijs")).subquery()
    return select(alle)


def find_toepassing(session: Session, id: uuid.UUID) -> Values | None:
    query = _toepassingen()
    return session.connection().execute(query.where(query.selected_columns.id == id)).one_or_none()


def toepassingen(session: Session, ids: Collection[uuid.UUID]) -> Sequence[Values]:
    query = _toepassingen()
    return session.connection().execute(query.where(query.selected_columns.id.in_(ids))).all()


def list_toepassingen(session: Session, wens: ToepassingenFilter) -> tuple[int, list[Values]]:
    query = _toepassingen()
    kolom = query.selected_columns
    if wens.indexatie is not None:
        query = query.where(kolom.indexatie == wens.indexatie)
    if wens.onderwerp_pad is not None:
        query = query.where(kolom.pad == wens.onderwerp_pad)
    if wens.jaar is not None:
        query = query.where(kolom.jaar == wens.jaar)
    return select_page(session, query.order_by(kolom.volgnummer), wens)


def laatste_toepassing(session: Session, bron: str, pad: str, voor_jaar: int | None = None) -> Values | None:
    """The last application on a subject; with a year the last of before it."""
    tabel = Indexatietoepassing
    query = values_of(tabel).where(tabel.bron == bron, tabel.pad == pad)
    if voor_jaar is not None:
        query = query.where(tabel.jaar < voor_jaar)
    return session.connection().execute(query.order_by(tabel.jaar.desc(), tabel.volgnummer.desc()).limit(1)).one_or_none()


def alle_indexaties(session: Session) -> list[Values]:
    return list(session.connection().execute(values_of(Indexatie)).all())


def alle_toepassingen(session: Session) -> list[Values]:
    return list(session.connection().execute(values_of(Indexatietoepassing)).all())
