"""Every SELECT and INSERT on the tables of tariefbesluiten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from abonnement_api.tarief.models import Pakket, Pakketdienst, Tariefbesluit, Verdeelsleutel
from abonnement_api.tarief.schemas import NieuwTariefbesluit, TariefbesluitenFilter


def find(session: Session, id: str) -> Values | None:
    return session.connection().execute(values_of(Tariefbesluit).where(Tariefbesluit.id == id)).one_or_none()


def add(session: Session, nieuw: NieuwTariefbesluit) -> bool:
    """Store a decision with its packages and weights; False when its id is in use, also by a concurrent request."""
    eigen = nieuw.model_dump(exclude={"pakketten", "verdeelsleutel"})
    if session.scalar(insert(Tariefbesluit).values(eigen).on_conflict_do_nothing().returning(Tariefbesluit.id)) is None:
        return False
    bij = {"tariefbesluit": nieuw.id}
    session.execute(insert(Pakket), [{**bij, **pakket.model_dump(exclude={"diensten"})} for pakket in nieuw.pakketten])
    diensten = [{**bij, "pakket": pakket.code, "dienst": dienst} for pakket in nieuw.pakketten for dienst in pakket.diensten]
    session.execute(insert(Pakketdienst), diensten)
    session.execute(insert(Verdeelsleutel), [{**bij, **deel.model_dump()} for deel in nieuw.verdeelsleutel])
    return True


def laatste_voor_jaar(session: Session, jaar: int) -> Values | None:
    """The most recent decision among those that cover the year."""
    query = values_of(Tariefbesluit).where(Tariefbesluit.eerste_jaar <= jaar, Tariefbesluit.laatste_jaar >= jaar)
    return session.connection().execute(query.order_by(Tariefbesluit.datum.desc(), Tariefbesluit.id.desc()).limit(1)).first()


def list_tariefbesluiten(session: Session, wens: TariefbesluitenFilter) -> tuple[int, list[Values]]:
    query = values_of(Tariefbesluit).order_by(Tariefbesluit.datum, Tariefbesluit.id)
    if wens.jaar is not None:
        query = query.where(Tariefbesluit.eerste_jaar <= wens.jaar, Tariefbesluit.laatste_jaar >= wens.jaar)
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


def verdeelsleutels(session: Session, ids: Sequence[str]) -> dict[str, list[Values]]:
    """Weights by tariefbesluit, in order of dienst."""
    gevonden: dict[str, list[Values]] = defaultdict(list)
    query = values_of(Verdeelsleutel).where(Verdeelsleutel.tariefbesluit.in_(ids)).order_by(Verdeelsleutel.dienst)
    for rij in session.connection().execute(query):
        gevonden[rij.tariefbesluit].append(rij)
    return gevonden


def pakket_bestaat(session: Session, code: str, jaar: int) -> bool:
    """Whether a decision for the year has this package."""
    query = (
        select(Pakket.code)
        .join(Tariefbesluit, Tariefbesluit.id == Pakket.tariefbesluit)
        .where(Pakket.code == code, Tariefbesluit.eerste_jaar <= jaar, Tariefbesluit.laatste_jaar >= jaar)
    )
    return session.execute(query.limit(1)).first() is not None
