"""Every SELECT, INSERT and UPDATE on pilots, their versions and who takes part."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from sqlalchemy import Select, and_, func, insert, select, update
from sqlalchemy.orm import Session

from catalogus_api.pilot.models import Pilot, PilotDeelnemer, PilotVersie
from catalogus_api.pilot.schemas import PilotsFilter

_GELDT = and_(PilotVersie.id == Pilot.id, PilotVersie.versie == Pilot.versie)
_DOET_MEE = PilotDeelnemer.uitgetreden_op.is_(None)


def _pilots() -> Select[Any]:
    """The version that holds of every pilot. All are of published voorzieningen, and so for everybody."""
    return values_of(PilotVersie).add_columns(Pilot.voorziening).join(Pilot, _GELDT)


def find(session: Session, id: uuid.UUID) -> Values | None:
    return session.connection().execute(_pilots().where(Pilot.id == id)).one_or_none()


def list_pilots(session: Session, wens: PilotsFilter) -> tuple[int, list[Values]]:
    query = _pilots().order_by(PilotVersie.begin.desc(), PilotVersie.id)
    if wens.voorziening:
        query = query.where(Pilot.voorziening == wens.voorziening)
    if wens.status:
        query = query.where(PilotVersie.status == wens.status)
    if wens.gemeentecode:
        van_haar = select(PilotDeelnemer.pilot).where(PilotDeelnemer.gemeentecode == wens.gemeentecode, _DOET_MEE)
        query = query.where(Pilot.id.in_(van_haar))
    return select_page(session, query, wens)


def van_voorziening(session: Session, code: str) -> Sequence[Values]:
    return session.connection().execute(_pilots().where(Pilot.voorziening == code).order_by(PilotVersie.begin, Pilot.id)).all()


def list_versies(session: Session, id: uuid.UUID, wens: PageQuery) -> tuple[int, list[Values]]:
    query = values_of(PilotVersie).add_columns(Pilot.voorziening).join(Pilot, Pilot.id == PilotVersie.id)
    return select_page(session, query.where(Pilot.id == id).order_by(PilotVersie.versie.desc()), wens)


def lock(session: Session, id: uuid.UUID) -> None:
    """Nobody else changes it or joins it before this transaction ends; there may be none."""
    session.execute(select(Pilot.id).where(Pilot.id == id).with_for_update())


def add(session: Session, voorziening: str, rij: Mapping[str, Any]) -> None:
    session.execute(insert(PilotVersie).values({**rij, "versie": 1}))
    session.execute(insert(Pilot).values(id=rij["id"], voorziening=voorziening, versie=1))


def follow(session: Session, rij: Mapping[str, Any]) -> None:
    """Store the next version, and let it hold."""
    session.execute(insert(PilotVersie).values({kolom.name: rij[kolom.name] for kolom in PilotVersie.__table__.c}))
    session.execute(update(Pilot).where(Pilot.id == rij["id"]).values(versie=rij["versie"]))


def list_deelnemers(session: Session, id: uuid.UUID, wens: PageQuery) -> tuple[int, list[Values]]:
    query = values_of(PilotDeelnemer).where(PilotDeelnemer.pilot == id)
    return select_page(session, query.order_by(PilotDeelnemer.toegetreden_op, PilotDeelnemer.id), wens)


def aantal_deelnemers(session: Session, id: uuid.UUID) -> int:
    """That take part now."""
    query = select(func.count()).select_from(PilotDeelnemer).where(PilotDeelnemer.pilot == id, _DOET_MEE)
    return session.connection().execute(query).scalar_one()


def deelnemer(session: Session, id: uuid.UUID, gemeentecode: str) -> Values | None:
    """That takes part now."""
    query = values_of(PilotDeelnemer).where(PilotDeelnemer.pilot == id, PilotDeelnemer.gemeentecode == gemeentecode, _DOET_MEE)
    return session.connection().execute(query).one_or_none()


def add_deelnemer(session: Session, rij: Mapping[str, Any]) -> None:
    session.execute(insert(PilotDeelnemer).values(rij))


def leave(session: Session, id: int, op: datetime, door: str | None) -> None:
    session.execute(update(PilotDeelnemer).where(PilotDeelnemer.id == id).values(uitgetreden_op=op, uitgetreden_door=door))
