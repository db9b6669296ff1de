"""Every SELECT and INSERT on the tables of tariefbesluiten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from sqlalchemy import Select, exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from abonnement_api.tarief.models import Pakket, Pakketband, Pakketdienst, Tariefbesluit, Verdeelsleutel
from abonnement_api.tarief.rules import PER_INWONER
from abonnement_api.tarief.schemas import NieuwTariefbesluit, TariefbesluitenFilter


def find(session: Session, id: str) -> Values | None:
    return session.connection().execute(values_of(Tariefbesluit).where(Tariefbesluit.id == id)).one_or_none()


def add(session: Session, nieuw: NieuwTariefbesluit, herkomst: Mapping[str, object]) -> bool:
    """Store a decision with its packages and weights; False when its id is in use, also by a concurrent request."""
    eigen = {**nieuw.model_dump(exclude={"pakketten", "verdeelsleutel"}), **herkomst}
    if session.scalar(insert(Tariefbesluit).values(eigen).on_conflict_do_nothing().returning(Tariefbesluit.id)) is None:
        return False
    bij = {"tariefbesluit": nieuw.id}
    session.execute(insert(Pakket), [{**bij, **pakket.model_dump(exclude={"diensten", "banden"})} for pakket in nieuw.pakketten])
    banden = [
        {**bij, "pakket": pakket.code, "nummer": nummer, **band.model_dump()}
        for pakket in nieuw.pakketten
        for nummer, band in enumerate(pakket.banden, 1)
    ]
    if banden:
        session.execute(insert(Pakketband), banden)
    diensten = [{**bij, "pakket": pakket.code, "dienst": dienst} for pakket in nieuw.pakketten for dienst in pakket.diensten]
    session.execute(insert(Pakketdienst), diensten)
    session.execute(insert(Verdeelsleutel), [{**bij, **deel.model_dump()} for deel in nieuw.verdeelsleutel])
    return True


def laatste_voor_jaar(session: Session, jaar: int, vandaag: date, pakketten: Collection[str] | None = None) -> Values | None:
    """The decision that counts for a year; see `_geldend`."""
    query = values_of(Tariefbesluit).where(Tariefbesluit.id == _geldend(jaar, vandaag, pakketten).scalar_subquery())
    return session.connection().execute(query).one_or_none()


def _geldend(jaar: int, vandaag: date, pakketten: Collection[str] | None = None) -> Select[str]:
    """The id of the most recent decision among those that cover the year, that were taken by today, and that price one of these
    packages; by default any per inhabitant. Of decisions of one day the last that was recorded."""
    welk = Pakket.vorm == PER_INWONER if pakketten is None else Pakket.code.in_(pakketten)
    return (
        select(Tariefbesluit.id)
        .where(
            Tariefbesluit.eerste_jaar <= jaar,
            Tariefbesluit.laatste_jaar >= jaar,
            Tariefbesluit.datum <= vandaag,
            exists().where(Pakket.tariefbesluit == Tariefbesluit.id, welk),
        )
        .order_by(Tariefbesluit.datum.desc(), Tariefbesluit.volgnummer.desc())
        .limit(1)
    )


def list_tariefbesluiten(session: Session, wens: TariefbesluitenFilter, vandaag: date) -> tuple[int, list[Values]]:
    query = values_of(Tariefbesluit).order_by(Tariefbesluit.datum, Tariefbesluit.volgnummer)
    if wens.jaar is not None:
        query = query.where(Tariefbesluit.eerste_jaar <= wens.jaar, Tariefbesluit.laatste_jaar >= wens.jaar)
    if wens.geldend_voor is not None:
        query = query.where(Tariefbesluit.id == _geldend(wens.geldend_voor, vandaag).scalar_subquery())
    return select_page(session, query, wens)


def pakketten(session: Session, ids: Sequence[str]) -> dict[str, list[Values]]:
    """Packages by tariefbesluit, in order of code."""
    gevonden: dict[str, list[Values]] = defaultdict(list)
    query = values_of(Pakket).where(Pakket.tariefbesluit.in_(ids)).order_by(Pakket.code)
    for rij in session.connection().execute(query):
        gevonden[rij.tariefbesluit].append(rij)
    return gevonden


def diensten(session: Session, ids: Sequence[str]) -> dict[tuple[str, str], list[str]]:
    """(tariefbesluit, pakket) to the codes of its diensten."""
    gevonden: dict[tuple[str, str], list[str]] = defaultdict(list)
    query = values_of(Pakketdienst).where(Pakketdienst.tariefbesluit.in_(ids)).order_by(Pakketdienst.dienst)
    for rij in session.connection().execute(query):
        gevonden[rij.tariefbesluit, rij.pakket].append(rij.dienst)
    return gevonden


def banden(session: Session, ids: Sequence[str]) -> dict[tuple[str, str], list[Values]]:
    """(tariefbesluit, pakket) to its classes or slices, in order."""
    gevonden: dict[tuple[str, str], list[Values]] = defaultdict(list)
    for rij in session.connection().execute(
        values_of(Pakketband).where(Pakketband.tariefbesluit.in_(ids)).order_by(Pakketband.nummer)
    ):
        gevonden[rij.tariefbesluit, rij.pakket].append(rij)
    return gevonden


def verdeelsleutels(session: Session, ids: Sequence[str]) -> dict[str, list[Values]]:
    """Weights by tariefbesluit, in order of dienst."""
    gevonden: dict[str, list[Values]] = defaultdict(list)
    query = values_of(Verdeelsleutel).where(Verdeelsleutel.tariefbesluit.in_(ids)).order_by(Verdeelsleutel.dienst)
    for rij in session.connection().execute(query):
        gevonden[rij.tariefbesluit].append(rij)
    return gevonden


def pakket_bestaat(session: Session, code: str, jaar: int, vandaag: date) -> bool:
    """Whether a decision for the year, taken by today, has this package at a price per inhabitant."""
    query = (
        select(Pakket.code)
        .join(Tariefbesluit, Tariefbesluit.id == Pakket.tariefbesluit)
        .where(
            Pakket.code == code,
            Pakket.vorm == PER_INWONER,
            Tariefbesluit.datum <= vandaag,
            Tariefbesluit.eerste_jaar <= jaar,
            Tariefbesluit.laatste_jaar >= jaar,
        )
    )
    return session.execute(query.limit(1)).first() is not None


def bedrag_cent(
    session: Session, besluit: str, pakket: str, hoeveelheid: int, maanden: int, *, eerste_keer: bool = False
) -> int | None:
    """What the database itself makes of it; None where there is no such package."""
    return session.scalar(select(func.pakketbedrag_cent(besluit, pakket, hoeveelheid, maanden, eerste_keer)))
