"""Every SELECT and INSERT on boekingen."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from gemeengoed_kit.pagination import select_page
from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import insert as insert_or_not
from sqlalchemy.orm import Session

from fonds_api.boeking.models import Boeking, Boekingsregel
from fonds_api.boeking.rules import Regel
from fonds_api.boeking.schemas import BoekingenFilter


def insert_boeking(session: Session, regels: Sequence[Regel], **kolommen: Any) -> Boeking | None:
    """Store an entry with its lines; None when its source document has one already, of an earlier or concurrent request."""
    boeking = session.scalar(
        insert_or_not(Boeking)
        .values(aantal_regels=len(regels), **kolommen)
        .on_conflict_do_nothing(index_elements=["fonds", "bron", "pad"])
        .returning(Boeking)
    )
    if boeking is not None:
        session.execute(
            insert(Boekingsregel),
            [
                {
                    "boeking": boeking.id,
                    "regelnummer": nummer,
                    "fonds": boeking.fonds,
                    "rekening": regel.rekening,
                    "bedrag_cent": regel.bedrag_cent,
                }
                for nummer, regel in enumerate(regels, 1)
            ],
        )
    return boeking


def find_by_bron(session: Session, fonds: str, bron: str, pad: str) -> Boeking:
    return session.scalars(select(Boeking).where(Boeking.fonds == fonds, Boeking.bron == bron, Boeking.pad == pad)).one()


def find(session: Session, fondsen: Sequence[str], id: uuid.UUID) -> Boeking | None:
    return session.scalars(select(Boeking).where(Boeking.id == id, Boeking.fonds.in_(fondsen))).one_or_none()


def list_boekingen(session: Session, fondsen: Sequence[str], wens: BoekingenFilter) -> tuple[int, list[Boeking]]:
    query = select(Boeking).where(Boeking.fonds.in_(fondsen)).order_by(Boeking.volgnummer)
    if wens.fonds:
        query = query.where(Boeking.fonds == wens.fonds)
    if wens.bron_pad:
        query = query.where(Boeking.pad == wens.bron_pad)
    if wens.vanaf:
        query = query.where(Boeking.boekdatum >= wens.vanaf)
    if wens.tot:
        query = query.where(Boeking.boekdatum < wens.tot)
    return select_page(session, query, wens)


def regels_van(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Boekingsregel]]:
    """Lines by entry, in their order."""
    gevonden: dict[uuid.UUID, list[Boekingsregel]] = defaultdict(list)
    for regel in session.scalars(
        select(Boekingsregel).where(Boekingsregel.boeking.in_(ids)).order_by(Boekingsregel.boeking, Boekingsregel.regelnummer)
    ):
        gevonden[regel.boeking].append(regel)
    return gevonden
