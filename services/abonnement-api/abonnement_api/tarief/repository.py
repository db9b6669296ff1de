"""Every SELECT and INSERT on the tables of tariefbesluiten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from gemeengoed_kit.pagination import PageQuery, select_objects
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from abonnement_api.tarief.models import Pakket, Pakketdienst, Tariefbesluit, Verdeelsleutel


def find(session: Session, id: str) -> Tariefbesluit | None:
    return session.get(Tariefbesluit, id)


def add(session: Session, besluit: dict[str, Any]) -> bool:
    """Store a decision (without its packages); False when its id is taken, also by a concurrent request."""
    return session.scalar(insert(Tariefbesluit).values(besluit).on_conflict_do_nothing().returning(Tariefbesluit.id)) is not None


def laatste_voor_jaar(session: Session, jaar: int) -> Tariefbesluit | None:
    """The decision that was taken last among those that cover the year."""
    return session.scalars(
        select(Tariefbesluit)
        .where(Tariefbesluit.eerste_jaar <= jaar, Tariefbesluit.laatste_jaar >= jaar)
        .order_by(Tariefbesluit.datum.desc(), Tariefbesluit.id.desc())
        .limit(1)
    ).first()


def list_tariefbesluiten(session: Session, wens: PageQuery, jaar: int | None) -> tuple[int, list[Tariefbesluit]]:
    query = select(Tariefbesluit).order_by(Tariefbesluit.datum, Tariefbesluit.id)
    if jaar is not None:
        query = query.where(Tariefbesluit.eerste_jaar <= jaar, Tariefbesluit.laatste_jaar >= jaar)
    return select_objects(session, query, wens)


def pakketten(session: Session, ids: Sequence[str]) -> dict[str, list[Pakket]]:
    gevonden: dict[str, list[Pakket]] = defaultdict(list)
    for rij in session.scalars(select(Pakket).where(Pakket.tariefbesluit.in_(ids)).order_by(Pakket.code)):
        gevonden[rij.tariefbesluit].append(rij)
    return gevonden


def diensten(session: Session, ids: Sequence[str]) -> dict[tuple[str, str], list[str]]:
    """(tariefbesluit, pakket) to the codes of its diensten."""
    gevonden: dict[tuple[str, str], list[str]] = defaultdict(list)
    rijen = session.scalars(select(Pakketdienst).where(Pakketdienst.tariefbesluit.in_(ids)).order_by(Pakketdienst.dienst))
    for rij in rijen:
        gevonden[rij.tariefbesluit, rij.pakket].append(rij.dienst)
    return gevonden


def verdeelsleutels(session: Session, ids: Sequence[str]) -> dict[str, list[Verdeelsleutel]]:
    gevonden: dict[str, list[Verdeelsleutel]] = defaultdict(list)
    rijen = session.scalars(select(Verdeelsleutel).where(Verdeelsleutel.tariefbesluit.in_(ids)).order_by(Verdeelsleutel.dienst))
    for rij in rijen:
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
