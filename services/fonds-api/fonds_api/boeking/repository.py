"""Every SELECT and INSERT on boekingen."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from fonds_api.boeking.models import Boeking, Boekingsregel
from fonds_api.boeking.rules import Regel
from fonds_api.boeking.schemas import BoekingenFilter

_GEGEVEN = ("id", "fonds", "boekdatum", "geboekt_op", "omschrijving", "bron", "pad", "aantal_regels")
# Plain SQL text: fonds runs this most often, and SQLAlchemy would spend more time building the statement than the database needs.
_INSERT = text(
    "INSERT INTO boeking (id, fonds, boekdatum, geboekt_op, omschrijving, bron, pad, aantal_regels) "
    "VALUES (:id, :fonds, :boekdatum, :geboekt_op, :omschrijving, :bron, :pad, :aantal_regels) "
    "ON CONFLICT (fonds, bron, pad) DO NOTHING RETURNING volgnummer"
)
_INSERT_REGELS = text(
    "INSERT INTO boekingsregel (boeking, regelnummer, fonds, rekening, bedrag_cent) "
    "SELECT :id, nummer, :fonds, rekening, cent "
    "FROM unnest(CAST(:rekeningen AS text[]), CAST(:centen AS bigint[])) WITH ORDINALITY AS regel (rekening, cent, nummer)"
)


def insert_boeking(session: Session, boeking: Boeking, regels: Sequence[Regel]) -> bool:
    """Store an entry with its lines and give it its number; False when its source document has an entry already, from an
    earlier or a concurrent request."""
    connection, boeking.aantal_regels = session.connection(), len(regels)
    volgnummer = connection.execute(_INSERT, {naam: getattr(boeking, naam) for naam in _GEGEVEN}).scalar()
    if volgnummer is None:
        return False
    boeking.volgnummer = volgnummer
    rekeningen, centen = [regel.rekening for regel in regels], [regel.bedrag_cent for regel in regels]
    connection.execute(_INSERT_REGELS, {"id": boeking.id, "fonds": boeking.fonds, "rekeningen": rekeningen, "centen": centen})
    return True


def find_by_bron(session: Session, fonds: str, bron: str, pad: str) -> Boeking:
    return session.scalars(select(Boeking).where(Boeking.fonds == fonds, Boeking.bron == bron, Boeking.pad == pad)).one()


def find(session: Session, zicht: Sight, id: uuid.UUID) -> Values | None:
    query = values_of(Boeking).where(Boeking.id == id, *zicht.on(fonds=Boeking.fonds))
    return session.connection().execute(query).one_or_none()


def met_ids(session: Session, ids: Sequence[uuid.UUID]) -> Sequence[Values]:
    return session.connection().execute(values_of(Boeking).where(Boeking.id.in_(ids))).all()


def list_boekingen(session: Session, zicht: Sight, wens: BoekingenFilter) -> tuple[int, list[Values]]:
    query = values_of(Boeking).where(*zicht.on(fonds=Boeking.fonds)).order_by(Boeking.volgnummer)
    if wens.fonds:
        query = query.where(Boeking.fonds == wens.fonds)
    if wens.bron_pad:
        query = query.where(Boeking.pad == wens.bron_pad)
    if wens.vanaf:
        query = query.where(Boeking.boekdatum >= wens.vanaf)
    if wens.tot:
        query = query.where(Boeking.boekdatum < wens.tot)
    return select_page(session, query, wens)


def regels_van(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Values]]:
    """Lines per entry, in their order."""
    gevonden: dict[uuid.UUID, list[Values]] = defaultdict(list)
    query = values_of(Boekingsregel).where(Boekingsregel.boeking.in_(ids))
    for regel in session.connection().execute(query.order_by(Boekingsregel.boeking, Boekingsregel.regelnummer)):
        gevonden[regel.boeking].append(regel)
    return gevonden
