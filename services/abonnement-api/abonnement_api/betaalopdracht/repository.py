"""Every SELECT and INSERT on payment orders; their lock lives here. Who needs the account's lock too, takes that one first."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from sqlalchemy import ColumnElement, Select, exists, func, insert, select
from sqlalchemy.orm import Session

from abonnement_api.betaalopdracht import rules
from abonnement_api.betaalopdracht.models import (
    Betaalbericht,
    Betaalbesluit,
    Betaalopdracht,
    Betaalopdrachtregel,
    Betaalregelstand,
    Betaaluitkomst,
)
from abonnement_api.betaalopdracht.schemas import BetaalopdrachtenFilter, BetaaluitkomstenFilter


def lock(session: Session) -> None:
    """One at a time proposes, approves or settles. The triggers take the same lock."""
    session.execute(select(func.grendel_betalen()))


def add(session: Session, opdracht: dict[str, Any], regels: list[dict[str, Any]]) -> None:
    session.execute(insert(Betaalopdracht), [opdracht])
    session.execute(insert(Betaalopdrachtregel), regels)


def add_besluit(session: Session, besluit: dict[str, Any]) -> None:
    session.execute(insert(Betaalbesluit), [besluit])


def add_bericht(session: Session, bericht: dict[str, Any]) -> None:
    session.execute(insert(Betaalbericht), [bericht])


def add_uitkomsten(session: Session, uitkomsten: list[dict[str, Any]]) -> None:
    session.execute(insert(Betaaluitkomst), uitkomsten)


def find(session: Session, id: uuid.UUID) -> Values | None:
    return session.connection().execute(_opdrachten().where(Betaalopdracht.id == id)).one_or_none()


def list_opdrachten(session: Session, wens: BetaalopdrachtenFilter) -> tuple[int, list[Values]]:
    return select_page(session, _opdrachten().where(*_gevraagd(wens)).order_by(Betaalopdracht.volgnummer), wens)


def bytes_van(session: Session, id: uuid.UUID) -> tuple[bytes, str] | None:
    """(message, its SHA-256) of an order."""
    query = select(Betaalbericht.bericht, Betaalbericht.sha256).where(Betaalbericht.opdracht == id)
    rij = session.execute(query).one_or_none()
    return (rij[0], rij[1]) if rij else None


def regels(session: Session, opdrachten: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Values]]:
    """Order to its lines with where they stand, in order of number."""
    gevonden: dict[uuid.UUID, list[Values]] = defaultdict(list)
    query = values_of(Betaalregelstand).where(Betaalregelstand.opdracht.in_(opdrachten)).order_by(Betaalregelstand.volgnummer)
    for rij in session.connection().execute(query):
        gevonden[rij.opdracht].append(rij)
    return gevonden


def sommen(session: Session, opdrachten: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[dict[str, int], uuid.UUID | None]]:
    """Order to (state to the cents of its lines in that state, the distribution that it pays out)."""
    gevonden: dict[uuid.UUID, tuple[dict[str, int], uuid.UUID | None]] = {}
    stand = Betaalregelstand
    query = (
        select(stand.opdracht, stand.verdeling, stand.stand, func.sum(stand.bedrag_cent))
        .where(stand.opdracht.in_(opdrachten))
        .group_by(stand.opdracht, stand.verdeling, stand.stand)
    )
    for opdracht, verdeling, welke, cent in session.execute(query):
        gevonden.setdefault(opdracht, ({}, verdeling))[0][welke] = int(cent)
    return gevonden


def van_verdeling(session: Session, verdeling: uuid.UUID) -> Sequence[Values]:
    """The lines that pay, or were to pay, shares in a distribution, the last order last."""
    query = values_of(Betaalregelstand).join(Betaalopdracht, Betaalopdracht.id == Betaalregelstand.opdracht)
    query = query.where(Betaalregelstand.verdeling == verdeling).order_by(Betaalopdracht.volgnummer, Betaalregelstand.volgnummer)
    return session.connection().execute(query).all()


def met_kenmerk(session: Session, kenmerken: Collection[str]) -> Sequence[Values]:
    """The lines of these orders."""
    query = values_of(Betaalregelstand).where(Betaalregelstand.kenmerk.in_(kenmerken))
    return session.connection().execute(query.order_by(Betaalregelstand.kenmerk, Betaalregelstand.volgnummer)).all()


def find_uitkomst(session: Session, id: uuid.UUID) -> Values | None:
    return session.connection().execute(_uitkomsten().where(Betaaluitkomst.id == id)).one_or_none()


def van_ids(session: Session, ids: Collection[uuid.UUID]) -> Sequence[Values]:
    """These outcomes, in order of line."""
    return session.connection().execute(_uitkomsten().where(Betaaluitkomst.id.in_(ids)).order_by(Betaaluitkomst.regel)).all()


def list_uitkomsten(session: Session, wens: BetaaluitkomstenFilter) -> tuple[int, list[Values]]:
    query = _uitkomsten().order_by(Betaaluitkomst.volgnummer)
    if wens.betaalopdracht:
        query = query.where(Betaaluitkomst.opdracht == wens.betaalopdracht)
    if wens.soort:
        query = query.where(Betaaluitkomst.soort == wens.soort)
    return select_page(session, query, wens)


def _uitkomsten() -> Select[Any]:
    regel = Betaalopdrachtregel
    return (
        values_of(Betaaluitkomst)
        .add_columns(regel.bedrag_cent)
        .join(regel, (regel.opdracht == Betaaluitkomst.opdracht) & (regel.volgnummer == Betaaluitkomst.regel))
    )


def _opdrachten() -> Select[Any]:
    """Orders, with what was decided and the digest of the message; not its bytes."""
    return (
        values_of(Betaalopdracht)
        .add_columns(
            Betaalbesluit.uitkomst,
            Betaalbesluit.reden,
            Betaalbesluit.rol.label("besluiter"),
            Betaalbesluit.op.label("besloten_op"),
            Betaalbericht.sha256,
        )
        .outerjoin(Betaalbesluit, Betaalbesluit.opdracht == Betaalopdracht.id)
        .outerjoin(Betaalbericht, Betaalbericht.opdracht == Betaalopdracht.id)
    )


def _gevraagd(wens: BetaalopdrachtenFilter) -> list[ColumnElement[bool]]:
    voorwaarden: list[ColumnElement[bool]] = []
    if wens.soort:
        voorwaarden.append(Betaalopdracht.soort == wens.soort)
    if wens.verdeling:
        voorwaarden.append(
            exists().where(Betaalopdrachtregel.opdracht == Betaalopdracht.id, Betaalopdrachtregel.verdeling == wens.verdeling)
        )
    if wens.status in (rules.ONDERWEG, rules.AFGEHANDELD):
        onderweg = exists().where(Betaalregelstand.opdracht == Betaalopdracht.id, Betaalregelstand.stand == rules.ONDERWEG)
        voorwaarden += [
            Betaalbesluit.uitkomst == rules.GOEDGEKEURD,
            onderweg if wens.status == rules.ONDERWEG else ~onderweg,
        ]
    elif wens.status:
        voorgesteld = Betaalbesluit.uitkomst.is_(None)
        voorwaarden.append(voorgesteld if wens.status == rules.VOORGESTELD else Betaalbesluit.uitkomst == wens.status)
    return voorwaarden
